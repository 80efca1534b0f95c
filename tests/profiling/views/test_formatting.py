"""How dates, numbers and numbers of people are written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask, session

from checklist.nik import masked
from profiling.views import formatting
from tests.support.client import SiteClient

MOMENT = datetime(2026, 12, 20, 3, 42, tzinfo=UTC)


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    with app.test_request_context("/"):
        session["language"] = request.param
        yield request.param


def _is(language: str, text: str, indonesian: str, english: str) -> None:
    assert text == (indonesian if language == "id" else english)


def test_dates_name_their_month(language: str) -> None:
    day = date(2026, 12, 20)
    _is(language, formatting.long_date(day), "20 Desember 2026", "20 December 2026")
    _is(language, formatting.short_date(day), "20 Des 2026", "20 Dec 2026")
    _is(
        language,
        formatting.weekday_date(day),
        "Minggu, 20 Desember 2026",
        "Sunday, 20 December 2026",
    )
    _is(language, formatting.month(day), "Desember 2026", "December 2026")


def test_times_are_the_offices(language: str) -> None:
    assert formatting.clock_time(MOMENT) == "10.42"
    assert formatting.zone_time(MOMENT) == "10.42 WIB"
    _is(language, formatting.moment(MOMENT), "20 Des 2026, 10.42", "20 Dec 2026, 10.42")
    late = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    _is(language, formatting.long_date(late), "1 Januari 2027", "1 January 2027")


def test_numbers_follow_the_language(language: str) -> None:
    _is(language, formatting.number(1234.5, 1), "1.234,5", "1,234.5")
    _is(language, formatting.number(70200), "70.200", "70,200")
    _is(language, formatting.percent(0.125), "12,5%", "12.5%")


def test_a_small_share_has_no_percentage(language: str) -> None:
    _is(language, formatting.count_of(5, 8), "5 dari 8", "5 of 8")
    _is(language, formatting.count_of(25, 41), "25 dari 41 (61,0%)", "25 of 41 (61.0%)")


def test_numbers_of_people_are_masked_or_grouped() -> None:
    assert masked("3528011203950003") == "3528••••••••0003"
    assert formatting.open_nik("3528011203950003") == "3528 0112 0395 0003"
    assert formatting.phone("+6281234567890") == "0812-3456-7890"
    assert formatting.phone("+60123456789") == "+60123456789"
    assert masked(None) == formatting.phone(None) == formatting.open_nik(None) == ""


def test_every_filter_is_there_for_templates(client: SiteClient) -> None:
    filters = client.application.jinja_env.filters
    assert set(formatting.FILTERS) <= set(filters)
