"""Decisions: a named person decides, another confirms what must be confirmed, TUNDA lapses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checklist.vocabulary import (
    Band,
    CaseOrigin,
    Disposition,
    Judgement,
    Papers,
    ReasonCode,
)
from profiling import clock
from profiling.errors import Conflict, Invalid, NotAllowed, StaleVersion, sentence
from profiling.records import Assessment, Decision, Interview, InterviewVersion
from profiling.security.access import Actor, Permission, Role
from profiling.services import audit
from profiling.services.case_opening import open_case, opening_on
from profiling.services.decision_rules import allowed_dispositions, closed_outcome, prefilled
from profiling.services.identifiers import new_id
from profiling.services.interview_reading import readable
from profiling.services.office_time import zone_of
from profiling.services.people import Locker, locker_of

TUNDA_DAYS = 30
_SHORTEST_REASON = 15
_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to decide, on the state they saw."""

    version: int
    disposition: Disposition
    reason: str = ""
    reason_code: ReasonCode | None = None


@dataclass(frozen=True, slots=True)
class DecisionReceipt:
    """The proof of a decision."""

    id: str
    version: int
    audit_seq: int
    audit_hash: str


def decide(session: Session, actor: Actor, *, interview_id: str, wish: Wish) -> DecisionReceipt:
    """Add a decision to an interview; RUJUK opens a case, TUNDA waits for a supervisor."""
    actor.require(Permission.DECISION_RECORD)
    interview = _fresh(session, actor, interview_id, wish.version)
    outcome = closed_outcome(session, interview)
    if wish.disposition not in allowed_dispositions(session, actor, interview):
        raise Conflict("disposition_not_open")
    sealed, assessment = _current(session, interview)
    locker = locker_of(session, interview.person_id)
    reason = _reason(wish, locker, sealed, assessment)
    now = clock.now()
    is_postponed = wish.disposition is Disposition.TUNDA
    until = _tunda_until(session, now) if is_postponed else None
    _add(session, actor, interview, _Entry("keputusan", wish, reason, until), now)
    interview.disposition = wish.disposition.value
    interview.tunda_until = until
    interview.state = "decided"
    waits = is_postponed and actor.role is Role.OFFICER
    interview.awaiting = "tunda" if waits else None
    if wish.disposition is Disposition.RUJUK:
        interview.awaiting = "kasus"
        open_case(session, actor, interview, opening_on(assessment, CaseOrigin.RUJUKAN))
    detail = {"disposition": wish.disposition.value, "outcome": outcome}
    return settle(session, actor, interview, "interview.decide", detail)


def confirm(session: Session, actor: Actor, *, interview_id: str, version: int) -> DecisionReceipt:
    """Confirm a TUNDA: another person than the one who decided it."""
    interview = _awaiting_confirmation(session, actor, interview_id, version)
    wish = Wish(version, Disposition.TUNDA)
    entry = _Entry("setuju", wish, None, interview.tunda_until)
    _add(session, actor, interview, entry, clock.now())
    interview.awaiting = None
    return settle(session, actor, interview, "interview.confirm", {})


def return_(
    session: Session, actor: Actor, *, interview_id: str, version: int, reason: str
) -> DecisionReceipt:
    """Give a TUNDA back to the officer with a reason; the interview is sealed again."""
    interview = _awaiting_confirmation(session, actor, interview_id, version)
    text = _long_enough(reason)
    wish = Wish(version, Disposition.TUNDA)
    _add(session, actor, interview, _Entry("kembali", wish, text, None), clock.now())
    interview.awaiting = None
    interview.state = "sealed"
    interview.disposition = None
    interview.tunda_until = None
    return settle(session, actor, interview, "interview.return", {})


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    wish: Wish
    reason: str | None
    until: datetime | None


def _fresh(session: Session, actor: Actor, interview_id: str, version: int) -> Interview:
    audit.hold_chain(session)
    interview = readable(session, actor, interview_id)
    if interview.version != version:
        raise StaleVersion
    return interview


def _awaiting_confirmation(
    session: Session, actor: Actor, interview_id: str, version: int
) -> Interview:
    actor.require(Permission.DECISION_CONFIRM)
    interview = _fresh(session, actor, interview_id, version)
    if interview.awaiting != "tunda":
        raise Conflict("nothing_to_confirm")
    last = session.scalars(
        select(Decision)
        .where(Decision.interview_id == interview.id)
        .order_by(Decision.sequence.desc())
    ).first()
    if last is not None and last.person_no == actor.person_no:
        raise NotAllowed("another_person")
    return interview


def _current(session: Session, interview: Interview) -> tuple[InterviewVersion, Assessment]:
    row = session.execute(
        select(InterviewVersion, Assessment)
        .join(Assessment, Assessment.version_id == InterviewVersion.id)
        .where(
            InterviewVersion.interview_id == interview.id,
            InterviewVersion.version == interview.current_version,
        )
    ).one()
    return row[0], row[1]


def _reason(
    wish: Wish, locker: Locker, sealed: InterviewVersion, assessment: Assessment
) -> str | None:
    """Return the reason to keep; an agreed LANJUT needs none, an agreed RUJUK has one already."""
    text = wish.reason.strip()
    expected = prefilled(
        Judgement(sealed.judgement), Band(assessment.band), Papers(assessment.papers)
    )
    if not text and expected is wish.disposition is Disposition.LANJUT:
        return None
    if not text and expected is wish.disposition is Disposition.RUJUK:
        return locker.open(sealed, "judgement_reason")
    return _long_enough(text)


def _long_enough(reason: str) -> str:
    text = reason.strip()
    if len(text) < _SHORTEST_REASON:
        raise Invalid({"reason": [sentence("Write why, in at least 15 characters.")]})
    if len(text) > _LONGEST_REASON:
        raise Invalid({"reason": [sentence("Keep the reason within 1,000 characters.")]})
    return text


def _tunda_until(session: Session, now: datetime) -> datetime:
    return clock.end_of_day_after(now, TUNDA_DAYS, zone_of(session))


def last_day_of_tunda(session: Session, until: datetime) -> date:
    """Return the last day on which a postponed applicant can still complete the papers."""
    return clock.local_date(until - timedelta(seconds=1), zone_of(session))


def _add(
    session: Session, actor: Actor, interview: Interview, entry: _Entry, now: datetime
) -> None:
    last = session.scalar(
        select(func.max(Decision.sequence)).where(Decision.interview_id == interview.id)
    )
    row_id = new_id()
    locker = locker_of(session, interview.person_id)
    code = entry.wish.reason_code
    session.add(
        Decision(
            id=row_id,
            interview_id=interview.id,
            sequence=(last or 0) + 1,
            interview_version=interview.current_version,
            kind=entry.kind,
            disposition=entry.wish.disposition.value,
            reason_enc=locker.seal(Decision, row_id, "reason", entry.reason),
            reason_code=code.value if code else None,
            account_id=actor.id,
            person_no=actor.person_no,
            role=actor.role.value,
            decided_at=now,
            tunda_until=entry.until,
        )
    )


def settle(
    session: Session, actor: Actor, interview: Interview, action: str, detail: Mapping[str, object]
) -> DecisionReceipt:
    """Count the change and record the event that covers it."""
    interview.version += 1
    subject = ("interview", interview.id)
    proof = audit.record(session, actor, action=action, subject=subject, detail=detail)
    return DecisionReceipt(interview.id, interview.version, proof.seq, proof.mac)
