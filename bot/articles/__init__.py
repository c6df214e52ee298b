"""How articles stay fresh: sources, refreshes, and what goes wrong with them."""
