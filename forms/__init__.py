"""Checking what people type."""
