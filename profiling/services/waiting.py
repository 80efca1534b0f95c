"""What waits for a supervisor: postponements to confirm, closed cases to decide on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from checklist.loading import load
from checklist.vocabulary import Outcome, Purpose
from profiling import clock
from profiling.records import Account, Case, Decision, Interview, InterviewVersion
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import people
from profiling.services.case_access import names_of
from profiling.services.case_order import in_reach, is_overdue
from profiling.services.current_versions import current_versions
from profiling.services.decisions import last_day_of_tunda
from profiling.services.office_time import today_of, zone_of
from profiling.services.results import MissingPaper, missing_papers

_MOST = 500


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One application that waits; `outcome` is of its closed case."""

    interview_id: str
    version: int
    name: str = field(repr=False)
    application_no: str
    receipt_no: int
    purpose: Purpose
    officer: str
    decided_at: datetime
    last_day: date | None
    is_own: bool
    missing: tuple[MissingPaper, ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for one supervisor, the oldest first."""

    postponed: tuple[WaitingItem, ...]
    closed: tuple[WaitingItem, ...]
    overdue: int


@dataclass(frozen=True, slots=True)
class _Decided:
    """Who decided last, and when."""

    name: str
    person_no: str
    at: datetime


def waiting_for(session: Session, actor: Actor, *, lang: str) -> Waiting:
    """Return what waits for this supervisor, within the scope."""
    actor.require(Permission.DECISION_CONFIRM)
    return Waiting(
        postponed=_items(session, actor, "tunda", lang),
        closed=_items(session, actor, "putusan", lang),
        overdue=_overdue(session, actor),
    )


def _items(session: Session, actor: Actor, awaiting: str, lang: str) -> tuple[WaitingItem, ...]:
    heads = session.scalars(
        select(Interview)
        .where(
            Interview.awaiting == awaiting,
            or_(Interview.awaiting != "tunda", Interview.tunda_until > clock.now()),
            Interview.voided.is_(False),
            within(actor, Interview.office),
        )
        .order_by(Interview.sealed_at)
        .limit(_MOST)
    ).all()
    ids = [head.id for head in heads]
    versions = current_versions(session, ids)
    decided = _last_decisions(session, ids)
    outcomes = _outcomes(session, ids) if awaiting == "putusan" else {}
    officers = names_of(session, {head.account_id for head in heads})
    lockers = people.lockers_of(session, {head.person_id for head in heads})
    items = []
    for head in heads:
        version, decision = versions[head.id], decided.get(head.id)
        word = outcomes.get(head.id)
        items.append(
            WaitingItem(
                interview_id=head.id,
                version=head.version,
                name=lockers[head.person_id].open(version, "name") or "",
                application_no=head.application_no,
                receipt_no=head.receipt_no,
                purpose=Purpose(head.purpose),
                officer=decision.name if decision else officers[head.account_id].name,
                decided_at=decision.at if decision else head.sealed_at,
                last_day=head.tunda_until and last_day_of_tunda(session, head.tunda_until),
                is_own=decision is not None and decision.person_no == actor.person_no,
                missing=_missing(session, version, lang),
                outcome=Outcome(word) if word else None,
            )
        )
    return tuple(items)


def _last_decisions(session: Session, ids: Sequence[str]) -> dict[str, _Decided]:
    rows = session.execute(
        select(Decision, Account.name)
        .join(Account, Account.id == Decision.account_id)
        .where(Decision.interview_id.in_(ids))
        .order_by(Decision.sequence)
    )
    return {
        each.interview_id: _Decided(name, each.person_no, each.decided_at) for each, name in rows
    }


def _outcomes(session: Session, ids: Sequence[str]) -> dict[str, str]:
    rows = session.execute(
        select(Case.interview_id, Case.outcome)
        .where(Case.interview_id.in_(ids), Case.closed_at.is_not(None))
        .order_by(Case.closed_at)
    )
    return {row.interview_id: row.outcome for row in rows if row.outcome}


def _missing(session: Session, version: InterviewVersion, lang: str) -> tuple[MissingPaper, ...]:
    on = clock.local_date(version.started_at, zone_of(session))
    papers = load(version.instrument_version).papers_for(version.purpose, on)
    return missing_papers(papers, version.documents, lang)


def _overdue(session: Session, actor: Actor) -> int:
    today = today_of(session)
    counted = select(func.count()).select_from(Case).where(in_reach(actor), is_overdue(today))
    return session.scalar(counted) or 0
