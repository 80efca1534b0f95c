"""How dates, numbers, names and numbers of people are written on screens, and which day it is."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, current_app

from checklist.nik import masked
from profiling import clock
from profiling.reports.numbers import FEW, Pen
from profiling.views.frame.language import language


def set_up_formatting(app: Flask) -> None:
    """Give the filters to templates."""
    for name, filter_ in FILTERS.items():
        app.add_template_filter(filter_, name)


def today() -> date:
    """Return the office's calendar day."""
    return clock.today(_zone())


def long_date(value: date | datetime) -> str:
    """Write 20 Desember 2026."""
    return format_date(_day(value), "d MMMM yyyy", locale=language())


def short_date(value: date | datetime) -> str:
    """Write 20 Des 2026, for tables."""
    return format_date(_day(value), "d MMM yyyy", locale=language())


def day_of_year(value: date | datetime) -> str:
    """Write 20 Des, where the year is plain."""
    return format_date(_day(value), "d MMM", locale=language())


def weekday_date(value: date | datetime) -> str:
    """Write Minggu, 20 Desember 2026."""
    return format_date(_day(value), "EEEE, d MMMM yyyy", locale=language())


def month(value: date | datetime) -> str:
    """Write Desember 2026."""
    return format_date(_day(value), "MMMM yyyy", locale=language())


def clock_time(value: datetime) -> str:
    """Write 10.42."""
    return clock.local(value, _zone()).strftime("%H.%M")


def zone_time(value: datetime) -> str:
    """Write 10.42 WIB."""
    return clock.local(value, _zone()).strftime("%H.%M %Z")


def moment(value: datetime) -> str:
    """Write 20 Des 2026, 10.42."""
    return f"{short_date(value)}, {clock_time(value)}"


def iso_time(value: date | datetime) -> str:
    """Write the machine's form for a time element."""
    return value.isoformat()


def number(value: float, digits: int = 0) -> str:
    """Write 1.234,5 in Indonesian and 1,234.5 in English."""
    return Pen(language()).number(value, digits)


def percent(share: float, digits: int = 1) -> str:
    """Write a share as 12,5%."""
    return Pen(language()).percent(share, digits)


def count_of(count: int, total: int) -> str:
    """Write a small share as 5 dari 8, a larger one with its percentage."""
    plain = Pen(language()).of(count, total)
    return plain if total < FEW else f"{plain} ({percent(count / total)})"


def open_nik(nik: str | None) -> str:
    """Write 3528 0112 0395 0003."""
    return _groups(nik, 4, " ") if nik else ""


def phone(number_: str | None) -> str:
    """Write 0812-3456-7890 for what is stored as +6281234567890."""
    if not number_:
        return ""
    local = f"0{number_[3:]}" if number_.startswith("+62") else number_
    return _groups(local, 4, "-") if local.isdigit() else local


FILTERS: Mapping[str, Callable[..., str]] = {
    "long_date": long_date,
    "short_date": short_date,
    "weekday_date": weekday_date,
    "month": month,
    "clock_time": clock_time,
    "zone_time": zone_time,
    "moment": moment,
    "iso_time": iso_time,
    "count_of": count_of,
    "masked_nik": masked,
    "open_nik": open_nik,
    "phone": phone,
}


def _day(value: date | datetime) -> date:
    return clock.local_date(value, _zone()) if isinstance(value, datetime) else value


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["SETTINGS"].timezone
    return zone


def _groups(text: str, size: int, mark: str) -> str:
    return mark.join(text[start : start + size] for start in range(0, len(text), size))
