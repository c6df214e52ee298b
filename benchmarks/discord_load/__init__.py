"""How the bot bears a crowd, on a loopback Discord with the real client and the real engine."""
