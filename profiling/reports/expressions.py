"""The few expressions that the two engines spell differently."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, case, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[int]):  # noqa: N801 - reads as a function in a statement
    """Whole seconds from the first moment to the second."""

    type = Integer()
    inherit_cache = True


class years_between(FunctionElement[int]):  # noqa: N801 - reads as a function in a statement
    """Whole years from a birth date to a day: 29 February counts on 1 March."""

    type = Integer()
    inherit_cache = True


def _operands(element: FunctionElement[int], compiler: SQLCompiler, kw: Any) -> tuple[str, str]:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return first, second


@compiles(seconds_between, "postgresql")
def _seconds_on_postgresql(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = _operands(element, compiler, kw)
    return (
        f"CAST(floor(extract(epoch FROM {second})) - floor(extract(epoch FROM {first})) AS integer)"
    )


@compiles(seconds_between, "sqlite")
def _seconds_on_sqlite(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = _operands(element, compiler, kw)
    return f"(CAST(strftime('%s', {second}) AS integer) - CAST(strftime('%s', {first}) AS integer))"


@compiles(years_between, "postgresql")
def _years_on_postgresql(element: years_between, compiler: SQLCompiler, **kw: Any) -> str:
    born, on = _operands(element, compiler, kw)
    return (
        f"((CAST(to_char({on}, 'YYYYMMDD') AS integer)"
        f" - CAST(to_char({born}, 'YYYYMMDD') AS integer)) / 10000)"
    )


@compiles(years_between, "sqlite")
def _years_on_sqlite(element: years_between, compiler: SQLCompiler, **kw: Any) -> str:
    born, on = _operands(element, compiler, kw)
    return (
        f"((CAST(strftime('%Y%m%d', {on}) AS integer)"
        f" - CAST(strftime('%Y%m%d', {born}) AS integer)) / 10000)"
    )


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return a sum that counts the rows where the condition holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


class unsought(FunctionElement[str]):  # noqa: N801 - reads as a function in a statement
    """A column as a plain value: SQLite then looks the rows up by another column's index."""

    type = String()
    inherit_cache = True


@compiles(unsought, "postgresql")
def _unsought_on_postgresql(element: unsought, compiler: SQLCompiler, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(unsought, "sqlite")
def _unsought_on_sqlite(element: unsought, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"
