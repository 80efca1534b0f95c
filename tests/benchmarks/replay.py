"""Stored results worked out again, beside reading the same columns and doing nothing."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    String,
    cast,
    column,
    insert,
    inspect,
    literal,
    select,
    table,
    true,
)
from sqlalchemy.orm import Session

from profiling.database import Database, filling
from profiling.services.decision_replay import BLOCK, ROWS, operator, replay_all
from profiling.services.seeding.opening import Sizes, seed_world
from tests.benchmarks.timing import Measured, interleaved
from tests.support.databases import SqliteTemplate
from tests.support.tampering import unseal

RECORDS = 200_000
ROUNDS = 5
_SIZES = Sizes(offices=1, officers=4, interviews=400, months=6, seed=2026)
_UNTIL = datetime(2026, 11, 18, 4, 10, tzinfo=UTC)
_TABLES = {
    "interviews": {"id", "application_no"},
    "interview_versions": {"id", "interview_id"},
    "assessments": {"version_id"},
}
"""The tables of a result, with the columns by which a copy is told from its original."""


def replays() -> dict[str, Measured]:
    """Read 200,000 results of a simulated office, and replay them, in turn."""
    with tempfile.TemporaryDirectory(prefix="siaga-bench-") as folder:
        template = SqliteTemplate(Path(folder) / "template")
        with template.blank(Path(folder) / "many") as database:
            _fill(database)
            with database.reading() as session:
                return interleaved(
                    {"reading": lambda: _read(session), "replay": lambda: _replay(session)},
                    times=1,
                    rounds=ROUNDS,
                )


def _read(session: Session) -> None:
    streamed = session.connection().execute(ROWS.execution_options(yield_per=BLOCK))
    count = sum(len(block) for block in streamed.partitions())
    assert count >= RECORDS


def _replay(session: Session) -> None:
    found = [
        each for block in replay_all(session, operator()) for each in block if not each.is_same
    ]
    assert found == []


def _fill(database: Database) -> None:
    """Simulate some interviews, and copy them under other ids until there are enough."""
    with filling(database) as transaction:
        seed_world(transaction, _SIZES, until=_UNTIL, progress=lambda _count: None)
    for name in _TABLES:
        unseal(database, name)
    with database.engine.connect() as connection:
        # Copies of an interview share its person and its account, and stand for themselves.
        for name, keys in _TABLES.items():
            _copy(connection, name, keys)
        connection.exec_driver_sql("COMMIT")


def _copy(connection: Connection, name: str, keys: set[str]) -> None:
    columns = [each["name"] for each in inspect(connection).get_columns(name)]
    rows = table(name, *map(column, columns))
    first = select(literal(1).label("number")).cte("copies", recursive=True)
    copies = first.union_all(
        select(first.c.number + 1).where(first.c.number < RECORDS // _SIZES.interviews)
    )
    values = [_as_copied(rows.c[each], copies.c.number, keys) for each in columns]
    copied = select(*values).select_from(rows.join(copies, true()))
    connection.execute(insert(rows).from_select(columns, copied))


def _as_copied(value: Any, number: Any, keys: set[str]) -> Any:
    if value.name in keys:
        return value.concat("-").concat(cast(number, String))
    return value + number * 1_000_000 if value.name == "receipt_no" else value
