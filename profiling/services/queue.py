"""The counter's day: who waits, what is begun, what is sealed. Never a result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from checklist.facts import age_on
from checklist.loading import load
from checklist.nik import LENGTH, masked
from profiling import clock
from profiling.records import Appointment, Draft, Interview
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import people
from profiling.services.appointment_rows import ABSENT, CANCELLED
from profiling.services.interview_reading import OWN_DAYS
from profiling.services.office_time import today_of
from profiling.services.people import Locker

DRAFT, SEALED, DONE, WAITING, AWAY = "draf", "disegel", "selesai", "menunggu", "tidak_hadir"

_LONGEST_DAY = 2_000
_MOST_FOUND = 50
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One application as the queue shows it; `interview_id` is the draft's or the interview's."""

    application_no: str
    slot: datetime
    name: str = field(repr=False)
    masked_nik: str = field(repr=False)
    purpose: str | None
    state: str
    is_mine: bool
    is_child: bool
    interview_id: str | None
    receipt_no: int | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The day's lists, each in the order of the clock."""

    on: date
    begun: tuple[QueueEntry, ...]
    waiting: tuple[QueueEntry, ...]
    done: tuple[QueueEntry, ...]
    away: tuple[QueueEntry, ...]
    booked: int
    received_at: datetime | None


def queue_page(session: Session, actor: Actor, *, on: date) -> QueuePage:
    """Return the day of the actor's offices, with the actor's own unfinished work first."""
    actor.require(Permission.QUEUE_READ)
    wanted = or_(
        Appointment.slot_on == on, Appointment.application_no.in_(_own_numbers(session, actor))
    )
    entries = _entries(session, actor, wanted, limit=_LONGEST_DAY)
    begun = tuple(e for e in entries if e.is_mine and e.state in {DRAFT, SEALED})
    rest = [e for e in entries if e not in begun]
    return QueuePage(
        on,
        begun=begun,
        waiting=tuple(e for e in rest if e.state in {WAITING, DRAFT}),
        done=tuple(e for e in rest if e.state in {SEALED, DONE}),
        away=tuple(e for e in rest if e.state == AWAY),
        booked=_booked(session, actor, on),
        received_at=_received_at(session, actor, on),
    )


def is_nik(text: str) -> bool:
    """Whether a searched text is looked up as a NIK."""
    wanted = text.strip()
    return len(wanted) == LENGTH and wanted.isascii() and wanted.isdigit()


def search(session: Session, actor: Actor, *, text: str, on: date) -> tuple[QueueEntry, ...]:
    """Find by exact NIK, by application number, or by a part of a name among the day's people."""
    actor.require(Permission.QUEUE_READ)
    wanted = text.strip()
    if is_nik(wanted):
        digest = people.index_of(session, "nik", wanted)
        return tuple(_entries(session, actor, Appointment.nik_idx == digest, limit=_MOST_FOUND))
    numbered = func.lower(Appointment.application_no) == wanted.lower()
    found = _entries(session, actor, numbered, limit=_MOST_FOUND)
    if found or len(wanted) < _FEWEST_LETTERS:
        return tuple(found)
    everybody = _entries(session, actor, Appointment.slot_on == on, limit=_LONGEST_DAY)
    named = [entry for entry in everybody if wanted.casefold() in entry.name.casefold()]
    return tuple(named[:_MOST_FOUND])


def _own_numbers(session: Session, actor: Actor) -> list[str | None]:
    """Return the applications whose interview the actor has begun and not decided yet."""
    drafts = select(Draft.application_no).where(Draft.account_id == actor.id)
    sealed = select(Interview.application_no).where(
        Interview.account_id == actor.id,
        Interview.state == "sealed",
        Interview.sealed_at > clock.now() - OWN_DAYS,
        Interview.voided.is_(False),
    )
    return list(session.scalars(drafts.union_all(sealed)))


def _entries(
    session: Session, actor: Actor, condition: ColumnElement[bool], *, limit: int
) -> list[QueueEntry]:
    rows = session.scalars(
        select(Appointment)
        .where(condition, within(actor, Appointment.office), Appointment.status != CANCELLED)
        .order_by(Appointment.slot, Appointment.application_no)
        .limit(limit)
    ).all()
    lockers = people.lockers_of(session, {row.person_id for row in rows})
    begun = _begun_by_number(session, actor, [row.application_no for row in rows])
    today = today_of(session)
    return [
        _entry(
            row,
            lockers[row.person_id],
            actor,
            begun=begun.get(row.application_no),
            today=today,
        )
        for row in rows
    ]


def _begun_by_number(
    session: Session, actor: Actor, numbers: Sequence[str]
) -> dict[str | None, Draft | Interview]:
    """Return what each application has: one's own draft, else its interview, else a draft."""
    drafts = session.scalars(select(Draft).where(Draft.application_no.in_(numbers))).all()
    interviews = session.scalars(
        select(Interview).where(Interview.application_no.in_(numbers), Interview.voided.is_(False))
    )
    own = [draft for draft in drafts if draft.account_id == actor.id]
    return {each.application_no: each for each in (*drafts, *interviews, *own)}


def _entry(
    row: Appointment,
    locker: Locker,
    actor: Actor,
    *,
    begun: Draft | Interview | None,
    today: date,
) -> QueueEntry:
    born = row.birth_date
    return QueueEntry(
        application_no=row.application_no,
        slot=row.slot,
        name=locker.open(row, "name") or "",
        masked_nik=masked(locker.open(row, "nik")),
        purpose=begun.purpose if isinstance(begun, Interview) else row.purpose,
        state=_state(row, begun),
        is_mine=begun is not None and begun.account_id == actor.id,
        is_child=born is not None and age_on(born, today) < load().adult_age,
        interview_id=None if begun is None else begun.id,
        receipt_no=begun.receipt_no if isinstance(begun, Interview) else None,
    )


def _state(row: Appointment, begun: Draft | Interview | None) -> str:
    match begun:
        case Draft():
            return DRAFT
        case Interview(state="sealed"):
            return SEALED
        case Interview():
            return DONE
    return AWAY if row.status == ABSENT else WAITING


def _booked(session: Session, actor: Actor, on: date) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Appointment)
            .where(
                Appointment.slot_on == on,
                within(actor, Appointment.office),
                Appointment.status != CANCELLED,
                Appointment.is_walk_in.is_(False),
            )
        )
        or 0
    )


def _received_at(session: Session, actor: Actor, on: date) -> datetime | None:
    return session.scalar(
        select(func.max(Appointment.imported_at)).where(
            Appointment.slot_on == on,
            within(actor, Appointment.office),
            Appointment.is_walk_in.is_(False),
        )
    )
