"""Addresses that people bring along: only places inside this service are followed."""

from urllib.parse import urlsplit


def safe_address(text: str | None, default: str = "/") -> str:
    """Return the path when it lies inside the service, else the default."""
    if not text or not text.startswith("/") or text[:2] in ("//", "/\\"):
        return default
    if "\\" in text or any(ord(letter) < ord(" ") for letter in text):
        return default
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or parts.path in ("/login", "/logout"):
        return default
    return text
