"""What analysts do with a case: take, find, close, confirm, reopen."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checklist.vocabulary import (
    CaseAction,
    CaseOrigin,
    CaseState,
    Outcome,
    TransitionRefusedError,
    closing_action,
    next_case_state,
)
from profiling import clock
from profiling.errors import Conflict, Invalid, NotAllowed, StaleVersion, sentence
from profiling.records import Case, CaseEvent, Interview, InterviewVersion
from profiling.security.access import Actor, Permission
from profiling.services import audit, decision_rules
from profiling.services.case_access import conducted_by, hold_case, is_held_by
from profiling.services.case_order import by_urgency, in_reach
from profiling.services.current_versions import is_current
from profiling.services.identifiers import new_id
from profiling.services.interview_reading import open_case_of
from profiling.services.office_time import today_of, zone_of
from profiling.services.people import locker_of

NIK_OPENED = "nik_opened"
"""The event of an opened NIK: it moves nothing, its reason is kept as ciphertext."""

_SHORTEST_FINDING = 10
_SHORTEST_REASON = 15
_LONGEST_TEXT = 4000
_LONGEST_AGENCY = 120


@dataclass(frozen=True, slots=True)
class CaseReceipt:
    """What a write to a case answers."""

    id: str
    version: int
    state: CaseState
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the holder found, and the agency whose answer is awaited."""

    text: str
    waiting_for: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """How the review ended, and why."""

    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the event of an action says beside the action itself."""

    text: str | None = None
    waiting_for: str | None = None
    outcome: Outcome | None = None


def take(
    session: Session, actor: Actor, *, case_id: str, version: int | None = None
) -> CaseReceipt:
    """Make the actor the holder of a free case."""
    case = hold_case(session, actor, case_id)
    if case.holder_id is not None:
        raise Conflict("case_held", existing=case.id)
    _check_version(case, version)
    return _take(session, actor, case)


def take_next(session: Session, actor: Actor) -> CaseReceipt | None:
    """Take the first free case of the queue; None when none is free.

    Two people who ask at the same moment get two different cases.
    """
    actor.require(Permission.CASE_WORK)
    audit.hold_chain(session)
    today = today_of(session)
    case = session.scalar(
        select(Case)
        .where(
            in_reach(actor),
            Case.state == CaseState.BARU.value,
            Case.holder_id.is_(None),
            ~conducted_by(actor.person_no),
        )
        .order_by(*by_urgency(today))
        .limit(1)
    )
    return None if case is None else _take(session, actor, case)


def add_finding(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    version: int | None = None,
    finding: Finding,
) -> CaseReceipt:
    """Write down what the holder found, and which agency the case now waits for, if any."""
    case = hold_case(session, actor, case_id)
    _require_holder(case, actor)
    _check_version(case, version)
    text = _text("text", finding.text, _SHORTEST_FINDING)
    agency = _agency(finding.waiting_for)
    action = CaseAction.FINDING_WAITING if agency else CaseAction.FINDING
    _move(case, action)
    case.waiting_for = agency
    case.first_finding_at = case.first_finding_at or clock.now()
    return _record(session, actor, case, kind=action.value, entry=_Entry(text, agency))


def close(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    version: int | None = None,
    closing: Closing,
) -> CaseReceipt:
    """End the holder's review; a merah case found unconfirmed waits for a second reader."""
    case = hold_case(session, actor, case_id)
    _require_holder(case, actor)
    _check_version(case, version)
    if closing.outcome not in set(Outcome):
        raise Invalid({"outcome": [sentence("Choose one of the outcomes.")]})
    found = Outcome(closing.outcome)
    text = _text("reason", closing.reason, _SHORTEST_REASON)
    action = closing_action(_origin_for_closing(case), found)
    _move(case, action)
    case.waiting_for = None
    case.outcome = found.value
    # A reading that ends without a note has its outcome as its first finding.
    case.first_finding_at = case.first_finding_at or clock.now()
    _mark_closed(session, case, found)
    return _record(session, actor, case, kind=action.value, entry=_Entry(text, outcome=found))


def confirm(
    session: Session, actor: Actor, *, case_id: str, version: int | None = None
) -> CaseReceipt:
    """Agree, as another person, that a merah case was not confirmed."""
    case = hold_case(session, actor, case_id)
    _check_version(case, version)
    if case.state == CaseState.SELESAI.value and is_held_by(session, case, actor.person_no):
        raise NotAllowed("second_reader_needed")
    _move(case, CaseAction.CONFIRM)
    _mark_closed(session, case, Outcome.TIDAK_TERBUKTI)
    entry = _Entry(outcome=Outcome.TIDAK_TERBUKTI)
    return _record(session, actor, case, kind=CaseAction.CONFIRM.value, entry=entry)


def reopen(
    session: Session, actor: Actor, *, case_id: str, version: int | None = None, reason: str
) -> CaseReceipt:
    """Take up a finished case again; who reopens it holds it."""
    case = hold_case(session, actor, case_id)
    _check_version(case, version)
    text = _text("reason", reason, _SHORTEST_REASON)
    was_closed = case.state == CaseState.DITUTUP.value
    _move(case, CaseAction.REOPEN)
    case.holder_id = actor.id
    case.outcome = case.closed_at = case.closed_on = None
    if was_closed:
        decision_rules.case_reopened(session, case.interview_id)
    return _record(session, actor, case, kind=CaseAction.REOPEN.value, entry=_Entry(text))


def open_nik(session: Session, actor: Actor, *, case_id: str, reason: str) -> str | None:
    """Return the NIK of the applicant, after the reason was stored and logged."""
    case = hold_case(session, actor, case_id)
    text = _text("why", reason, _SHORTEST_FINDING)
    sealed, person_id = session.execute(
        select(InterviewVersion, Interview.person_id)
        .join(Interview, is_current())
        .where(Interview.id == case.interview_id)
    ).one()
    _record(session, actor, case, kind=NIK_OPENED, entry=_Entry(text))
    return locker_of(session, person_id).open(sealed, "nik")


def _take(session: Session, actor: Actor, case: Case) -> CaseReceipt:
    _move(case, CaseAction.TAKE)
    case.holder_id = actor.id
    return _record(session, actor, case, kind=CaseAction.TAKE.value, entry=_Entry())


def _origin_for_closing(case: Case) -> CaseOrigin:
    """A referral that a later version turned merah is closed like any merah case."""
    origin = CaseOrigin(case.origin)
    turned_merah = case.is_merah and origin is not CaseOrigin.LONJAKAN
    return CaseOrigin.MERAH if turned_merah else origin


def _move(case: Case, action: CaseAction) -> None:
    try:
        case.state = next_case_state(CaseState(case.state), action).value
    except TransitionRefusedError:
        raise Conflict("case_state", existing=case.id) from None


def _mark_closed(session: Session, case: Case, outcome: Outcome) -> None:
    """Note a case that is ditutup, and hand the interview on when no other case holds it."""
    if case.state != CaseState.DITUTUP.value:
        return
    case.closed_at = clock.now()
    case.closed_on = clock.local_date(case.closed_at, zone_of(session))
    session.flush()
    if open_case_of(session, case.interview_id) is None:
        decision_rules.case_closed(session, case.interview_id, outcome)


def _record(session: Session, actor: Actor, case: Case, *, kind: str, entry: _Entry) -> CaseReceipt:
    """Add the event of an action to the case and to the audit trail."""
    case.version += kind != NIK_OPENED
    person_id = session.execute(
        select(Interview.person_id).where(Interview.id == case.interview_id)
    ).scalar_one()
    last = select(func.max(CaseEvent.sequence)).where(CaseEvent.case_id == case.id)
    event_id = new_id()
    values = {
        "id": event_id,
        "case_id": case.id,
        "sequence": (session.scalar(last) or 0) + 1,
        "kind": kind,
        "state": case.state,
        "account_id": actor.id,
        "person_no": actor.person_no,
        "at": clock.now(),
        "text_enc": locker_of(session, person_id).seal(CaseEvent, event_id, "text", entry.text),
        "waiting_for": entry.waiting_for,
        "outcome": None if entry.outcome is None else entry.outcome.value,
    }
    audit.add_row(session, CaseEvent, values)
    receipt = audit.record(
        session,
        actor,
        action=f"case.{kind}",
        subject=("case", case.id),
        detail={"state": case.state, "version": case.version, "outcome": values["outcome"]},
    )
    return CaseReceipt(case.id, case.version, CaseState(case.state), receipt.seq, receipt.mac)


def _check_version(case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise StaleVersion


def _require_holder(case: Case, actor: Actor) -> None:
    if case.holder_id != actor.id:
        raise NotAllowed("holder_only")


def _text(field: str, text: str, shortest: int) -> str:
    tidy = text.strip()
    letters = sum(sign.isalnum() for sign in tidy)
    if letters < shortest:
        few = sentence("Write at least 10 letters.")
        more = sentence("Write at least 15 letters.")
        raise Invalid({field: [few if shortest == _SHORTEST_FINDING else more]})
    if len(tidy) > _LONGEST_TEXT:
        raise Invalid({field: [sentence("Write at most 4,000 characters.")]})
    return tidy


def _agency(waiting_for: str | None) -> str | None:
    tidy = (waiting_for or "").strip()
    if len(tidy) > _LONGEST_AGENCY:
        raise Invalid({"waiting_for": [sentence("Name the agency in at most 120 characters.")]})
    return tidy or None
