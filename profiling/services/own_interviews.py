"""The interviews that an officer conducted in the last days, and finding one by its number."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from checklist.vocabulary import Purpose
from profiling import clock
from profiling.errors import NotFound
from profiling.records import Interview
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import interview_reading
from profiling.services.current_versions import applicant_names
from profiling.services.interview_reading import OWN_DAYS

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class OwnInterview:
    """One interview as its officer lists it; never a result."""

    id: str
    application_no: str
    receipt_no: int
    name: str = field(repr=False)
    purpose: Purpose
    sealed_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page of the list, the newest first."""

    items: tuple[OwnInterview, ...]
    number: int
    has_older: bool


def own_interviews(session: Session, actor: Actor, *, page: int = 1) -> OwnPage:
    """Return the actor's own interviews of the last 30 days, and older undecided ones."""
    actor.require(Permission.INTERVIEW_CONDUCT)
    rows = session.scalars(
        select(Interview)
        .where(
            Interview.account_id == actor.id,
            or_(
                Interview.sealed_at > clock.now() - OWN_DAYS,
                and_(Interview.state == "sealed", Interview.voided.is_(False)),
            ),
            within(actor, Interview.office),
        )
        .order_by(Interview.sealed_at.desc(), Interview.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()
    shown = rows[:PAGE_SIZE]
    names = applicant_names(session, shown)
    items = tuple(
        OwnInterview(
            id=row.id,
            application_no=row.application_no,
            receipt_no=row.receipt_no,
            name=names[row.id],
            purpose=Purpose(row.purpose),
            sealed_at=row.sealed_at,
            state=_state(row),
        )
        for row in shown
    )
    return OwnPage(items, page, len(rows) > PAGE_SIZE)


def find(session: Session, actor: Actor, *, text: str) -> str:
    """Return the id of an interview by application number, or an own one by receipt number.

    Raises NotFound where the actor may read none.
    """
    actor.require(Permission.INTERVIEW_CONDUCT)
    wanted = text.strip()
    try:
        return interview_reading.find_by_application(session, actor, wanted)
    except NotFound:
        return _by_receipt(session, actor, wanted)


def _by_receipt(session: Session, actor: Actor, wanted: str) -> str:
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < len("1000000000")):
        raise NotFound
    found = session.scalars(
        select(Interview.id)
        .where(
            Interview.receipt_no == int(wanted),
            Interview.account_id == actor.id,
            within(actor, Interview.office),
        )
        .order_by(Interview.sealed_at.desc(), Interview.id.desc())
    ).first()
    if found is None:
        raise NotFound
    return interview_reading.readable(session, actor, found).id


def _state(row: Interview) -> str:
    """Return where the work on an interview stands, in the words of the counter."""
    if row.voided:
        return "voided"
    if row.awaiting == "putusan":
        return "with_supervisor"
    if row.state == "sealed":
        return "sealed"
    return "postponed" if row.tunda_until is not None else "decided"
