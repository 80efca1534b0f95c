"""Lasting facts about this installation."""

from sqlalchemy.orm import Session

from profiling.records import SiteFact
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
