"""One statement as an engine takes it: its text, the order of its values, their conversions.

Worked out once: what SQLAlchemy does around each execution anew costs more than most statements.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias, cast

from sqlalchemy import BindParameter, Dialect, Insert, Select, literal_column
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Row: TypeAlias = tuple[Any, ...]
Convert: TypeAlias = Callable[[Any], Any] | None
Statement: TypeAlias = Insert | Select[*Row]

_READ_ANEW = re.compile(r"[%$\[]")
"""Signs by which places for values are found in a text; a constant with one stays a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A statement for one engine; `columns` is empty when no value needs converting.

    Its values stand in order: at each question mark, or at $1, $2, ... on PostgreSQL.
    """

    sql: str
    values: tuple[tuple[str, Convert], ...]
    fixed: Mapping[str, Any]
    columns: tuple[Convert, ...]
    width: int

    def bound(self, given: Mapping[str, Any]) -> list[Any]:
        """Return the values in the order and form that the driver takes."""
        every = {**self.fixed, **given} if self.fixed else given
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


def compile_for(statement: Statement, dialect: Dialect) -> Compiled:
    """Return the statement as this engine takes it."""
    if isinstance(statement, Insert):
        return _compiled(statement.inline(), dialect)
    return replace(
        _compiled(_with_constants(statement, dialect), dialect),
        columns=_results(statement, dialect),
        width=len(statement.selected_columns),
    )


def _with_constants(statement: Select[*Row], dialect: Dialect) -> Select[*Row]:
    """Return the statement with what never changes written into it.

    SQLite plans a statement anew, at several times its cost, whenever a value changes on which
    the use of a partial index could hang.
    """

    def constant(element: Any, **_options: Any) -> Any:
        if isinstance(element, BindParameter) and not element.required:
            write = _as_stored(element.type, dialect).literal_processor(dialect)
            written = write(element.value) if write else ""
            if written and not _READ_ANEW.search(written):
                return literal_column(written, element.type)
        return None

    return cast("Select[*Row]", visitors.replacement_traverse(statement, {}, constant))


def _compiled(statement: Statement, dialect: Dialect) -> Compiled:
    compiled = statement.compile(dialect=_numbering(dialect))
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(type(compiled))
    is_insert = isinstance(statement, Insert)
    return Compiled(
        sql=compiled.string,
        values=tuple(
            (name, _binding(compiled, name, dialect)) for name in compiled.positiontup or ()
        ),
        fixed={
            name: bind.value
            for name, bind in compiled.binds.items()
            if not (is_insert or bind.required)
        },
        columns=(),
        width=0,
    )


@lru_cache(maxsize=4)
def _numbering(dialect: Dialect) -> Dialect:
    """Return the dialect that numbers values: a long text with names is read anew each time."""
    if dialect.name != "postgresql":
        return dialect
    kind: Any = type(dialect)
    numbering: Dialect = kind(paramstyle="numeric_dollar")
    return numbering


def refusal(error: Exception, sql: str, dialect: Dialect) -> BaseException:
    """Return the driver's error as SQLAlchemy's, so that one kind of error is caught."""
    return DBAPIError.instance(sql, None, error, dialect.loaded_dbapi.Error, dialect=dialect)


def _binding(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert:
    return _as_stored(compiled.binds[name].type, dialect).bind_processor(dialect)


def _results(statement: Select[*Row], dialect: Dialect) -> tuple[Convert, ...]:
    types = [column.type for column in statement.selected_columns]
    found = tuple(_as_stored(each, dialect).result_processor(dialect, None) for each in types)
    return found if any(found) else ()


def _as_stored(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
