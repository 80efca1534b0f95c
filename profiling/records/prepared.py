"""Statements of the hot path, worked out once and handed to the driver as they are.

Refusals of the database arrive as SQLAlchemy's, without values.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection, Dialect

from profiling.records.compiled import Compiled, Statement, compile_for, refusal
from profiling.records.journeys import (
    Joined,
    enqueue,
    numbered_cursor,
    pipelined,
    send_queued,
)

Row: TypeAlias = tuple[Any, ...]

_CURSOR = "cursor"
_ANSWERED = "answered"


class Unit(Protocol):
    """What a statement runs in: a unit of work, or a glance."""

    @property
    def info(self) -> dict[Any, Any]:
        """What is remembered as long as the unit lasts."""

    def connection(self) -> Connection:
        """Return the connection, in a transaction where the unit has one."""


class Glance:
    """A connection for single statements, each of which sees the state of its moment."""

    __slots__ = ("_connection", "info")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.info: dict[Any, Any] = {}

    def connection(self) -> Connection:
        """Return the connection."""
        return self._connection


class Prepared:
    """One statement; its bind parameters are given by name."""

    __slots__ = ("_compiled", "_statement")

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    def run(self, unit: Unit, values: Mapping[str, Any]) -> None:
        """Insert a row, at the latest when the transaction ends."""
        connection, _, dialect = _cursor_of(unit)
        if dialect.name == "postgresql":
            enqueue(connection, self.compiled(dialect), values)
        else:
            self._send(unit, values)

    def first(self, unit: Unit, values: Mapping[str, Any]) -> Row | None:
        """Return the first row, or None."""
        answered = unit.info.get(_ANSWERED)
        if answered and (key := _key(self, values)) in answered:
            answer: Row | None = answered.pop(key)
            return answer
        cursor, compiled = self._send(unit, values)
        row = cursor.fetchone()
        return None if row is None else compiled.opened(row)

    def all(self, unit: Unit, values: Mapping[str, Any]) -> list[Row]:
        """Return all rows."""
        cursor, compiled = self._send(unit, values)
        return [compiled.opened(row) for row in cursor.fetchall()]

    def compiled(self, dialect: Dialect) -> Compiled:
        """Return the statement as this engine takes it."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = compile_for(self._statement, dialect)
        return compiled

    def _send(self, unit: Unit, values: Mapping[str, Any]) -> tuple[Any, Compiled]:
        connection, cursor, dialect = _cursor_of(unit)
        send_queued(connection)
        compiled = self.compiled(dialect)
        try:
            cursor.execute(compiled.sql, compiled.bound(values))
        except dialect.loaded_dbapi.Error as error:
            raise refusal(error, compiled.sql, dialect) from error
        return cursor, compiled


Question: TypeAlias = tuple[Prepared, Mapping[str, Any]]
"""A statement with its values, of which the first row is wanted."""


def ask_ahead(unit: Unit, questions: Sequence[Question]) -> None:
    """Ask for the first row of several statements at once; each then has its answer at hand.

    An answer is used once, by the same statement with the same values in this unit of work.
    SQLite, where no journey is saved, is asked when the answer is needed.
    """
    _, _, dialect = _cursor_of(unit)
    if dialect.name != "postgresql":
        return
    rows = first_of_each(unit, questions)
    keys = (_key(statement, values) for statement, values in questions)
    unit.info[_ANSWERED] = dict(zip(keys, rows, strict=True))


def first_of_each(unit: Unit, questions: Sequence[Question]) -> list[Row | None]:
    """Return the first row of each statement, or None.

    On PostgreSQL they travel as one; SQLite is asked without a journey, and joining would cost.
    """
    connection, cursor, dialect = _cursor_of(unit)
    if dialect.name != "postgresql" or not questions:
        return [statement.first(unit, values) for statement, values in questions]
    send_queued(connection)
    joined = _joined(questions, dialect)
    try:
        cursor.execute(joined.sql, joined.bound)
    except dialect.loaded_dbapi.Error as error:
        raise refusal(error, joined.sql, dialect) from error
    return joined.opened(cursor.fetchone())


def first_of_each_after(
    unit: Unit, before: Question, questions: Sequence[Question]
) -> list[Row | None]:
    """Return the same, as of a moment after the statement `before` ended; PostgreSQL only.

    What waits to be inserted goes on waiting.
    """
    connection, _, dialect = _cursor_of(unit)
    compiled, joined = before[0].compiled(dialect), _joined(questions, dialect)
    with pipelined(connection, compiled.sql):
        numbered_cursor(connection).execute(compiled.sql, compiled.bound(before[1]))
        cursor = numbered_cursor(connection).execute(joined.sql, joined.bound)
    return joined.opened(cursor.fetchone())


def send_plain(connection: Connection, sql: str) -> None:
    """Send a statement without values."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(sql)
    except connection.dialect.loaded_dbapi.Error as error:
        raise refusal(error, sql, connection.dialect) from error


def _joined(questions: Sequence[Question], dialect: Dialect) -> Joined:
    return Joined([(statement.compiled(dialect), values) for statement, values in questions])


def _key(statement: Prepared, values: Mapping[str, Any]) -> tuple[int, Row]:
    return id(statement), tuple(sorted(values.items()))


def _cursor_of(unit: Unit) -> tuple[Connection, Any, Dialect]:
    """Return the unit's own cursor, opened once: a unit lasts for one piece of work."""
    opened: tuple[Connection, Any, Dialect] | None = unit.info.get(_CURSOR)
    if opened is None:
        connection = unit.connection()
        dialect = connection.dialect
        is_numbered = dialect.name == "postgresql"
        cursor = numbered_cursor(connection) if is_numbered else connection.connection.cursor()
        opened = (connection, cursor, dialect)
        unit.info[_CURSOR] = opened
    return opened
