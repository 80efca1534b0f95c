"""Appointments: the day's list taken in, walk-ins added, absence marked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Conflict, Invalid, NotFound, sentence
from profiling.exchange.queue_csv import QueueRow
from profiling.records import Appointment, Draft, Interview, Office
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import audit, offices, people
from profiling.services.appointment_rows import ABSENT, WAITING, Booking, RowCheck
from profiling.services.office_time import today_of, zone_of
from profiling.services.people import Locker

SEALED_FIELDS = ("nik", "name", "phone", "kk_number", "mother_name", "guardian")
PLAIN_FIELDS = (
    "birth_date",
    "sex",
    "purpose",
    "village",
    "passport_service",
    "passport_issued",
    "passport_event_date",
)
_BATCH = 400


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: rows added, updated, and left alone because the interview has begun."""

    added: int
    updated: int
    begun: int


@dataclass(frozen=True, slots=True)
class Import:
    """What an import needs beside the rows; `progress` is told of every batch."""

    office: str
    progress: Callable[[int], None] = lambda _count: None


def import_queue(
    session: Session, actor: Actor, rows: Sequence[QueueRow], *, wanted: Import
) -> ImportReport:
    """Take all rows in, or none: raises Invalid with a sentence for each row and column."""
    office = _office_of(session, actor, wanted.office)
    bookings = _checked(session, actor, rows)
    counts = {"added": 0, "updated": 0, "begun": 0}
    for start in range(0, len(bookings), _BATCH):
        batch = bookings[start : start + _BATCH]
        for word in _take_in(session, office, batch):
            counts[word] += 1
        wanted.progress(len(batch))
    audit.record(
        session, actor, action="queue.import", subject=("office", office), detail=dict(counts)
    )
    return ImportReport(**counts)


def walk_in(session: Session, actor: Actor, booking: Booking) -> str:
    """Add an applicant without an appointment; returns the number that the application gets.

    The booking's own number and slot are left aside.
    """
    actor.require(Permission.INTERVIEW_CONDUCT)
    if actor.office is None:
        raise NotFound
    now = clock.now()
    number = _next_walk_in_number(session, actor.office, clock.local(now, zone_of(session)).year)
    added = Booking(
        **{f.name: getattr(booking, f.name) for f in fields(booking)}
        | {"application_no": number, "slot": now}
    )
    _add(session, actor.office, added, is_walk_in=True)
    audit.record(session, actor, action="queue.walk_in", subject=("application", number))
    return number


def mark_absent(
    session: Session, actor: Actor, *, application_no: str, is_absent: bool = True
) -> None:
    """Note that the applicant did not come, or take that note back."""
    actor.require(Permission.INTERVIEW_CONDUCT)
    row = find_appointment(session, actor, application_no)
    if _begun(session, [application_no]):
        raise Conflict("interview_begun")
    row.status = ABSENT if is_absent else WAITING
    row.version += 1
    audit.record(
        session,
        actor,
        action="queue.absent",
        subject=("application", application_no),
        detail={"status": row.status},
    )


def find_appointment(session: Session, actor: Actor, application_no: str) -> Appointment:
    """Return the appointment inside the actor's scope; raises NotFound."""
    row = session.scalar(
        select(Appointment).where(
            Appointment.application_no == application_no, within(actor, Appointment.office)
        )
    )
    if row is None:
        raise NotFound
    return row


def _office_of(session: Session, actor: Actor, code: str) -> str:
    actor_may_import = actor.via == "system" or actor.may(Permission.QUEUE_IMPORT)
    office = offices.get_office(session, code).code
    if not actor_may_import or not actor.covers(office):
        raise Invalid({"office": [sentence("This office code is not known.")]})
    return office


def _checked(session: Session, actor: Actor, rows: Sequence[QueueRow]) -> list[Booking]:
    zone, today = zone_of(session), today_of(session)
    lang = "en" if actor.via == "system" else actor.locale
    errors: dict[str, list[str]] = {}
    found: dict[str, Booking] = {}
    for row in rows:
        check = RowCheck(row, zone=zone, today=today, lang=lang)
        booking = check.booking()
        errors.update(check.errors)
        if booking is None:
            continue
        if booking.application_no in found:
            errors[f"{row.number}.application_no"] = [
                sentence("This application number stands in the file twice.")
            ]
        found[booking.application_no] = booking
    if errors:
        raise Invalid(errors)
    return list(found.values())


def _take_in(session: Session, office: str, batch: Sequence[Booking]) -> list[str]:
    numbers = [booking.application_no for booking in batch]
    known = {
        row.application_no: row
        for row in session.scalars(
            select(Appointment).where(Appointment.application_no.in_(numbers))
        )
    }
    begun = _begun(session, list(known))
    lockers = people.lockers_of(session, {row.person_id for row in known.values()})
    words = []
    for booking in batch:
        row = known.get(booking.application_no)
        if row is None:
            _add(session, office, booking, is_walk_in=False)
            words.append("added")
        elif row.office != office:
            raise Invalid(
                {
                    booking.application_no: [
                        sentence("This application number belongs to another office.")
                    ]
                }
            )
        elif booking.application_no in begun:
            words.append("begun")
        else:
            _update(session, row, booking, lockers[row.person_id])
            words.append("updated")
    session.flush()
    return words


def _add(session: Session, office: str, booking: Booking, *, is_walk_in: bool) -> None:
    locker = people.new_person(session)
    values = {
        **_columns(session, booking, locker),
        "application_no": booking.application_no,
        "office": office,
        "person_id": locker.person_id,
        "status": booking.status or WAITING,
        "is_walk_in": is_walk_in,
        "version": 1,
    }
    audit.add_row(session, Appointment, values)


def _update(session: Session, row: Appointment, booking: Booking, locker: Locker) -> None:
    """Take the file's values; an empty status leaves what the counter noted."""
    for column, value in _columns(session, booking, locker).items():
        setattr(row, column, value)
    row.status = booking.status or row.status
    row.version += 1


def _columns(session: Session, booking: Booking, locker: Locker) -> Mapping[str, Any]:
    texts = {name: getattr(booking, name) for name in SEALED_FIELDS}
    texts["phone"] = people.normal_phone(booking.phone)
    sealed = {
        f"{name}_enc": locker.seal(Appointment, booking.application_no, name, text)
        for name, text in texts.items()
    }
    return {
        **sealed,
        **{name: getattr(booking, name) for name in PLAIN_FIELDS},
        "nik_idx": people.index_of(session, "nik", booking.nik),
        "slot": booking.slot,
        "slot_on": clock.local_date(booking.slot, zone_of(session)),
        "imported_at": clock.now(),
    }


def _begun(session: Session, numbers: Sequence[str]) -> frozenset[str]:
    """Return those of the applications whose interview has begun."""
    drafts = select(Draft.application_no).where(Draft.application_no.in_(numbers))
    sealed = select(Interview.application_no).where(
        Interview.application_no.in_(numbers), Interview.voided.is_(False)
    )
    return frozenset(session.scalars(drafts.union_all(sealed)))


def _next_walk_in_number(session: Session, office: str, year: int) -> str:
    """Return the next number; the office's row is held, so that two counters never share one."""
    session.execute(select(Office.code).where(Office.code == office).with_for_update())
    prefix = f"{office}-L-{year}-"
    last = session.scalar(
        select(func.max(Appointment.application_no)).where(
            Appointment.application_no.startswith(prefix, autoescape=True),
            Appointment.office == office,
            Appointment.is_walk_in.is_(True),
        )
    )
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    # A file that was imported may hold numbers that look like these.
    while session.get(Appointment, f"{prefix}{number:06}") is not None:
        number += 1
    return f"{prefix}{number:06}"
