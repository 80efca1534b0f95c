"""Coverage: how many of the imported appointments were interviewed."""

from collections.abc import Mapping

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from profiling.records import Appointment, Interview
from profiling.reports.expressions import count_if
from profiling.reports.intervals import Share, wilson
from profiling.reports.periods import Period
from profiling.reports.window import Window

NOT_EXPECTED = ("batal", "tidak_hadir")
"""States of an appointment that nobody came to."""

_SEALED = and_(Interview.application_no == Appointment.application_no, ~Interview.voided)


def measure_coverage(session: Session, window: Window) -> Share:
    """Return the share of expected appointments that have a sealed interview."""
    return measure_coverages(session, window, [window.period])[window.period]


def measure_coverages(
    session: Session, window: Window, periods: list[Period]
) -> Mapping[Period, Share]:
    """Return the coverage of neighbouring periods, with one statement for all of them."""
    first = min(period.first for period in periods)
    last = max(period.last for period in periods)
    rows = session.execute(
        select(
            Appointment.slot_on,
            func.count().label("expected"),
            count_if(Interview.id.is_not(None)).label("interviewed"),
        )
        .outerjoin(Interview, _SEALED)
        .where(
            Appointment.office.in_(window.offices),
            Appointment.slot_on.between(first, last),
            ~Appointment.is_walk_in,
            Appointment.status.not_in(NOT_EXPECTED),
        )
        .group_by(Appointment.slot_on)
    ).all()
    return {
        period: wilson(
            sum(r.interviewed for r in rows if period.first <= r.slot_on <= period.last),
            sum(r.expected for r in rows if period.first <= r.slot_on <= period.last),
        )
        for period in periods
    }
