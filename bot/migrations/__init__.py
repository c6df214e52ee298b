"""The database's revisions, one file each; `bot.storage.database` runs them."""
