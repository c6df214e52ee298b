"""Passages in, cited answer out. Knows nothing of Discord or of settings."""
