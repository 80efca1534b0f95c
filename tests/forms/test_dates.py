"""Dates as typed at the counter."""

from datetime import date

import pytest

from forms.dates import Side, read_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "2012",
        "201226",
        "20122026",
        "20/12/2026",
        "20-12-26",
        "20 des",
        "20.12.2026",
        " 20  Desember 2026 ",
        "20 dec 26",
        "20des",
        "2026-12-20",
        "20/12",
        "20 12 2026",
    ],
)
def test_every_usual_form_means_the_same_day(text: str) -> None:
    assert read_date(text, today=TODAY) == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2411", date(2026, 11, 24)),
        ("2311", date(2027, 11, 23)),
        ("1 jan", date(2027, 1, 1)),
        ("2902", date(2028, 2, 29)),
    ],
)
def test_without_a_year_it_is_the_next_such_day(text: str, day: date) -> None:
    assert read_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("010392", date(1992, 3, 1)),
        ("01-03-12", date(2012, 3, 1)),
        ("241126", date(2026, 11, 24)),
        ("251126", date(1926, 11, 25)),
        ("17 agustus 1945", date(1945, 8, 17)),
        ("290200", date(2000, 2, 29)),
    ],
)
def test_a_birth_date_lies_behind(text: str, day: date) -> None:
    assert read_date(text, today=TODAY, side=Side.BEHIND) == day


@pytest.mark.parametrize(
    "text",
    ["", "?", "besok", "3112 2026 1", "31-02-2026", "12/20/2026", "20 foo", "2", "123", "٢٠١٢x"],
)
def test_other_text_is_not_read(text: str) -> None:
    assert read_date(text, today=TODAY) is None
