"""The database's revisions, one file each; `bot.database` runs them."""
