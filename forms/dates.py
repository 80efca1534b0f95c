"""Dates as people type them at the counter: 2012, 201226, 20/12/2026, 20 des."""

import re
from datetime import date
from enum import StrEnum

UNKNOWN = "?"
"""What stands in a field whose answer is not known yet."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb",
            "mar",
            "apr",
            "mei may",
            "jun",
            "jul",
            "agu ags aug",
            "sep",
            "okt oct",
            "nov nop",
            "des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{2}|\d{4})?")
_PARTED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?")
_WRITTEN = re.compile(r"(\d{1,2})[-/. ]?([a-z]{3,9})\.?(?:[-/. ]?(\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CENTURY = 100
_LEAP_SEARCH = 8
_LETTERS = 3


class Side(StrEnum):
    """Where a date without a full year lies, seen from today."""

    AHEAD = "ahead"
    BEHIND = "behind"


def read_date(text: str, *, today: date, side: Side = Side.AHEAD) -> date | None:
    """Return the day that the text means, or None when it cannot be read.

    Without a year it is the next such day (AHEAD), or the last one (BEHIND).
    """
    typed = " ".join(text.lower().split())
    if iso := _ISO.fullmatch(typed):
        year, month, day = map(int, iso.groups())
        return _day(year, month, day)
    for pattern in (_PACKED, _PARTED, _WRITTEN):
        match = pattern.fullmatch(typed)
        if match:
            number, name, year_text = match.groups()
            month = int(name) if name.isdigit() else _MONTHS.get(name[:_LETTERS], 0)
            return _in_year(int(number), month, year_text, today, side)
    return None


def _in_year(day: int, month: int, year: str | None, today: date, side: Side) -> date | None:
    if year is None:
        return _nearest(day, month, today, side)
    if len(year) > len("yy"):
        return _day(int(year), month, day)
    this_century = today.year - today.year % _CENTURY + int(year)
    found = _day(this_century, month, day)
    if side is Side.BEHIND and (found is None or found > today):
        return _day(this_century - _CENTURY, month, day)
    return found


def _nearest(day: int, month: int, today: date, side: Side) -> date | None:
    step = 1 if side is Side.AHEAD else -1
    for distance in range(_LEAP_SEARCH + 1):
        found = _day(today.year + step * distance, month, day)
        if found is not None and (found - today).days * step >= 0:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
