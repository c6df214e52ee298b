"""Where things are kept: the database, secret keys, settings, the trail of moderators."""
