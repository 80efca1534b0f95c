"""Opening cases: by a merah version, a referral, the random re-read, or a burst."""

import hmac
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checklist.loading import load
from checklist.vocabulary import Band, CaseOrigin, CaseState
from profiling import clock
from profiling.records import Assessment, Case, CaseEvent, Interview
from profiling.security.access import Actor
from profiling.security.keys import Keyring
from profiling.services import audit
from profiling.services.identifiers import new_id
from profiling.services.interview_reading import open_case_of
from profiling.services.office_time import zone_of
from profiling.services.workdays import due_on

REVIEW_WORKDAYS = 3
"""Working days within which a case is due."""

BLIND_SHARE = Decimal("0.25")
"""Share of merah cases without a threat that are read blind, drawn by keyed seed at the opening.

So at most about one in four of the flagged is mixed with the re-reads. A case with a threat is
never among them: hiding its result would hide why it comes first.
"""

THREATS = frozenset({"PK-06", "PK-07"})
"""What an applicant says of threats or violence: such a case comes early and is never blind."""

_DRAWS = 10**6


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a case is opened, and what orders it in the queue."""

    origin: CaseOrigin
    is_child: bool
    is_threat: bool
    is_merah: bool
    burst_key: bytes | None = None


def opening_on(
    assessment: Assessment, origin: CaseOrigin, *, burst_key: bytes | None = None
) -> Opening:
    """Return why a case is opened on a result that is stored."""
    return Opening(
        origin=origin,
        is_child=assessment.facts["age"] < load().adult_age,
        is_threat=not THREATS.isdisjoint(assessment.fired.split()),
        is_merah=assessment.band == Band.MERAH,
        burst_key=burst_key,
    )


def draw(session: Session, purpose: str, subject: str, share: Decimal) -> bool:
    """Draw by keyed seed: the same subject always gets the same answer."""
    keyring: Keyring = session.info["keyring"]
    digest = hmac.digest(keyring.dataset, f"{purpose}/v1|{subject}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") % _DRAWS < share * _DRAWS


def open_case(session: Session, actor: Actor, interview: Interview, opening: Opening) -> Case:
    """Open a case for an interview, or return the one that is open already.

    The caller records the audit event.
    """
    already = open_case_of(session, interview.id) if opening.burst_key is None else None
    if already is not None:
        already.is_merah = already.is_merah or opening.is_merah
        already.is_threat = already.is_threat or opening.is_threat
        return already
    now = clock.now()
    today = clock.local_date(now, zone_of(session))
    case = Case(
        id=new_id(),
        office=interview.office,
        year=today.year,
        number=_next_number(session, interview.office, today.year),
        interview_id=interview.id,
        origin=opening.origin.value,
        burst_key=opening.burst_key,
        state=CaseState.BARU.value,
        opened_at=now,
        due_on=due_on(today, days=REVIEW_WORKDAYS),
        is_blind=_is_read_blind(session, interview, opening),
        is_child=opening.is_child,
        is_threat=opening.is_threat,
        is_merah=opening.is_merah,
        version=1,
    )
    session.add(case)
    session.flush()
    session.add(_opening(case, actor))
    return case


def opens_by_band(band: Band) -> bool:
    """Whether a version with this band opens a case by itself."""
    return band is Band.MERAH


def _is_read_blind(session: Session, interview: Interview, opening: Opening) -> bool:
    if opening.origin is CaseOrigin.BACA_ULANG:
        return True
    if opening.origin is not CaseOrigin.MERAH or opening.is_threat:
        return False
    return draw(session, "blind", interview.id, BLIND_SHARE)


def _opening(case: Case, actor: Actor) -> CaseEvent:
    return CaseEvent(
        id=new_id(),
        case_id=case.id,
        sequence=1,
        kind="open",
        state=case.state,
        account_id=actor.id,
        person_no=actor.person_no,
        at=case.opened_at,
    )


def _next_number(session: Session, office: str, year: int) -> int:
    audit.hold_chain(session)
    last = session.scalar(
        select(func.max(Case.number)).where(Case.office == office, Case.year == year)
    )
    return (last or 0) + 1
