"""Lasting facts about this installation."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling.records import Account, Interview, Office, SiteFact
from profiling.security.access import Actor
from profiling.services import audit

_SIMULATED = "simulated"


def mark_simulated(session: Session, actor: Actor) -> None:
    """Record, once and for good, that the people in this database are invented."""
    if is_simulated(session):
        return
    session.add(SiteFact(name=_SIMULATED, value="yes"))
    audit.record(session, actor, action="site.simulated", subject=("site", _SIMULATED))


def is_simulated(session: Session) -> bool:
    """Whether the people in this database are invented."""
    return session.get(SiteFact, _SIMULATED) is not None


def keep_fact(session: Session, actor: Actor, name: str, value: str) -> None:
    """Record a lasting fact."""
    session.add(SiteFact(name=name, value=value))
    audit.record(session, actor, action="site.fact", subject=("site", name))


def fact(session: Session, name: str) -> str | None:
    """Return a lasting fact, or None when it was never recorded."""
    found = session.get(SiteFact, name)
    return None if found is None else found.value


def is_empty(session: Session) -> bool:
    """Whether nothing was put into the database yet."""
    return not any(
        session.scalar(select(column).limit(1))
        for column in (Office.code, Account.id, Interview.id, SiteFact.name)
    )
