from datetime import UTC, date, datetime

import pytest

from profiling.errors import Invalid
from profiling.reports.periods import Kind, Period, containing, ending_with, parse
from tests.support.rows import ZONE

CASES = [
    # code, first, last, previous, following, last year, Indonesian, English
    ("2026-10-31", "2026-10-31", "2026-10-31", "2026-10-30", "2026-11-01", "2025-10-31",
     "31 Oktober 2026", "31 October 2026"),
    ("2026-01-01", "2026-01-01", "2026-01-01", "2025-12-31", "2026-01-02", "2025-01-01",
     "1 Januari 2026", "1 January 2026"),
    ("2028-02-29", "2028-02-29", "2028-02-29", "2028-02-28", "2028-03-01", "2027-02-28",
     "29 Februari 2028", "29 February 2028"),
    ("2026-10", "2026-10-01", "2026-10-31", "2026-09", "2026-11", "2025-10",
     "Oktober 2026", "October 2026"),
    ("2028-02", "2028-02-01", "2028-02-29", "2028-01", "2028-03", "2027-02",
     "Februari 2028", "February 2028"),
    ("2026-01", "2026-01-01", "2026-01-31", "2025-12", "2026-02", "2025-01",
     "Januari 2026", "January 2026"),
    ("2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3", "2027-Q1", "2025-Q4",
     "Triwulan IV 2026", "Quarter IV 2026"),
    ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4", "2026-Q2", "2025-Q1",
     "Triwulan I 2026", "Quarter I 2026"),
    ("2026-S2", "2026-07-01", "2026-12-31", "2026-S1", "2027-S1", "2025-S2",
     "Semester II 2026", "Half-year II 2026"),
    ("2026", "2026-01-01", "2026-12-31", "2025", "2027", "2025", "2026", "2026"),
]  # fmt: skip


@pytest.mark.parametrize("row", CASES, ids=[row[0] for row in CASES])
def test_period_and_its_neighbours(row) -> None:
    code, first, last, previous, following, last_year, label_id, label_en = row
    period = parse(code)

    assert period.code == code
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.previous.code == previous
    assert period.following.code == following
    assert period.last_year.code == last_year
    assert (period.label("id"), period.label("en")) == (label_id, label_en)


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2026-02-30", "2026-Q5", "2026-Q0", "2026-S3", "26", "2026-1",
     "2026-10-1", "2026-10 ", " 2026", "٢٠٢٦", "1026", "2026-10-00", "../2026", "2026-10\n"],
)  # fmt: skip
def test_other_texts_are_no_period(text: str) -> None:
    with pytest.raises(Invalid):
        parse(text)


def test_bounds_are_midnights_of_the_office() -> None:
    begin, end = parse("2026-10").bounds(ZONE)

    assert begin == datetime(2026, 9, 30, 17, tzinfo=UTC)
    assert end == datetime(2026, 10, 31, 17, tzinfo=UTC)


def test_a_month_lies_in_a_quarter_a_half_year_and_a_year() -> None:
    assert [period.code for period in parse("2026-10").around()] == ["2026-Q4", "2026-S2", "2026"]
    assert containing(date(2026, 6, 30), Kind.HALF) == parse("2026-S1")


def test_24_months_end_with_the_month() -> None:
    months = list(ending_with(parse("2026-10"), 24))

    assert (months[0].code, months[-1].code, len(months)) == ("2024-11", "2026-10", 24)


def test_a_running_period_has_not_ended() -> None:
    assert not Period(Kind.MONTH, date(2026, 11, 1)).has_ended(date(2026, 11, 30))
    assert Period(Kind.MONTH, date(2026, 11, 1)).has_ended(date(2026, 12, 1))
