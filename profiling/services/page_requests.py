"""Requests of pages, whose forms carry a key so that a button pressed twice writes once."""

from collections.abc import Mapping

from checklist.canonical import Json, digest
from profiling.services.identifiers import is_uuid, new_id
from profiling.services.receipts import Request


def page_request(key: str, operation: str, interview_id: str, sent: Mapping[str, Json]) -> Request:
    """Return the request under its key; without a key every sending is a request of its own."""
    content = digest({"id": interview_id, **sent})
    return Request(key if is_uuid(key) else new_id(), operation, content)
