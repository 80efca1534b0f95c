"""The key under which a program may send the same write again."""

from flask import request

from profiling.errors import Invalid, sentence
from profiling.security.digests import body_digest
from profiling.services.identifiers import is_uuid
from profiling.services.receipts import Request

HEADER = "Idempotency-Key"


def asked(operation: str, raw: bytes) -> Request:
    """Return what makes this request the same as an earlier one; raises Invalid without a key."""
    key = request.headers.get(HEADER, "")
    if not is_uuid(key):
        raise Invalid({HEADER: [sentence("Send a UUID of your own making in this header.")]})
    return Request(key.lower(), operation, body_digest(raw))
