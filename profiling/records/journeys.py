"""Statements that travel to PostgreSQL together: a journey there costs more than most of them.

Inserts wait until something is read or committed and then travel as one statement: one journey,
and one preparation, instead of one for each. Questions are joined to one row of answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from profiling.records.compiled import Compiled, refusal

_QUEUED = "queued"


def enqueue(connection: Connection, insert: Compiled, values: Mapping[str, Any]) -> None:
    """Let an insert wait on this connection."""
    connection.info.setdefault(_QUEUED, []).append((insert.sql, insert.bound(values)))


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
    connection.info.pop(_QUEUED, None)


@contextmanager
def sent_together(connection: Connection) -> Iterator[Any]:
    """Send what waits, and what is sent meanwhile, as one; a refusal is raised at the end."""
    waiting = connection.info.pop(_QUEUED, [])
    with pipelined(connection, waiting[0][0] if waiting else "") as driver:
        if waiting:
            with driver.cursor() as cursor:
                cursor.execute(*_as_one(waiting))
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


class Joined:
    """Several questions as one statement: each a subquery, joined to a single row."""

    __slots__ = ("_parts", "bound", "sql")

    def __init__(self, questions: Sequence[tuple[Compiled, Mapping[str, Any]]]) -> None:
        self._parts = [part for part, _ in questions]
        self.sql = _joined_reads(tuple(part.sql for part in self._parts))
        self.bound = _renamed([part.bound(values) for part, values in questions])

    def opened(self, row: Sequence[Any]) -> list[tuple[Any, ...] | None]:
        """Return the first row of each question, or None."""
        found: list[tuple[Any, ...] | None] = []
        start = 0
        for part in self._parts:
            end = start + 1 + part.width
            found.append(part.opened(row[start + 1 : end]) if row[start] else None)
            start = end
        return found


def _as_one(
    waiting: Sequence[tuple[str, Mapping[str, Any]]],
) -> tuple[str, Mapping[str, Any]]:
    """Join inserts to one statement: each but the last becomes a common table expression.

    References between their rows are checked when all are in.
    """
    sql = _joined_writes(tuple(each for each, _ in waiting))
    return sql, _renamed([row for _, row in waiting])


@lru_cache(maxsize=256)
def _joined_writes(parts: tuple[str, ...]) -> str:
    named = _renamed_sql(parts)
    before = ", ".join(f"q{place} AS ({part})" for place, part in enumerate(named[:-1]))
    return f"WITH {before} {named[-1]}" if before else named[-1]


@lru_cache(maxsize=64)
def _joined_reads(parts: tuple[str, ...]) -> str:
    joins = [
        f"LEFT JOIN (SELECT 1 AS found, s.* FROM ({part}) AS s LIMIT 1) AS t{place} ON true"  # noqa: S608 - of our own statements
        for place, part in enumerate(_renamed_sql(parts))
    ]
    columns = ", ".join(f"t{place}.*" for place in range(len(parts)))
    return " ".join(["SELECT", columns, "FROM (SELECT 1 AS one) AS one", *joins])


def _renamed(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return {
        f"q{place}_{name}": value for place, row in enumerate(rows) for name, value in row.items()
    }


def _renamed_sql(parts: Sequence[str]) -> list[str]:
    return [part.replace("%(", f"%(q{place}_") for place, part in enumerate(parts)]
