"""Counts by trip, sex, age and place; small ones are hidden, and cannot be computed."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from checklist.vocabulary import Purpose
from profiling.records import Interview, InterviewVersion
from profiling.reports.expressions import years_between
from profiling.reports.interviews import FIRST_VERSION
from profiling.reports.periods import Kind, Period, parse
from profiling.reports.suppression import Level, Shown, hide_below, hide_small, is_deducible
from profiling.reports.window import Window

AGE_BANDS = (("0-17", 18), ("18-24", 25), ("25-34", 35), ("35-44", 45), ("45-59", 60))
OLDEST_BAND = "60+"
_DISTRICT, _REGENCY = 8, 5

Monthly = Mapping[str, Counter[str]]
"""Counts by key, for each month."""


@dataclass(frozen=True, slots=True)
class TripCounts:
    """Interviews by stated purpose and by destination."""

    purposes: Mapping[str, int]
    destinations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Interviews by group of people; None is a hidden count."""

    by_sex: Shown = field(default_factory=dict)
    by_age_band: Shown = field(default_factory=dict)
    by_regency: Shown = field(default_factory=dict)
    by_district: Shown = field(default_factory=dict)
    by_village: Shown = field(default_factory=dict)


def age_band_of(years: int) -> str:
    """Return the age band of somebody this old."""
    return next((name for name, below in AGE_BANDS if years < below), OLDEST_BAND)


def count_trips(session: Session, window: Window) -> TripCounts:
    """Count first versions by purpose and destination; an unknown destination is left out."""
    rows = _grouped(session, window, InterviewVersion.purpose, InterviewVersion.destination)
    purposes: Counter[str] = Counter({str(purpose): 0 for purpose in Purpose})
    destinations: Counter[str] = Counter()
    for row in rows:
        purposes[row.purpose] += row.n
        if row.destination:
            destinations[row.destination] += row.n
    return TripCounts(dict(purposes), dict(destinations.most_common()))


def count_groups(session: Session, window: Window) -> GroupCounts:
    """Count first versions by sex, age band and place.

    A day shows no group: the days would give away what the month hides.
    """
    sexes, ages = _count_people(session, window)
    regencies, districts, villages = _count_places(session, window)
    period = window.period
    places = _Places(regencies, districts, villages)
    return GroupCounts(
        by_sex=_shown(period, sexes, hide_small_of(sexes)),
        by_age_band=_shown(period, ages, hide_small_of(ages)),
        by_regency=dict(sorted(_total(regencies, period).items())),
        by_district=_shown(period, districts, places.hide_districts),
        by_village=_shown(period, villages, places.hide_villages),
    )


Hide = Callable[[Period, frozenset[str]], Shown]
"""Hides in the counts of a period; the keys named are hidden whatever they count."""


def hide_small_of(monthly: Monthly) -> Hide:
    """Return the way to hide where all keys stand beside each other."""
    return lambda period, also: hide_small(_total(monthly, period), also=also)


@dataclass(frozen=True, slots=True)
class _Places:
    regencies: Monthly
    districts: Monthly
    villages: Monthly

    def hide_districts(self, period: Period, also: frozenset[str]) -> Shown:
        counts = _total(self.districts, period)
        level = Level(counts, {code: code[:_REGENCY] for code in counts})
        return hide_below(level, {code[:_REGENCY]: 1 for code in counts}, also=also)

    def hide_villages(self, period: Period, also: frozenset[str]) -> Shown:
        counts = _total(self.villages, period)
        level = Level(counts, {code: code[:_DISTRICT] for code in counts})
        shown = _shown(period, self.districts, self.hide_districts)
        return hide_below(level, shown, also=also)


def _shown(period: Period, monthly: Monthly, hide: Hide) -> Shown:
    """Hide the small counts, and those from which a shorter period's could be computed."""
    if period.kind is Kind.DAY:
        return dict.fromkeys(sorted(_total(monthly, period)))
    keys = _total(monthly, period)
    partitions = [
        [(_total(monthly, part), _shown(part, monthly, hide)) for part in parts]
        for parts in _parts(period)
    ]
    also = frozenset(
        key
        for key in keys
        if any(
            is_deducible((counts[key], shown.get(key) is not None) for counts, shown in parts)
            for parts in partitions
        )
    )
    return dict(sorted(hide(period, also).items()))


def _parts(period: Period) -> list[list[Period]]:
    """Return the ways in which a period is made of shorter reported ones, days left out."""
    months = [parse(month) for month in period.months]
    if len(months) == 1:
        return []
    partitions = {
        kind: list(dict.fromkeys(_around(month, kind) for month in months))
        for kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF)
    }
    return [parts for parts in partitions.values() if len(parts) > 1]


def _around(month: Period, kind: Kind) -> Period:
    if month.kind is kind:
        return month
    return next(period for period in month.around() if period.kind is kind)


def _total(monthly: Monthly, period: Period) -> Counter[str]:
    total: Counter[str] = Counter()
    for month in period.months:
        total.update(monthly.get(month, {}))
    return total


def _count_people(session: Session, window: Window) -> tuple[Monthly, Monthly]:
    years = years_between(InterviewVersion.birth_date, Interview.sealed_on).label("years")
    rows = _grouped(session, window, InterviewVersion.sex, years)
    return _fold(rows, lambda row: row.sex), _fold(rows, lambda row: age_band_of(row.years))


def _count_places(session: Session, window: Window) -> tuple[Monthly, Monthly, Monthly]:
    columns = (InterviewVersion.regency, InterviewVersion.district, InterviewVersion.village)
    rows = _grouped(session, window, *columns)
    return (
        _fold(rows, lambda r: r.regency or (_district_of(r) or "")[:_REGENCY]),
        _fold(rows, _district_of),
        _fold(rows, lambda r: r.village),
    )


def _district_of(row: Row[Any]) -> str | None:
    return row.district or (row.village or "")[:_DISTRICT]


def _fold(rows: list[Row[Any]], key_of: Callable[[Row[Any]], str | None]) -> Monthly:
    monthly: dict[str, Counter[str]] = {}
    for row in rows:
        if key := key_of(row):
            monthly.setdefault(row.month, Counter())[key] += row.n
    return monthly


def _grouped(session: Session, window: Window, *columns: Any) -> list[Row[Any]]:
    query = (
        select(Interview.month, *columns, func.count().label("n"))
        .select_from(Interview)
        .join(InterviewVersion, FIRST_VERSION)
        .where(window.first_sealed, ~Interview.voided)
        .group_by(Interview.month, *columns)
    )
    return list(session.execute(query))
