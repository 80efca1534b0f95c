"""Working days: weekdays on which Indonesian government offices are open."""

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Whether offices are open: no weekend, no public or joint holiday."""
    return day.weekday() < _SATURDAY and day not in _closed_days(day.year)


def due_on(opened_on: date, *, days: int) -> date:
    """Return the day on which this many working days after the opening have passed."""
    day = opened_on
    left = days
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day


@cache
def _closed_days(year: int) -> frozenset[date]:
    # The package is slow to import and only cases need it.
    import holidays  # noqa: PLC0415

    calendar = holidays.country_holidays("ID", years=year, categories=("public", "government"))
    return frozenset(calendar)
