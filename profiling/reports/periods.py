"""Periods of a report: a day, month, quarter, half-year or year, with their neighbours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from profiling import clock
from profiling.errors import Invalid, sentence

_FORM = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|S([12])))?", re.ASCII)
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_ROMAN = ("I", "II", "III", "IV")
_OLDEST, _NEWEST = 1990, 2100


class Kind(StrEnum):
    """How long a period is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_LENGTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A kind of period and the day on which it begins."""

    kind: Kind
    first: date

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        if self.kind is Kind.DAY:
            return self.first
        return _shift(self.first, _LENGTHS[self.kind]) - timedelta(days=1)

    @property
    def code(self) -> str:
        """What stands in an address: 2026-10-31, 2026-10, 2026-Q4, 2026-S2, 2026."""
        match self.kind:
            case Kind.DAY:
                return self.first.isoformat()
            case Kind.MONTH:
                return f"{self.first:%Y-%m}"
            case Kind.QUARTER:
                return f"{self.first.year}-Q{self._part}"
            case Kind.HALF:
                return f"{self.first.year}-S{self._part}"
        return str(self.first.year)

    @property
    def months(self) -> tuple[str, ...]:
        """The months it lies in, as 2026-10."""
        length = _LENGTHS.get(self.kind, 1)
        begin = self.first.replace(day=1)
        return tuple(f"{_shift(begin, step):%Y-%m}" for step in range(length))

    @property
    def previous(self) -> "Period":
        """The period of the same kind before it."""
        if self.kind is Kind.DAY:
            return Period(self.kind, self.first - timedelta(days=1))
        return Period(self.kind, _shift(self.first, -_LENGTHS[self.kind]))

    @property
    def following(self) -> "Period":
        """The period of the same kind after it."""
        return Period(self.kind, self.last + timedelta(days=1))

    @property
    def last_year(self) -> "Period":
        """The same period one year earlier; 29 February becomes the 28th."""
        try:
            return Period(self.kind, self.first.replace(year=self.first.year - 1))
        except ValueError:
            return Period(self.kind, self.first.replace(year=self.first.year - 1, day=28))

    def label(self, lang: str) -> str:
        """Return the period in words."""
        year = self.first.year
        match self.kind:
            case Kind.DAY:
                return f"{self.first.day} {month_name(self.first, lang)} {year}"
            case Kind.MONTH:
                return f"{month_name(self.first, lang)} {year}"
            case Kind.QUARTER:
                part = _ROMAN[self._part - 1]
                return f"Quarter {part} {year}" if lang == "en" else f"Triwulan {part} {year}"
            case Kind.HALF:
                part = _ROMAN[self._part - 1]
                return f"Half-year {part} {year}" if lang == "en" else f"Semester {part} {year}"
        return str(year)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the moments at which it begins and at which the next one begins."""
        return clock.start_of_day(self.first, zone), clock.start_of_day(self.following.first, zone)

    def has_ended(self, today: date) -> bool:
        """Whether its last day lies behind us."""
        return self.last < today

    def around(self) -> tuple["Period", ...]:
        """The longer periods in which it lies, shortest first."""
        longer = list(Kind)[list(Kind).index(self.kind) + 1 :]
        return tuple(containing(self.first, kind) for kind in longer)

    @property
    def _part(self) -> int:
        return (self.first.month - 1) // _LENGTHS[self.kind] + 1


def parse(text: str) -> Period:
    """Read a period; raises Invalid when the text is none."""
    found = _FORM.fullmatch(text)
    if found is None or not _OLDEST <= int(found[1]) <= _NEWEST:
        raise _unreadable()
    year, month, day, quarter, half = (int(part) if part else None for part in found.groups())
    try:
        if day is not None:
            return Period(Kind.DAY, date(year or 0, month or 0, day))
        if month is not None:
            return Period(Kind.MONTH, date(year or 0, month, 1))
    except ValueError:
        raise _unreadable() from None
    if quarter:
        return Period(Kind.QUARTER, date(year or 0, quarter * 3 - 2, 1))
    if half:
        return Period(Kind.HALF, date(year or 0, half * 6 - 5, 1))
    return Period(Kind.YEAR, date(year or 0, 1, 1))


def containing(day: date, kind: Kind) -> Period:
    """Return the period of this kind in which the day lies."""
    if kind is Kind.DAY:
        return Period(kind, day)
    length = _LENGTHS[kind]
    return Period(kind, date(day.year, (day.month - 1) // length * length + 1, 1))


def ending_with(period: Period, count: int) -> Iterator[Period]:
    """Give `count` periods of the same kind, the oldest first, the last one being this."""
    row = [period]
    while len(row) < count:
        row.append(row[-1].previous)
    return reversed(row)


def month_name(day: date, lang: str) -> str:
    """Return the name of the day's month."""
    return _MONTHS[lang].split()[day.month - 1]


def _shift(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _unreadable() -> Invalid:
    return Invalid(
        {"period": [sentence("Write a period as 2026-10-31, 2026-10, 2026-Q4, 2026-S2 or 2026.")]}
    )
