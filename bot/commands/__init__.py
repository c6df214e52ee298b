"""The commands of the terminal, and what they print."""
