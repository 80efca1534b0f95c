"""Statements of the hot path, worked out once and handed to the driver as they are.

One submission runs a dozen statements; what SQLAlchemy does around each of them anew costs more
than the statements themselves. Here the text, the order of values and their conversions are
worked out once for each engine. Refusals of the database arrive as SQLAlchemy's, without values.

On PostgreSQL inserts wait until something is read or committed and then travel as one statement:
one round trip, and one preparation, instead of one for each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

_CURSOR = "cursor"
_QUEUED = "queued"

Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement for one engine."""

    sql: str
    named: bool
    values: tuple[tuple[str, Convert], ...]
    fixed: Mapping[str, Any]
    columns: tuple[Convert, ...]

    def bound(self, given: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        """Return the values in the driver's form."""
        every = {**self.fixed, **given} if self.fixed else given
        if self.named:
            return {
                name: every[name] if convert is None else convert(every[name])
                for name, convert in self.values
            }
        return [
            every[name] if convert is None else convert(every[name])
            for name, convert in self.values
        ]

    def opened(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return a row in Python's types."""
        if not self.columns:
            return tuple(row)
        return tuple(
            value if convert is None else convert(value)
            for value, convert in zip(row, self.columns, strict=True)
        )


class Prepared:
    """One statement; its bind parameters are given by name."""

    __slots__ = ("_ready", "_statement")

    def __init__(self, statement: Insert | Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, session: Session, values: Mapping[str, Any]) -> None:
        """Insert a row, at the latest when the transaction ends."""
        connection, _, dialect = session.info.get(_CURSOR) or _open_cursor(session)
        if dialect.name == "postgresql":
            ready = self._ready_for(dialect)
            connection.info.setdefault(_QUEUED, []).append((ready.sql, ready.bound(values)))
        else:
            self._send(session, values)

    def first(self, session: Session, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        cursor, ready = self._send(session, values)
        row = cursor.fetchone()
        return None if row is None else ready.opened(row)

    def all(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return all rows."""
        cursor, ready = self._send(session, values)
        return [ready.opened(row) for row in cursor.fetchall()]

    def _send(self, session: Session, values: Mapping[str, Any]) -> tuple[Any, _Ready]:
        connection, cursor, dialect = session.info.get(_CURSOR) or _open_cursor(session)
        send_queued(connection)
        ready = self._ready_for(dialect)
        try:
            cursor.execute(ready.sql, ready.bound(values))
        except dialect.loaded_dbapi.Error as error:
            raise _refusal(error, ready.sql, dialect) from error
        return cursor, ready

    def sent(self, driver: Any, dialect: Dialect, values: Mapping[str, Any]) -> tuple[Any, _Ready]:
        """Send it on a cursor of its own, whose rows are read later."""
        ready = self._ready_for(dialect)
        cursor = driver.cursor()
        cursor.execute(ready.sql, ready.bound(values))
        return cursor, ready

    def _ready_for(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = _prepare(self._statement, dialect)
        return ready


def first_of_each(
    session: Session, reads: Sequence[tuple[Prepared, Mapping[str, Any]]]
) -> list[tuple[Any, ...] | None]:
    """Return the first row of each statement; on PostgreSQL all in one round trip, in order."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return [statement.first(session, values) for statement, values in reads]
    found: list[tuple[Any, ...] | None] = []
    with sent_together(connection) as driver:
        sent = [statement.sent(driver, connection.dialect, values) for statement, values in reads]
    for cursor, ready in sent:
        row = cursor.fetchone()
        found.append(None if row is None else ready.opened(row))
        cursor.close()
    return found


def send_queued(connection: Connection) -> None:
    """Send the statements that wait on this connection, in one round trip."""
    if has_queued(connection):
        with sent_together(connection):
            pass


def has_queued(connection: Connection) -> bool:
    """Whether statements wait on this connection."""
    return bool(connection.info.get(_QUEUED))


@contextmanager
def sent_together(connection: Connection) -> Iterator[Any]:
    """Send what waits, and what is sent meanwhile, as one; a refusal is raised at the end."""
    waiting = connection.info.pop(_QUEUED, [])
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline(), driver.cursor() as cursor:
            if waiting:
                cursor.execute(*_as_one(waiting))
            yield driver
    except driver.Error as error:
        sql = waiting[0][0] if waiting else ""
        raise _refusal(error, sql, connection.dialect) from error


def _as_one(
    waiting: Sequence[tuple[str, Mapping[str, Any]]],
) -> tuple[str, Mapping[str, Any]]:
    """Join inserts to one statement: each but the last becomes a common table expression.

    References between their rows are checked when all are in.
    """
    sql = _joined(tuple(each for each, _ in waiting))
    values = {
        f"q{place}_{name}": value
        for place, (_, row) in enumerate(waiting)
        for name, value in row.items()
    }
    return sql, values


@lru_cache(maxsize=256)
def _joined(parts: tuple[str, ...]) -> str:
    named = [part.replace("%(", f"%(q{place}_") for place, part in enumerate(parts)]
    before = ", ".join(f"q{place} AS ({part})" for place, part in enumerate(named[:-1]))
    return f"WITH {before} {named[-1]}" if before else named[-1]


def forget_queued(connection: Connection) -> None:
    """Drop the statements that wait on a connection whose transaction is undone."""
    connection.info.pop(_QUEUED, None)


def _open_cursor(session: Session) -> tuple[Connection, Any, Dialect]:
    """Return the session's own cursor; a session is used for one unit of work."""
    connection = session.connection()
    opened = (connection, connection.connection.cursor(), connection.dialect)
    session.info[_CURSOR] = opened
    return opened


def _prepare(statement: Insert | Select[*tuple[Any, ...]], dialect: Dialect) -> _Ready:
    if isinstance(statement, Insert):
        statement = statement.inline()
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(type(compiled))
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return _Ready(
        sql=compiled.string,
        named=not compiled.positional,
        values=tuple((name, _binding(compiled, name, dialect)) for name in names or ()),
        fixed={} if isinstance(statement, Insert) else fixed,
        columns=() if isinstance(statement, Insert) else _results(statement, dialect),
    )


def _binding(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert:
    return _as_stored(compiled.binds[name].type, dialect).bind_processor(dialect)


def _results(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> tuple[Convert, ...]:
    types = [column.type for column in statement.selected_columns]
    found = tuple(_as_stored(each, dialect).result_processor(dialect, None) for each in types)
    return found if any(found) else ()


def _as_stored(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


def _refusal(error: Exception, sql: str, dialect: Dialect) -> BaseException:
    """Return the driver's error as SQLAlchemy's, so that one kind of error is caught."""
    return DBAPIError.instance(sql, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
