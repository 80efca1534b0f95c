"""Lapses: a TUNDA that was not completed in time becomes BATAL."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.vocabulary import Disposition, ReasonCode
from profiling.records import Account, Decision, Interview
from profiling.security.access import system_actor
from profiling.services.decisions import settle
from profiling.services.identifiers import new_id


def lapse_due(session: Session, *, at: datetime) -> int:
    """Let every TUNDA whose time is over lapse to BATAL; returns how many."""
    due = session.scalars(
        select(Interview).where(
            Interview.disposition == Disposition.TUNDA.value,
            Interview.tunda_until <= at,
            Interview.voided.is_(False),
        )
    ).all()
    for interview in due:
        _lapse(session, interview, at)
    return len(due)


def _lapse(session: Session, interview: Interview, at: datetime) -> None:
    """Lapse in the name of whoever confirmed the TUNDA, else of the officer."""
    last = session.scalars(
        select(Decision)
        .where(Decision.interview_id == interview.id)
        .order_by(Decision.sequence.desc())
    ).first()
    if last is None:
        return
    account = session.get_one(Account, last.account_id)
    session.add(
        Decision(
            id=new_id(),
            interview_id=interview.id,
            sequence=last.sequence + 1,
            interview_version=interview.current_version,
            kind="lewat",
            disposition=Disposition.BATAL.value,
            reason_code=ReasonCode.BERKAS.value,
            account_id=account.id,
            person_no=account.person_no,
            role=account.role,
            decided_at=at,
        )
    )
    interview.disposition = Disposition.BATAL.value
    interview.awaiting = None
    interview.tunda_until = None
    settle(session, system_actor(), interview, "interview.lapse", {})
