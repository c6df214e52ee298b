"""What keeps the bot going: its health, its errors, its place on Discord."""
