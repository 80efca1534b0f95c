"""Identifiers: time-ordered, unguessable in their last part, never a secret."""

import uuid

import uuid_utils


def new_id() -> str:
    """Return a new UUID, version 7."""
    return str(uuid_utils.uuid7())


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID in its canonical form."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
