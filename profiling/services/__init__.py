"""Use cases; no web in here."""
