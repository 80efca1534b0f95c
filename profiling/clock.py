"""The one place that knows what time it is and where a day or a month begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("held_moment", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment for what runs inside: only simulated history is made so."""
    token = _held.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment as the office's wall clock shows it."""
    return moment.astimezone(zone)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the office's calendar day of the moment."""
    return moment.astimezone(zone).date()


def today(zone: ZoneInfo) -> date:
    """Return the office's calendar day of the present moment."""
    return local_date(now(), zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which the office's day begins."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def end_of_day_after(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the end of the office's day that lies `days` after the moment, in UTC."""
    return start_of_day(local_date(moment, zone) + timedelta(days=days + 1), zone)
