"""Scoring many records, learning and explaining."""
