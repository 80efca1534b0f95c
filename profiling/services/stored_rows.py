"""Rows exactly as the database holds them, one by one, whatever somebody put into them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from sqlalchemy import JSON, Column, Dialect, LargeBinary, Table, Text, cast, inspect, select
from sqlalchemy import type_coerce as taken_as
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

_BLOCK = 1000

Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row's key, and its state; None when no program can have written it as it stands."""

    key: str
    values: Mapping[str, Any] | None


def stored_rows(session: Session, table: Table) -> Iterator[StoredRow]:
    """Give every row of a table in the order of its key, never more than a block in memory.

    A table that is not there has no rows, and a column that is not there leaves no row whole.
    """
    present = _columns_of(session, table)
    keys = list(table.primary_key)
    if not present.issuperset(column.name for column in keys):
        return
    whole = present.issuperset(column.name for column in table.columns)
    dialect = session.get_bind().dialect
    columns = [*keys, *(table.columns if whole else ())]
    readers = [_reader(column, dialect) for column in table.columns] if whole else None
    query = select(*(_as_stored(column, dialect) for column in columns)).order_by(*keys)
    with any_text(session, errors="surrogateescape"):
        connection = session.connection().execution_options(yield_per=_BLOCK)
        for row in connection.execute(query):
            yield StoredRow(_key(row[: len(keys)]), _read(table, readers, row[len(keys) :]))


def _columns_of(session: Session, table: Table) -> set[str]:
    inspector = inspect(session.connection())
    if not inspector.has_table(table.name):
        return set()
    return {column["name"] for column in inspector.get_columns(table.name)}


def _key(parts: Sequence[Any]) -> str:
    """Return the key as events name it, in letters that can be shown whatever it holds."""
    return "|".join(str(part) for part in parts).encode(errors="backslashreplace").decode()


def _read(
    table: Table, readers: Sequence[Reader] | None, stored: Sequence[Any]
) -> Mapping[str, Any] | None:
    if readers is None:
        return None
    try:
        return {
            column.name: None if value is None else reader(value)
            for column, reader, value in zip(table.columns, readers, stored, strict=True)
        }
    except (ValueError, TypeError, ArithmeticError):
        return None


def _as_stored(column: Column[Any], dialect: Dialect) -> Any:
    """Ask for what lies in the file: SQLite keeps no types, PostgreSQL keeps JSON as its text."""
    if dialect.name == "sqlite":
        return taken_as(column, NullType())
    return cast(column, Text) if isinstance(column.type, JSON) else column


def _reader(column: Column[Any], dialect: Dialect) -> Reader:
    """Return what turns a stored value into the program's, refusing other spellings of it.

    Otherwise a 2 would pass for a true, or a second key in a JSON object would not be seen.
    """
    if isinstance(column.type, JSON):
        return _json_value
    if dialect.name != "sqlite":
        return _same
    kind = column.type.dialect_impl(dialect)
    result, bind = kind.result_processor(dialect, None), kind.bind_processor(dialect)
    is_binary = isinstance(column.type, LargeBinary)

    def read(stored: Any) -> Any:
        value = result(stored) if result else stored
        written = bind(value) if bind else value
        if written != stored or isinstance(stored, bytes) != is_binary:
            raise ValueError
        return value

    return read


def _json_value(stored: Any) -> Any:
    value = orjson.loads(stored)
    if orjson.dumps(value).decode() != stored:
        raise ValueError
    return value


def _same(stored: Any) -> Any:
    return stored


@contextmanager
def any_text(session: Session, *, errors: str) -> Iterator[None]:
    """Let SQLite hand out text that is not Unicode, instead of failing for the whole block."""
    driver = session.connection().connection.driver_connection
    if session.get_bind().dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.text_factory = partial(str, encoding="utf-8", errors=errors)
    try:
        yield
    finally:
        driver.text_factory = str
