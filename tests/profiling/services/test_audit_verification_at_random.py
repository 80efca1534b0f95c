"""Any single change in the database is found, and values that only look right as well."""

import random
from datetime import date, datetime, timedelta

import orjson
import pytest
from sqlalchemy import delete, insert, select, text, update

from profiling.records import UNAUDITED_TABLES, AuditEvent, Record
from profiling.records.base import table_of
from profiling.services.audit_verification import Fault, Kind
from tests.support.busy import keep_busy
from tests.support.direct_changes import last_event_of, tamper, tampering, verified

EVENTS = table_of(AuditEvent)
AUDITED = [table for table in Record.metadata.sorted_tables if table.name not in UNAUDITED_TABLES]


@pytest.fixture
def busy(database):
    return keep_busy(database)


@pytest.mark.parametrize("changes", [100, pytest.param(2500, marks=pytest.mark.soak)])
def test_every_single_change_is_found_at_its_place_and_undoing_it_heals(busy, changes):
    draw = random.Random(20261124)
    with busy.reading() as session:
        rows = {
            table: [dict(row) for row in session.execute(select(table)).mappings()]
            for table in (*AUDITED, EVENTS)
        }
    filled = [table for table in rows if rows[table]]
    for _ in range(changes):
        table = draw.choice([EVENTS, *filled])
        row = draw.choice(rows[table])
        # The end of the trail cannot be missed by the trail alone.
        may_go = table is not EVENTS or row["seq"] < len(rows[EVENTS])
        act = draw.choice([altered, altered, added, *([deleted] if may_go else [])])
        do, undo, expected, told = act(draw, table, row, len(rows[EVENTS]))
        if table is not EVENTS and act is not added:
            key = "|".join(str(row[column.name]) for column in table.primary_key)
            expected = {(kind, last_event_of(busy, table.name, key)) for kind, _ in expected}
        apply(busy, do)
        fault = verified(busy).fault
        assert fault, told
        assert (fault.kind, fault.first_bad_seq) in expected, told
        apply(busy, undo)
    assert verified(busy).fault is None


def apply(database, statement):
    with tampering(database) as connection:
        # psycopg does not count what an INSERT adds.
        assert connection.execute(statement).rowcount in {1, -1}


def same_row(table, row):
    return [column == row[column.name] for column in table.primary_key]


def altered(draw, table, row, _size):
    column = draw.choice([each for each in table.columns if another(each, row[each.name])])
    changed = row | {column.name: another(column, row[column.name])}
    do = update(table).where(*same_row(table, row)).values({column: changed[column.name]})
    undo = update(table).where(*same_row(table, changed)).values({column: row[column.name]})
    told = f"{table.name}.{column.name}"
    if table is not EVENTS:
        kind = Kind.MISSING_ROW if column.primary_key else Kind.STATE_MISMATCH
        return do, undo, {(kind, None)}, told
    kinds = {"mac": Kind.BAD_MAC, "seq": Kind.GAP}
    kind = kinds.get(column.name, Kind.BAD_HASH)
    if kind == Kind.BAD_MAC and row["seq"] == _size:
        # Without an event after it nobody can say which side of the seal was touched.
        kind = Kind.BAD_HASH
    return do, undo, {(kind, row["seq"])}, told


def deleted(_draw, table, row, _size):
    do = delete(table).where(*same_row(table, row))
    kind = Kind.GAP if table is EVENTS else Kind.MISSING_ROW
    return do, insert(table).values(row), {(kind, row.get("seq"))}, f"{table.name} deleted"


def added(_draw, table, row, size):
    """Add a copy under another key; values that must be unique are changed as well."""
    unique = {
        column.name
        for constraint in (*table.constraints, *table.indexes)
        if getattr(constraint, "unique", True)
        for column in getattr(constraint, "columns", ())
    }
    copy = dict(row)
    for column in table.columns:
        if column.name in unique and not column.foreign_keys and copy[column.name] is not None:
            copy[column.name] = another(column, copy[column.name])
    key = table.primary_key.columns.values()[0]
    copy[key.name] = another(key, row[key.name])
    do, undo = insert(table).values(copy), delete(table).where(*same_row(table, copy))
    if table is EVENTS:
        gap = Kind.GAP if copy["seq"] > size + 1 else Kind.ORDER
        return do, undo, {(gap, size + 1)}, "audit_events added"
    return do, undo, {(Kind.UNAUDITED_ROW, None)}, f"{table.name} added"


def another(column, value):
    """Return another value of the column's kind; None where there is none to be had."""
    kind = column.type.python_type
    if value is None:
        return {str: "palsu", bytes: b"palsu", int: 7, bool: True}.get(kind)
    forms = {
        bool: lambda: not value,
        int: lambda: value + 1000,
        str: lambda: f"{value}x",
        bytes: lambda: value[:-1] + bytes([value[-1] ^ 1]),
        datetime: lambda: value + timedelta(microseconds=1),
        date: lambda: value + timedelta(days=1),
        dict: lambda: {**value, "palsu": 1},
        list: lambda: [*value, "palsu"],
    }
    return forms[kind]() if kind in forms else None


SPELLINGS = [
    ("is_merah = 2", "cases", "is_merah"),
    ("opened_at = opened_at || ' '", "cases", "opened_at IS NOT NULL"),
    ("due_on = 'soon'", "cases", "due_on IS NOT NULL"),
    ("state = CAST(state AS BLOB)", "cases", "state IS NOT NULL"),
    ("state = CAST(x'FF' AS TEXT)", "cases", "state IS NOT NULL"),
    ("version = 'many'", "cases", "version = 1 OR version > 1"),
    ("id = CAST(x'FF' AS TEXT)", "cases", "id IS NOT NULL"),
    ("name_enc = hex(name_enc)", "interview_versions", "name_enc IS NOT NULL"),
    ("preferences = 'no JSON'", "accounts", "preferences IS NOT NULL"),
]


@pytest.mark.parametrize(("change", "table", "where"), SPELLINGS)
def test_what_only_the_embedded_database_lets_in_is_found(sqlite_database, change, table, where):
    busy = keep_busy(sqlite_database)
    tamper(busy, f"UPDATE {table} SET {change} WHERE {where}")
    fault = verified(busy).fault
    kind = Kind.MISSING_ROW if change.startswith("id") else Kind.STATE_MISMATCH
    assert (fault.kind, fault.table) == (kind, table)
    assert fault.first_bad_seq is not None


@pytest.mark.parametrize(
    "change",
    ["at = 'soon'", "mac = CAST(x'FF' AS TEXT)", "rows = 'x'", "role = CAST(x'FF' AS TEXT)"],
)
def test_an_event_that_cannot_be_read_is_found(sqlite_database, change):
    busy = keep_busy(sqlite_database)
    tamper(busy, f"UPDATE audit_events SET {change} WHERE seq = 5")
    fault = verified(busy).fault
    assert fault == Fault(Kind.BAD_MAC if change.startswith("mac") else Kind.BAD_HASH, 5)


def test_a_second_key_in_an_object_is_found(busy):
    """Our reader takes the last of two equal keys, SQL the first: no reader may see another."""
    with tampering(busy) as connection:
        stored = "SELECT CAST(facts AS TEXT) FROM assessments LIMIT 1"
        before = connection.execute(text(stored)).scalar_one()
        name = next(iter(orjson.loads(before)))
        after = f'{{"{name}":999,{before[1:]}'
        change = "UPDATE assessments SET facts = CAST(:after AS JSON) WHERE CAST(facts AS TEXT) = :before"
        if connection.dialect.name == "sqlite":
            change = change.replace("CAST(:after AS JSON)", ":after")
        assert connection.execute(text(change), {"after": after, "before": before}).rowcount
    assert orjson.loads(after) == orjson.loads(before)
    assert verified(busy).fault.kind == Kind.STATE_MISMATCH


def test_a_number_too_large_for_any_program_is_found(busy):
    tamper(busy, "UPDATE accounts SET preferences = '{\"x\":1e999}' WHERE username = 'officer'")
    assert verified(busy).fault.kind == Kind.STATE_MISMATCH
