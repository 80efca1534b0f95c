"""A month's report while history grows sixteen times, and the memory that a year takes."""

import random
import resource
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, literal, select

from profiling.database import Database
from profiling.records import Appointment, Assessment, Case, Decision, Interview, InterviewVersion
from profiling.records.base import table_of
from profiling.reports.monthly import build_report
from profiling.reports.periods import Kind, Period, ending_with
from profiling.reports.window import Window
from tests.benchmarks.timing import Measured, interleaved
from tests.support.databases import PostgresTemplate, SqliteTemplate
from tests.support.rows import ZONE, ToldCase, add_case, add_interview, drawn

LAST = Period(Kind.MONTH, date(2026, 10, 1))
MONTHS, GROWTH = 12, 16
A_MONTH = 300
NOW = datetime(2026, 11, 2, tzinfo=UTC)


def month_report(engine: str) -> dict[str, Measured]:
    """Time the same month over one year of history and over sixteen, in turn."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        template = stack.enter_context(_template(engine, folder))
        work = {}
        for years in (1, GROWTH):
            place = folder / f"years-{years}"
            place.mkdir()
            database = stack.enter_context(template.copy(place))
            fill(database, MONTHS * years)
            work[f"{years} years"] = lambda database=database: report(database, LAST)
        return interleaved(work, times=3)


def year_memory() -> tuple[int, int]:
    """Return kilobytes at rest and at the peak of a year's report, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _template("sqlite", folder) as template:
            place = folder / "year"
            place.mkdir()
            with template.copy(place) as database:
                fill(database, MONTHS)
                report(database, LAST)
                rest = _peak()
                report(database, Period(Kind.YEAR, date(2026, 1, 1)))
                return rest, _peak()


def report(database: Database, period: Period) -> object:
    """Compute every figure of a period."""
    with database.reading() as session:
        window = Window(period, ("PMK", "PMK-MPP-SPG"), ZONE, NOW)
        return build_report(session, window, "PMK")


def fill(database: Database, months: int) -> None:
    """Store one month of interviews, and the same again for each earlier month."""
    rng = random.Random(16)
    with database.transaction() as session:
        for _ in range(A_MONTH):
            told = drawn(rng)
            told.sealed_at = datetime(2026, 10, rng.randrange(1, 31), 3, tzinfo=UTC)
            told.office = rng.choice(["PMK", "PMK-MPP-SPG"])
            interview_id = add_interview(session, told, appointment=True)
            if told.band == "merah":
                day = told.sealed_at.date()
                closed = ToldCase("merah", "ditutup", told.sealed_at, day, day, "INDIKASI-NP")
                add_case(session, interview_id, closed, office=told.office)
    with database.engine.begin() as connection:
        for number, period in enumerate(ending_with(LAST, months)):
            if period != LAST:
                _repeat(connection, number, period)
        connection.exec_driver_sql("ANALYZE")


def _repeat(connection: Connection, number: int, period: Period) -> None:
    mark, day = f"-{number}", period.first.replace(day=11)
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    own = {
        Interview: {"sealed_on": day, "month": period.code, "receipt_year": 1000 + number},
        InterviewVersion: {},
        Assessment: {},
        Decision: {},
        Case: {"year": 1000 + number, "opened_at": at, "due_on": day, "closed_on": day},
        Appointment: {"slot_on": day},
    }
    for record, changes in own.items():
        _copy(connection, table_of(record), mark, changes)


def _copy(connection: Connection, table: Table, mark: str, changes: Mapping[str, object]) -> None:
    """Insert the rows of the last month again under names of their own."""
    keys = {"id", "interview_id", "version_id", "application_no"} & set(table.columns.keys())
    cells = [
        literal(changes[column.name], column.type).label(column.name)
        if column.name in changes
        else (column + mark).label(column.name)
        if column.name in keys
        else column
        for column in table.columns
    ]
    key = next(iter(table.primary_key))
    source = select(*cells).where(func.length(key) == _KEY_LENGTHS.get(table.name, 36))
    connection.execute(insert(table).from_select(list(table.columns.keys()), source))


_KEY_LENGTHS = {"appointments": len("UJI-0000001")}


@contextmanager
def _template(engine: str, folder: Path) -> Iterator[SqliteTemplate | PostgresTemplate]:
    place = folder / "template"
    if engine == "sqlite":
        yield SqliteTemplate(place)
        return
    place.mkdir()
    template = PostgresTemplate(place)
    try:
        yield template
    finally:
        template.stop()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    for name in sys.argv[1:] or ["sqlite", "postgresql"]:
        for label, found in month_report(name).items():
            sys.stdout.write(f"{name}, {label}: {found.median * 1000:.1f} ms\n")
    sys.stdout.write(f"memory at rest and at the peak of a year: {year_memory()} kB\n")
