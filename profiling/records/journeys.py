"""Statements that travel to PostgreSQL together: a journey there costs more than most of them.

Inserts wait until something is read or committed and then travel as one statement: one journey,
and one preparation, instead of one for each. Questions are joined to one row of answers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection

from profiling.records.compiled import Compiled, refusal

_QUEUED = "queued"
_NUMBER = re.compile(r"\$([0-9]+)")


def enqueue(connection: Connection, insert: Compiled, values: Mapping[str, Any]) -> None:
    """Let an insert wait on this connection."""
    connection.info.setdefault(_QUEUED, []).append((insert, insert.bound(values)))


def has_queued(connection: Connection) -> bool:
    """Whether statements wait on this connection."""
    return bool(connection.info.get(_QUEUED))


def send_queued(connection: Connection) -> None:
    """Send the statements that wait on this connection, in one journey."""
    if has_queued(connection):
        with sent_together(connection):
            pass


def forget_queued(connection: Connection) -> None:
    """Drop the statements that wait on a connection whose transaction is undone."""
    # What waited on a connection that the server ended is gone with it.
    if not connection.invalidated:
        connection.info.pop(_QUEUED, None)


@contextmanager
def sent_together(connection: Connection) -> Iterator[Any]:
    """Send what waits, and what is sent meanwhile, as one; a refusal is raised at the end."""
    waiting = connection.info.pop(_QUEUED, [])
    sql, values = _as_one(waiting)
    with pipelined(connection, sql) as driver:
        if waiting:
            numbered_cursor(connection).execute(sql, values)
        yield driver


@contextmanager
def pipelined(connection: Connection, sql: str) -> Iterator[Any]:
    """Send statements without waiting for the answer of each; a refusal is raised at the end."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            yield driver
    except driver.Error as error:
        raise refusal(error, sql, connection.dialect) from error


def numbered_cursor(connection: Connection) -> Any:
    """Return a cursor for statements whose values are numbered."""
    driver = connection.connection.driver_connection
    psycopg: Any = connection.dialect.loaded_dbapi
    return psycopg.RawCursor(driver)


class Joined:
    """Several questions as one statement: each a subquery, joined to a single row."""

    __slots__ = ("_parts", "bound", "sql")

    def __init__(self, questions: Sequence[tuple[Compiled, Mapping[str, Any]]]) -> None:
        self._parts = tuple(part for part, _ in questions)
        self.sql = _joined_reads(self._parts)
        self.bound = [value for part, values in questions for value in part.bound(values)]

    def opened(self, row: Sequence[Any]) -> list[tuple[Any, ...] | None]:
        """Return the first row of each question, or None."""
        found: list[tuple[Any, ...] | None] = []
        start = 0
        for part in self._parts:
            end = start + 1 + part.width
            found.append(part.opened(row[start + 1 : end]) if row[start] else None)
            start = end
        return found


def _as_one(waiting: Sequence[tuple[Compiled, list[Any]]]) -> tuple[str, list[Any]]:
    """Join inserts to one statement: each but the last becomes a common table expression.

    References between their rows are checked when all are in.
    """
    sql = _joined_writes(tuple(insert for insert, _ in waiting)) if waiting else ""
    return sql, [value for _, values in waiting for value in values]


@lru_cache(maxsize=256)
def _joined_writes(parts: tuple[Compiled, ...]) -> str:
    *before, last = _renumbered(parts)
    named = ", ".join(f"q{place} AS ({sql})" for place, sql in enumerate(before))
    return f"WITH {named} {last}" if named else last


@lru_cache(maxsize=64)
def _joined_reads(parts: tuple[Compiled, ...]) -> str:
    joins = [
        f"LEFT JOIN (SELECT 1 AS found, s.* FROM ({sql}) AS s LIMIT 1) AS t{place} ON true"  # noqa: S608 - of our own statements
        for place, sql in enumerate(_renumbered(parts))
    ]
    columns = ", ".join(f"t{place}.*" for place in range(len(parts)))
    return " ".join(["SELECT", columns, "FROM (SELECT 1 AS one) AS one", *joins])


def _renumbered(parts: Sequence[Compiled]) -> list[str]:
    """Return the texts with their values numbered through."""
    texts, start = [], 0
    for part in parts:
        texts.append(_NUMBER.sub(partial(_later, start), part.sql))
        start += len(part.values)
    return texts


def _later(start: int, number: re.Match[str]) -> str:
    return f"${int(number[1]) + start}"
