"""Thousands of broken files through the reading of an index build."""
