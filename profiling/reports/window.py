"""What a report looks at: one period, some offices, and the day on which it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_

from profiling import clock
from profiling.records import Interview
from profiling.reports.periods import Kind, Period


@dataclass(frozen=True, slots=True)
class Window:
    """A period as some offices lived it.

    `offices` are always named, also for the whole nation: the indexes begin with them.
    """

    period: Period
    offices: tuple[str, ...]
    zone: ZoneInfo
    now: datetime

    def of(self, period: Period) -> "Window":
        """Return the same offices in another period."""
        return replace(self, period=period)

    @property
    def today(self) -> date:
        """The office's calendar day on which the report is read."""
        return clock.local_date(self.now, self.zone)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The moments at which the period begins and the next one begins."""
        return self.period.bounds(self.zone)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.period.first, self.period.last

    @property
    def first_sealed(self) -> ColumnElement[bool]:
        """The condition that an interview was first sealed in the period."""
        return sealed_in(self.offices, [self.period])


def sealed_in(offices: Sequence[str], periods: Sequence[Period]) -> ColumnElement[bool]:
    """Return the condition that an interview was first sealed in one of these like periods."""
    months = sorted({month for period in periods for month in period.months})
    condition = and_(Interview.month.in_(months), Interview.office.in_(sorted(offices)))
    days = [period.first for period in periods if period.kind is Kind.DAY]
    return and_(condition, Interview.sealed_on.in_(days)) if days else condition
