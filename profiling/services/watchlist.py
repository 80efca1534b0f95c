"""The watch list: phone and licence numbers the intelligence section wants to be told about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Conflict, Invalid, NotFound, StaleVersion, sentence
from profiling.records import WatchlistEntry
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import audit
from profiling.services.case_access import names_of
from profiling.services.identifiers import new_id
from profiling.services.office_time import zone_of
from profiling.services.people import (
    Locker,
    index_of,
    lockers_of,
    new_person,
    normal_licence,
    normal_phone,
)

PHONE, LICENCE = "phone", "licence"
KINDS = (PHONE, LICENCE)
"""An entry is a number; a name alone is never matched."""

_SHORTEST_REASON = 15
_LONGEST_REASON = 1000
_LONGEST_LABEL = 120
_SHORTEST_NUMBER = {PHONE: 8, LICENCE: 4}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is put on the list."""

    kind: str
    value: str = field(repr=False)
    label: str = field(repr=False)
    reason: str = field(repr=False)
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, opened for an analyst."""

    id: str
    kind: str
    value: str = field(repr=False)
    label: str | None = field(repr=False)
    reason: str = field(repr=False)
    office: str
    added_by: str
    added_at: datetime
    valid_from: date
    ended_by: str | None
    ended_at: datetime | None
    end_reason: str | None = field(repr=False)
    version: int


def add(session: Session, actor: Actor, new: NewEntry) -> str:
    """Put a number on the list; returns the id of the entry."""
    actor.require(Permission.WATCHLIST_EDIT)
    audit.hold_chain(session)
    value = _checked(new)
    office = actor.office
    if office is None:
        raise Invalid({"value": [sentence("Only an account of an office adds entries.")]})
    digest = index_of(session, new.kind, value)
    already = session.scalars(
        select(WatchlistEntry.id).where(
            WatchlistEntry.value_idx == digest,
            WatchlistEntry.ended_at.is_(None),
            within(actor, WatchlistEntry.office),
        )
    ).first()
    if already is not None:
        raise Conflict("already_watched", existing=already)
    row_id, locker, now = new_id(), new_person(session), clock.now()
    today = clock.local_date(now, zone_of(session))
    values = {
        "id": row_id,
        "person_id": locker.person_id,
        "kind": new.kind,
        "value_enc": locker.seal(WatchlistEntry, row_id, "value", value),
        "value_idx": digest,
        "label_enc": locker.seal(WatchlistEntry, row_id, "label", new.label.strip()),
        "reason_enc": locker.seal(WatchlistEntry, row_id, "reason", new.reason.strip()),
        "office": office,
        "added_by": actor.id,
        "added_at": now,
        "valid_from": new.valid_from or today,
        "ended_by": None,
        "ended_at": None,
        "end_reason_enc": None,
        "version": 1,
    }
    audit.add_row(session, WatchlistEntry, values)
    audit.record(session, actor, action="watchlist.add", subject=("watchlist", row_id))
    return row_id


def end(session: Session, actor: Actor, *, entry_id: str, version: int, reason: str) -> None:
    """Take an entry out of use, with a reason; it stays readable."""
    actor.require(Permission.WATCHLIST_EDIT)
    audit.hold_chain(session)
    entry = _find(session, actor, entry_id)
    if entry.version != version:
        raise StaleVersion
    if entry.ended_at is not None:
        raise Conflict("already_ended", existing=entry.id)
    _check_reason(reason)
    locker = lockers_of(session, {entry.person_id})[entry.person_id]
    entry.end_reason_enc = locker.seal(WatchlistEntry, entry.id, "end_reason", reason.strip())
    entry.ended_by, entry.ended_at = actor.id, clock.now()
    entry.version += 1
    audit.record(session, actor, action="watchlist.end", subject=("watchlist", entry.id))


def list_entries(session: Session, actor: Actor) -> list[EntryView]:
    """Return the entries of the actor's scope: those in use first, newest first."""
    actor.require(Permission.WATCHLIST_READ)
    rows = session.scalars(
        select(WatchlistEntry)
        .where(within(actor, WatchlistEntry.office))
        .order_by(WatchlistEntry.ended_at.is_not(None), WatchlistEntry.added_at.desc())
    ).all()
    return _opened(session, rows)


def find_entry(session: Session, actor: Actor, entry_id: str) -> EntryView:
    """Return one entry; raises NotFound outside the actor's scope."""
    actor.require(Permission.WATCHLIST_READ)
    (view,) = _opened(session, [_find(session, actor, entry_id)])
    return view


def hits(
    session: Session, *, phones: Iterable[str | None], licences: Iterable[str | None], on: date
) -> list[EntryView]:
    """Return the entries in force on this day that have one of these numbers, nationwide.

    Equal normalised numbers match; a name never does.
    """
    digests = {index_of(session, PHONE, normal_phone(number)) for number in phones}
    digests |= {index_of(session, LICENCE, normal_licence(number)) for number in licences}
    rows = session.scalars(
        select(WatchlistEntry)
        .where(
            WatchlistEntry.value_idx.in_([digest for digest in digests if digest]),
            WatchlistEntry.valid_from <= on,
            WatchlistEntry.ended_at.is_(None),
        )
        .order_by(WatchlistEntry.added_at)
    ).all()
    return _opened(session, rows)


def _find(session: Session, actor: Actor, entry_id: str) -> WatchlistEntry:
    entry = session.scalar(
        select(WatchlistEntry).where(
            WatchlistEntry.id == entry_id, within(actor, WatchlistEntry.office)
        )
    )
    if entry is None:
        raise NotFound
    return entry


def _checked(new: NewEntry) -> str:
    if new.kind not in KINDS:
        raise Invalid({"kind": [sentence("Choose telephone or licence.")]})
    value = normal_phone(new.value) if new.kind == PHONE else normal_licence(new.value)
    if value is None or len(value) < _SHORTEST_NUMBER[new.kind]:
        raise Invalid({"value": [sentence("Write the whole number; a name alone is not matched.")]})
    if len(new.label.strip()) > _LONGEST_LABEL:
        raise Invalid({"label": [sentence("Keep the label within 120 characters.")]})
    _check_reason(new.reason)
    return value


def _check_reason(reason: str) -> None:
    if sum(sign.isalnum() for sign in reason) < _SHORTEST_REASON:
        raise Invalid({"reason": [sentence("Write at least 15 letters.")]})
    if len(reason) > _LONGEST_REASON:
        raise Invalid({"reason": [sentence("Keep the reason within 1,000 characters.")]})


def _opened(session: Session, rows: Iterable[WatchlistEntry]) -> list[EntryView]:
    entries = list(rows)
    lockers = lockers_of(session, {row.person_id for row in entries})
    staff = {row.added_by for row in entries} | {row.ended_by for row in entries if row.ended_by}
    names = {account: hand.name for account, hand in names_of(session, staff).items()}
    return [_view(row, lockers[row.person_id], names) for row in entries]


def _view(row: WatchlistEntry, locker: Locker, names: dict[str, str]) -> EntryView:
    return EntryView(
        id=row.id,
        kind=row.kind,
        value=locker.open(row, "value") or "",
        label=locker.open(row, "label"),
        reason=locker.open(row, "reason") or "",
        office=row.office,
        added_by=names.get(row.added_by, ""),
        added_at=row.added_at,
        valid_from=row.valid_from,
        ended_by=names.get(row.ended_by) if row.ended_by else None,
        ended_at=row.ended_at,
        end_reason=locker.open(row, "end_reason"),
        version=row.version,
    )
