"""Who may see and work on a case: scope, blind reading, and never one's own interview."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from profiling.errors import NotAllowed, NotFound
from profiling.records import Account, Case, InterviewVersion
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import audit


@dataclass(frozen=True, slots=True)
class Hand:
    """A person who may hold a case, as pages name them."""

    id: str
    name: str
    person_no: str


def is_read_blind(case: Case) -> bool:
    """Whether band and origin stay hidden: until the first finding is stored."""
    return case.is_blind and case.first_finding_at is None


def read_blind() -> ColumnElement[bool]:
    """Return the condition that a case is read blind."""
    return and_(Case.is_blind.is_(True), Case.first_finding_at.is_(None))


def conducted_by(person_no: str) -> ColumnElement[bool]:
    """Return the condition that this person sealed a version of the case's interview."""
    # Aliases, so that an enclosing query's own versions and accounts are left alone.
    sealed, officer = aliased(InterviewVersion), aliased(Account)
    return exists().where(
        sealed.interview_id == Case.interview_id,
        sealed.account_id == officer.id,
        officer.person_no == person_no,
    )


def find_case(session: Session, actor: Actor, case_id: str) -> Case:
    """Return a case of the actor's scope; raises NotFound outside it."""
    actor.require(Permission.CASE_READ)
    case = session.scalar(select(Case).where(Case.id == case_id, within(actor, Case.office)))
    if case is None:
        raise NotFound
    return case


def hold_case(session: Session, actor: Actor, case_id: str) -> Case:
    """Return a case for a write by somebody who may work on it, with the turn to write held."""
    actor.require(Permission.CASE_WORK)
    audit.hold_chain(session)
    case = find_case(session, actor, case_id)
    if was_conducted_by(session, case.interview_id, actor.person_no):
        raise NotAllowed("own_interview")
    return case


def was_conducted_by(session: Session, interview_id: str, person_no: str) -> bool:
    """Whether this person, under whatever account, sealed a version of the interview."""
    found = session.scalar(
        select(InterviewVersion.id)
        .join(Account, Account.id == InterviewVersion.account_id)
        .where(InterviewVersion.interview_id == interview_id, Account.person_no == person_no)
        .limit(1)
    )
    return found is not None


def is_held_by(session: Session, case: Case, person_no: str) -> bool:
    """Whether this person, under whatever account, holds the case."""
    holder = session.get(Account, case.holder_id) if case.holder_id else None
    return holder is not None and holder.person_no == person_no


def is_hidden_from_readers(session: Session, interview_id: str) -> bool:
    """Whether an open blind reading hides the result of this interview from analysts."""
    return bool(
        session.scalar(
            select(Case.id).where(Case.interview_id == interview_id, read_blind()).limit(1)
        )
    )


def names_of(session: Session, account_ids: set[str]) -> dict[str, Hand]:
    """Return the persons behind these accounts, by account."""
    rows = session.execute(
        select(Account.id, Account.name, Account.person_no).where(
            Account.id.in_(sorted(account_ids))
        )
    )
    return {row.id: Hand(row.id, row.name, row.person_no) for row in rows}
