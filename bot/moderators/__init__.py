"""What moderators decide about articles and answers, and how they say it."""
