"""The nightly work: what lapses, and which bursts open a case."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.records import DailyRun
from profiling.security.access import system_actor
from profiling.services import audit, bursts, lapses
from profiling.services.office_time import zone_of

_LONGEST_CATCH_UP = 31


@dataclass(frozen=True, slots=True)
class DayReport:
    """What the run of one day did."""

    day: date
    lapsed: int
    bursts: int


def run(session: Session, *, on: date) -> DayReport:
    """Do the work of a day, and of the days before it that were missed; repeating adds nothing."""
    audit.hold_chain(session)
    morning = clock.start_of_day(on, zone_of(session))
    lapsed = lapses.lapse_due(session, at=morning)
    opened = sum(bursts.open_bursts(session, on=day) for day in _days(session, on))
    report = DayReport(on, lapsed, opened)
    _keep(session, report)
    return report


def run_unless_done(session: Session, *, on: date) -> DayReport | None:
    """Do the work of a day that no process has done yet; returns None when it is done."""
    audit.hold_chain(session)
    return None if session.get(DailyRun, on) else run(session, on=on)


def _days(session: Session, on: date) -> list[date]:
    last = session.scalar(select(func.max(DailyRun.day)).where(DailyRun.day < on))
    # The day before is looked at again: the run of that night saw only its beginning.
    missed = (on - last).days if last else 1
    return [on - timedelta(days=back) for back in range(min(missed, _LONGEST_CATCH_UP), -1, -1)]


def _keep(session: Session, report: DayReport) -> None:
    earlier = session.get(DailyRun, report.day)
    if earlier is None:
        earlier = DailyRun(day=report.day, lapsed=0, bursts=0)
        session.add(earlier)
    earlier.finished_at = clock.now()
    earlier.lapsed += report.lapsed
    earlier.bursts += report.bursts
    audit.record(
        session,
        system_actor(),
        action="daily.run",
        subject=("day", report.day.isoformat()),
        detail={"lapsed": report.lapsed, "bursts": report.bursts},
    )
