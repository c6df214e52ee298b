"""Articles: where they come from, how they are read, cleaned and cut into passages."""
