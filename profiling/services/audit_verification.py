"""Proves that the audit trail is whole and that every row is as its last event left it."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from sqlalchemy import Table, func, inspect, select
from sqlalchemy.orm import Session

from profiling.records import UNAUDITED_TABLES, AuditEvent, Record
from profiling.records.base import table_of
from profiling.security.digests import GENESIS, Sealer
from profiling.services import audit
from profiling.services.row_ledger import LastWord, Note, RowLedger
from profiling.services.stored_rows import StoredRow, stored_rows

_EVENTS = table_of(AuditEvent)
_BLOCK = 1000

Progress = Callable[[int], None]
"""Told how many more events and rows were looked at."""

_Values = Mapping[str, Any]


class Kind(StrEnum):
    """What is wrong at the first bad place."""

    GAP = "gap"
    ORDER = "order"
    BAD_HASH = "bad_hash"
    BAD_MAC = "bad_mac"
    STATE_MISMATCH = "state_mismatch"
    MISSING_ROW = "missing_row"
    UNAUDITED_ROW = "unaudited_row"
    SHORTER_THAN_CHECKPOINT = "shorter_than_checkpoint"
    DIFFERS_FROM_CHECKPOINT = "differs_from_checkpoint"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Fault:
    """A bad place: an event's number, or the row and the last event that touched it."""

    kind: Kind
    first_bad_seq: int | None
    table: str | None = None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """How many events from the first on are whole, the MAC of the last of them, and the fault."""

    size: int
    head: str
    fault: Fault | None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def work_ahead(session: Session) -> int:
    """Return how many events and rows a verification will look at."""
    stored = set(inspect(session.connection()).get_table_names())
    tables = [table for table in (_EVENTS, *_audited_tables()) if table.name in stored]
    counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    return sum(counts)


def verify(
    session: Session, *, progress: Progress, witnesses: Mapping[int, str] | None = None
) -> Verification:
    """Walk the whole trail, then compare every audited row with the last word on it.

    Rows are compared only when the trail is whole: a broken one says nothing about them.
    `witnesses` are MACs by the number of their event, from signed checkpoints.
    """
    signed = witnesses or {}
    with RowLedger() as ledger:
        walk = _Walk(session.info["sealer"], ledger, signed)
        fault = walk.through(session, progress)
        if fault is None:
            fault = _compare(session, ledger, progress)
            if walk.size < max(signed, default=0):
                # A whole database of an earlier day agrees with itself; one cut short does not.
                kind = Kind.SHORTER_THAN_CHECKPOINT if fault else Kind.ROLLBACK
                fault = Fault(kind, walk.size + 1)
    return Verification(walk.size, walk.head, fault)


class _Walk:
    """Goes through the events in order and notes the last word on each row."""

    def __init__(self, sealer: Sealer, ledger: RowLedger, signed: Mapping[int, str]) -> None:
        self._sealer = sealer
        self._ledger = ledger
        self._signed = signed
        self.size = 0
        self.head = GENESIS

    def through(self, session: Session, progress: Progress) -> Fault | None:
        """Return the first fault of the trail; size and head stay those of the whole part."""
        events = stored_rows(session, _EVENTS)
        while block := list(islice(events, _BLOCK)):
            notes: list[Note] = []
            for place, event in enumerate(block):
                if not self._is_next(event):
                    following = next(chain(block[place + 1 :], events), None)
                    return self._fault(event, following)
                notes += _notes_of(event)
            self._ledger.note(notes)
            progress(len(block))
        return None

    def _is_next(self, event: StoredRow) -> bool:
        """Whether this is the event that belongs here, as it was written; goes on to it if so."""
        if event.values is None or event.values["seq"] != self.size + 1:
            return False
        if event.values["previous_mac"] != self.head or not self._is_sealed(event.values):
            return False
        if self._signed.get(event.values["seq"], event.values["mac"]) != event.values["mac"]:
            return False
        self.size, self.head = self.size + 1, event.values["mac"]
        return True

    def _fault(self, event: StoredRow, following: StoredRow | None) -> Fault:
        expected, found = self.size + 1, int(event.key)
        if found != expected:
            kind = Kind.GAP if found > expected else Kind.ORDER
        else:
            kind = self._change(event.values, following.values if following else None)
        return Fault(kind, expected)

    def _change(self, event: _Values | None, following: _Values | None) -> Kind:
        """Tell an altered event from one in the wrong place and from one sealed without the key.

        The event after an altered one still follows the seal that the altered one was given.
        """
        if event is None:
            return Kind.BAD_HASH
        if event["previous_mac"] == self.head and self._is_sealed(event):
            return Kind.DIFFERS_FROM_CHECKPOINT
        if event["previous_mac"] != self.head:
            moved_not = self._is_sealed({**event, "previous_mac": self.head})
            return Kind.BAD_HASH if moved_not else Kind.ORDER
        if following is None:
            return Kind.BAD_HASH
        keeps_to_it = following["previous_mac"] == event["mac"] and self._is_sealed(following)
        return Kind.BAD_HASH if keeps_to_it else Kind.BAD_MAC

    def _is_sealed(self, event: _Values) -> bool:
        values = {name: value for name, value in event.items() if name != "mac"}
        try:
            link = audit.link_of(self._sealer, event["previous_mac"], values)
        except (TypeError, ValueError):
            # A value that no event can hold, such as text that is not Unicode.
            return False
        return bool(link == event["mac"])


def _notes_of(event: StoredRow) -> Iterator[Note]:
    values = event.values or {}
    for table, key, digest in values["rows"]:
        if table not in UNAUDITED_TABLES:
            yield table, key, values["seq"], digest


def _compare(session: Session, ledger: RowLedger, progress: Progress) -> Fault | None:
    """Return the fault whose row was touched by the earliest event."""
    sealer: Sealer = session.info["sealer"]
    faults = (
        Fault(kind, last.seq if last else None, table.name, row.key)
        for table in _audited_tables()
        for row, last in _found(session, table, ledger, progress)
        if (kind := _kind_of(row, last, sealer, table.name))
    )
    first = min(faults, key=_place, default=None)
    left = ledger.first_left()
    missing = Fault(Kind.MISSING_ROW, *left) if left else None
    return min((each for each in (first, missing) if each), key=_place, default=None)


def _audited_tables() -> list[Table]:
    tables = Record.metadata.sorted_tables
    return [table for table in tables if table.name not in UNAUDITED_TABLES]


def _found(
    session: Session, table: Table, ledger: RowLedger, progress: Progress
) -> Iterator[tuple[StoredRow, LastWord | None]]:
    rows = stored_rows(session, table)
    while block := list(islice(rows, _BLOCK)):
        for row in block:
            yield row, ledger.strike(table.name, row.key)
        progress(len(block))


def _kind_of(row: StoredRow, last: LastWord | None, sealer: Sealer, table: str) -> Kind | None:
    if last is None or last.digest is None:
        return Kind.UNAUDITED_ROW
    if row.values is None:
        return Kind.STATE_MISMATCH
    try:
        digest = sealer.row(table, row.values)
    except (TypeError, ValueError):
        return Kind.STATE_MISMATCH
    return None if digest == last.digest else Kind.STATE_MISMATCH


def _place(fault: Fault) -> tuple[float, str, str]:
    """Return where a fault stands among others; a row that no event names comes last."""
    seq = math.inf if fault.first_bad_seq is None else fault.first_bad_seq
    return seq, fault.table or "", fault.row or ""
