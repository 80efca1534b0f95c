"""Whether what a report counts from is complete: did every day of service have its list?"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profiling.records import Appointment, Interview
from profiling.reports.window import Window


@dataclass(frozen=True, slots=True)
class Sources:
    """Days on which a place of service sealed interviews, and how many of them had no list."""

    days: int
    without_list: int


def measure_sources(session: Session, window: Window) -> Sources:
    """Count the days of service of the period, place by place, and those without a list."""
    served = (
        select(Interview.office, Interview.sealed_on)
        .where(window.first_sealed, ~Interview.voided)
        .distinct()
    )
    listed = select(Appointment.office, Appointment.slot_on).where(
        Appointment.office.in_(window.offices),
        Appointment.slot_on.between(*window.days),
        ~Appointment.is_walk_in,
    )
    bare = served.except_(listed).subquery()
    return Sources(
        days=session.scalar(select(func.count()).select_from(served.subquery())) or 0,
        without_list=session.scalar(select(func.count()).select_from(bare)) or 0,
    )
