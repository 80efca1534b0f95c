"""The one filter that keeps every query inside the asking person's scope."""

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute

from profiling.security.access import Actor


def within(actor: Actor, office: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Return the condition that the office lies inside the actor's scope."""
    if actor.offices is None:
        return true()
    return office.in_(sorted(actor.offices))
