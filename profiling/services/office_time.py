"""The office's time zone and calendar day, for a unit of work."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from profiling import clock


def zone_of(session: Session) -> ZoneInfo:
    """Return the time zone in which days begin and end."""
    zone: ZoneInfo = session.info["settings"].timezone
    return zone


def today_of(session: Session) -> date:
    """Return the office's calendar day."""
    return clock.today(zone_of(session))
