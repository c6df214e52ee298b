"""Guides, and the program that draws their pictures."""
