"""Schema changes, numbered in one line of descent."""
