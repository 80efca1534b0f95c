"""The one place that knows what time it is and where a day or a month begins."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment as the office's wall clock shows it."""
    return moment.astimezone(zone)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the office's calendar day of the moment."""
    return moment.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which the office's day begins."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def end_of_day_after(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the end of the office's day that lies `days` after the moment, in UTC."""
    return start_of_day(local_date(moment, zone) + timedelta(days=days + 1), zone)
