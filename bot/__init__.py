"""Everything with a user in front of it."""
