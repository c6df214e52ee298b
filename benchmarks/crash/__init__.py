"""Refreshes that are killed, run out of disk or out of rights, and indexes that are damaged."""
