"""Whether what a report counts from is complete: did every day of service have its list?"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profiling.records import Appointment, Interview, Office
from profiling.reports.window import Window


@dataclass(frozen=True, slots=True)
class Sources:
    """Days on which an office sealed interviews, and how many of them had no list.

    An office with all its places: a small place may have a day on which nobody had booked.
    """

    days: int
    without_list: int


def measure_sources(session: Session, window: Window) -> Sources:
    """Count the days of service of the period, office by office, and those without a list."""
    main = func.coalesce(Office.parent, Office.code)
    served = (
        select(main, Interview.sealed_on)
        .join(Office, Office.code == Interview.office)
        .where(window.first_sealed, ~Interview.voided)
        .distinct()
    )
    listed = (
        select(main, Appointment.slot_on)
        .join(Office, Office.code == Appointment.office)
        .where(
            Appointment.office.in_(window.offices),
            Appointment.slot_on.between(*window.days),
            ~Appointment.is_walk_in,
        )
    )
    bare = served.except_(listed).subquery()
    return Sources(
        days=session.scalar(select(func.count()).select_from(served.subquery())) or 0,
        without_list=session.scalar(select(func.count()).select_from(bare)) or 0,
    )
