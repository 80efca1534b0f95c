"""In which order cases are worked on, and which an analyst can reach."""

from datetime import date

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy.orm import InstrumentedAttribute

from checklist.vocabulary import CaseState
from profiling.records import Case
from profiling.records.scoping import within
from profiling.security.access import Actor
from profiling.services.case_access import read_blind

_OVERDUE, _CHILD, _THREAT, _MERAH = 8, 4, 2, 1


def in_reach(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a case lies inside the actor's scope."""
    return within(actor, Case.office)


def is_open() -> ColumnElement[bool]:
    """Return the condition that work on the case remains."""
    return Case.state != CaseState.DITUTUP.value


def is_overdue(today: date) -> ColumnElement[bool]:
    """Return the condition that the case should have been closed before today."""
    return and_(is_open(), Case.due_on < today)


def urgency(today: date) -> ColumnElement[int]:
    """Return how urgent a case is: overdue, child, threat, merah; a blind one counts as merah.

    What a blind reading hides has no part in it, so the place in the list tells nothing.
    """
    parts = (
        (_OVERDUE, is_overdue(today)),
        (_CHILD, Case.is_child.is_(True)),
        (_THREAT, and_(Case.is_threat.is_(True), ~read_blind())),
        (_MERAH, or_(Case.is_merah.is_(True), read_blind())),
    )
    total: ColumnElement[int] = case((parts[0][1], parts[0][0]), else_=0)
    for weight, condition in parts[1:]:
        total = total + case((condition, weight), else_=0)
    return total


def by_urgency(today: date) -> tuple[ColumnElement[int] | InstrumentedAttribute[object], ...]:
    """Return what to sort by: urgency, nearest due day, number."""
    return (-urgency(today), Case.due_on, Case.year, Case.number, Case.id)
