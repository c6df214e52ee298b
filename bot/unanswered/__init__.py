"""What the articles leave unanswered, and who is told once they do not."""
