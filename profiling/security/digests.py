"""Digests of rows and the chain of audit events."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson

from profiling.security.keys import Keyring, derive

GENESIS = "0" * 64
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class Sealer:
    """Computes row digests and chain links with keys derived from the audit key."""

    __slots__ = ("_chain", "_row")

    def __init__(self, keyring: Keyring) -> None:
        self._row = derive(keyring.audit, "row/v1")
        self._chain = derive(keyring.audit, "chain/v1")

    def row(self, table: str, values: Mapping[str, Any]) -> str:
        """Return the keyed digest of a row's state (HMAC-SHA256 over its canonical form)."""
        return hmac.digest(self._row, canonical_row(table, values), "sha256").hex()

    def link(self, previous: str, event: bytes) -> str:
        """Return the chain's next MAC over the previous one and the canonical event."""
        return hmac.digest(self._chain, previous.encode() + b"|" + event, "sha256").hex()


def canonical_row(table: str, values: Mapping[str, Any]) -> bytes:
    """Return a byte form of a row that is equal however the row was read or written."""
    return orjson.dumps([table, values], default=_plain, option=_CANONICAL)


def body_digest(body: bytes) -> str:
    """Return the digest by which an idempotent request is recognised."""
    return hashlib.sha256(body).hexdigest()


def _plain(value: object) -> str:
    form = _FORMS.get(type(value))
    if form is None:
        raise TypeError(f"a row holds a {type(value).__name__}, which has no canonical form")
    return form(value)


_FORMS: Mapping[type, Callable[[Any], str]] = {
    bytes: bytes.hex,
    memoryview: memoryview.hex,
    datetime: lambda moment: moment.astimezone(UTC).isoformat(),
    date: date.isoformat,
    Decimal: lambda number: format(number.normalize(), "f"),
}
