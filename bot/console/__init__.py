"""The admins' web pages: `footnote console`."""
