"""Working days of Indonesian government offices."""

from datetime import date

import pytest

from profiling.services import workdays


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday: no weekend between
        (date(2026, 11, 24), date(2026, 11, 27)),
        (date(2026, 11, 25), date(2026, 11, 30)),  # Wednesday: over the weekend
        (date(2026, 11, 28), date(2026, 12, 2)),  # opened on a Saturday
        (date(2026, 8, 14), date(2026, 8, 20)),  # Independence Day on the Monday
        (date(2026, 12, 22), date(2026, 12, 29)),  # joint holiday and Christmas
        (date(2026, 3, 17), date(2026, 3, 27)),  # Nyepi, Idulfitri and their joint holidays
        (date(2026, 12, 30), date(2027, 1, 6)),  # New Year, then Isra Mikraj on the Tuesday
    ],
)
def test_a_case_is_due_three_working_days_later(opened, due):
    assert workdays.due_on(opened, days=3) == due


def test_no_days_are_due_at_once():
    assert workdays.due_on(date(2026, 11, 24), days=0) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), False),
    ],
)
def test_weekends_and_holidays_are_no_working_days(day, is_open):
    assert workdays.is_workday(day) is is_open
