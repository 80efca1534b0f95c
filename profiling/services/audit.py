"""The audit trail: every write leaves an event that carries the digest of each row it touched."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from sqlalchemy import BigInteger, Table, bindparam, event, func, insert, inspect, select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.records import UNAUDITED_TABLES, AuditEvent, Record
from profiling.records.base import table_of
from profiling.records.prepared import (
    Prepared,
    Question,
    first_of_each,
    first_of_each_after,
)
from profiling.security.access import Actor
from profiling.security.digests import GENESIS, Sealer, canonical_row

_APP_VERSION = version("siaga")
_CHAIN_LOCK = 0x51A6A
_EVENTS = table_of(AuditEvent)
_TURN = Prepared(select(func.pg_advisory_xact_lock(bindparam("lock", type_=BigInteger))))
_LAST_EVENT = Prepared(select(_EVENTS.c.seq, _EVENTS.c.mac).order_by(_EVENTS.c.seq.desc()).limit(1))

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered; the edge sets it."""


class AuditedSession(Session):
    """A session that notes every row the unit of work writes, for the next event."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A whole new row, and the digest of its state."""

    table: Table
    key: str
    values: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class AuditReceipt:
    """Where in the chain a write is recorded."""

    seq: int
    mac: str


def record(
    session: Session,
    actor: Actor,
    *,
    action: str,
    subject: tuple[str, str],
    detail: Mapping[str, Any] | None = None,
) -> AuditReceipt:
    """Add the event that covers all rows written since the last event of this transaction.

    `detail` holds words, numbers and ids only, never personal data.
    """
    session.flush()
    sealer: Sealer = session.info["sealer"]
    touched: dict[tuple[str, str], str | None] = session.info["rows"]
    rows = [[table, row_id, digest] for (table, row_id), digest in touched.items()]
    touched.clear()
    hold_chain(session)
    seq, previous = session.info["head"]
    values = {
        "seq": seq + 1,
        "at": clock.now(),
        "actor_id": actor.id,
        "person_no": actor.person_no,
        "role": str(actor.role),
        "office": actor.office,
        "action": action,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "rows": rows,
        "detail": dict(detail or {}),
        "request_id": request_id.get(),
        "app_version": _APP_VERSION,
        "previous_mac": previous,
    }
    mac = link_of(sealer, previous, values)
    insert_into(_EVENTS).run(session, {**values, "mac": mac})
    session.info["head"] = (seq + 1, mac)
    return AuditReceipt(seq + 1, mac)


def sealed(session: Session, record_class: type[Record], values: Mapping[str, Any]) -> Sealed:
    """Return a new row with its digest; `values` must name every column."""
    table = table_of(record_class)
    key = "|".join(str(values[column.name]) for column in table.primary_key)
    sealer: Sealer = session.info["sealer"]
    return Sealed(table, key, values, sealer.row(table.name, values))


def add(session: Session, *rows: Sealed) -> None:
    """Insert rows without the cost of the unit of work, noted for the next event."""
    for row in rows:
        insert_into(row.table).run(session, row.values)
        session.info["rows"][(row.table.name, row.key)] = row.digest


def add_row(session: Session, record_class: type[Record], values: Mapping[str, Any]) -> None:
    """Insert one row likewise; `values` must name every column."""
    add(session, sealed(session, record_class, values))


def hold_chain(session: Session, *questions: Question) -> list[tuple[Any, ...] | None]:
    """Wait for one's turn to write: from here on no other transaction adds an event.

    Taken before the first row is locked, so that writers never wait for each other crosswise.
    SQLite has one writer at a time by itself. What else is asked is answered as of one's turn.
    """
    if "head" in session.info:
        return first_of_each(session, questions)
    asked: list[Question] = [(_LAST_EVENT, {}), *questions]
    if session.get_bind().dialect.name == "postgresql":
        last, *found = first_of_each_after(session, (_TURN, {"lock": _CHAIN_LOCK}), asked)
    else:
        last, *found = first_of_each(session, asked)
    session.info["head"] = last or (0, GENESIS)
    return found


def link_of(sealer: Sealer, previous: str, event: Mapping[str, Any]) -> str:
    """Return the MAC of an event, given by column name without its own, after `previous`."""
    return sealer.link(previous, canonical_row(_EVENTS.name, event))


def end_of_trail(session: Session) -> tuple[int, str]:
    """Return number and MAC of the last event; those of the beginning when there is none."""
    seq, mac = _LAST_EVENT.first(session, {}) or (0, GENESIS)
    return seq, mac


def state_of(row: Record) -> dict[str, Any]:
    """Return the stored state of a record by column name."""
    mapper = inspect(type(row))
    return {
        attribute.columns[0].name: getattr(row, attribute.key) for attribute in mapper.column_attrs
    }


@event.listens_for(AuditedSession, "after_flush")
def _note_flushed(session: Session, _context: object) -> None:
    rows = session.info["rows"]
    for row in (*session.new, *session.dirty):
        if row.__tablename__ not in UNAUDITED_TABLES and (
            row in session.new or session.is_modified(row)
        ):
            digest = session.info["sealer"].row(row.__tablename__, state_of(row))
            rows[(row.__tablename__, _key(row))] = digest
    for row in session.deleted:
        if row.__tablename__ not in UNAUDITED_TABLES:
            rows[(row.__tablename__, _key(row))] = None


@cache
def insert_into(table: Table) -> Prepared:
    """Return the statement that inserts one whole row."""
    return Prepared(insert(table))


def _key(row: Any) -> str:
    return "|".join(str(part) for part in inspect(type(row)).primary_key_from_instance(row))


@event.listens_for(AuditedSession, "before_flush")
def _hold_before_flush(session: Session, _context: object, _instances: object) -> None:
    if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
        hold_chain(session)
