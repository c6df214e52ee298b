"""What is asked: kept, searched, shown to admins, and erased."""
