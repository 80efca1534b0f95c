"""Series over time: coverage of 24 months, precision of eight quarters."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from profiling.reports.cases import measure_precisions
from profiling.reports.coverage import measure_coverages
from profiling.reports.intervals import Share
from profiling.reports.periods import Kind, Period, containing, ending_with
from profiling.reports.window import Window

MONTHS, QUARTERS = 24, 8


@dataclass(frozen=True, slots=True)
class Trends:
    """Shares by period, the oldest first."""

    coverage: Mapping[Period, Share]
    precision: Mapping[Period, Share]


def measure_trends(session: Session, window: Window) -> Trends:
    """Return the series that end with the period, or before today while it runs.

    A month that still runs has appointments to come: it would look like a change.
    """
    last = min(window.period.last, max(window.today, window.period.first))
    month = containing(last, Kind.MONTH)
    months = list(ending_with(month if month.has_ended(window.today) else month.previous, MONTHS))
    quarters = list(ending_with(containing(last, Kind.QUARTER), QUARTERS))
    return Trends(
        coverage=measure_coverages(session, window, months),
        precision=measure_precisions(session, window, quarters),
    )
