"""What the audit trail says of each row last, kept on disk so that memory does not grow."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_CACHE_KIBIBYTES = 65_536
_TABLE = """
CREATE TABLE last (
    name TEXT, key TEXT, seq INTEGER, digest TEXT, PRIMARY KEY (name, key)
) WITHOUT ROWID
"""

Note = tuple[str, str, int, str | None]
"""Table, key, number of the event, digest of the row's state or None when it was deleted."""


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last event that touched a row, and the digest it left."""

    seq: int
    digest: str | None


class RowLedger:
    """The last word on each row; rows that were found are struck off.

    A nameless SQLite database, which vanishes with its connection: it holds keys and digests only.
    """

    def __init__(self) -> None:
        self._store = sqlite3.connect("", isolation_level=None)
        for order in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}",
            _TABLE,
            "BEGIN",
        ):
            self._store.execute(order)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._store.close()

    def note(self, notes: Iterable[Note]) -> None:
        """Keep these as the last words so far; the later of two on one row counts."""
        self._store.executemany("INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?)", notes)

    def strike(self, table: str, key: str) -> LastWord | None:
        """Return the last word on a row that was found, and strike it off."""
        found = self._store.execute(
            "DELETE FROM last WHERE name = ? AND key = ? RETURNING seq, digest", (table, key)
        ).fetchone()
        return LastWord(*found) if found else None

    def first_left(self) -> tuple[int, str, str] | None:
        """Return event, table and key of the first row that should be there and was not struck."""
        found: tuple[int, str, str] | None = self._store.execute(
            "SELECT seq, name, key FROM last WHERE digest IS NOT NULL"
            " ORDER BY seq, name, key LIMIT 1"
        ).fetchone()
        return found
