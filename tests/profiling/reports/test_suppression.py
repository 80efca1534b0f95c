"""Hidden counts stay hidden, also from somebody who subtracts."""

from datetime import UTC, datetime
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiling.database import Database
from profiling.reports.groups import count_groups
from profiling.reports.periods import parse
from profiling.reports.suppression import LEAST, Level, hide_below, hide_small, is_deducible
from profiling.reports.window import Window
from tests.profiling.reports.test_monthly import NOW
from tests.support.rows import ZONE, Told, add_interview

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12), max_size=8)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({"L": 7, "P": 9}, {"L": 7, "P": 9}),
        ({"L": 4, "P": 9}, {"L": None, "P": None}),
        ({"a": 4, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 2, "b": 2, "c": 9, "d": 10}, {"a": None, "b": None, "c": None, "d": 10}),
        ({"a": 3, "b": 8, "c": 20}, {"a": None, "b": None, "c": 20}),
        ({"a": 0, "b": 8}, {"a": 0, "b": 8}),
        ({"a": 5}, {"a": 5}),
        ({"a": 3}, {"a": None}),
    ],
)
def test_small_counts_take_others_with_them(counts, shown) -> None:
    """EXP-10."""
    assert hide_small(counts) == shown


def test_a_day_shows_no_group(database: Database) -> None:
    with database.transaction() as session:
        for _ in range(2 * LEAST):
            add_interview(session, Told(sealed_at=datetime(2026, 10, 5, 3, tzinfo=UTC)))
    for period, shown in (("2026-10-05", None), ("2026-10", 2 * LEAST)):
        with database.reading() as session:
            groups = count_groups(session, Window(parse(period), ("PMK",), ZONE, NOW))
        for counts in (groups.by_sex, groups.by_age_band):
            assert list(counts.values()) == [shown]


@given(COUNTS)
@settings(max_examples=300, deadline=None)
def test_the_total_gives_no_hidden_count_away(counts) -> None:
    """EXP-11."""
    shown = hide_small(counts)
    hidden = [key for key, n in shown.items() if n is None]

    assert all(n is None or n >= LEAST for n in shown.values())
    if hidden and len(hidden) < len(counts):
        remainder = sum(counts.values()) - sum(n for n in shown.values() if n is not None)
        assert len(hidden) > 1
        assert remainder >= LEAST


@given(st.dictionaries(st.sampled_from(["a1", "a2", "a3", "b1", "b2"]), st.integers(1, 12)))
@settings(max_examples=300, deadline=None)
def test_a_shown_parent_gives_no_hidden_child_away(counts) -> None:
    parents = {key: key[0] for key in counts}
    totals: dict[str, int] = {}
    for key, n in counts.items():
        totals[key[0]] = totals.get(key[0], 0) + n
    parents_shown = hide_small(totals)
    shown = hide_below(Level(counts, parents), parents_shown)

    for parent, total in parents_shown.items():
        below = {key: n for key, n in shown.items() if parents[key] == parent}
        hidden = [key for key, n in below.items() if n is None]
        if total is None:
            assert len(hidden) == len(below)
        elif hidden:
            rest = total - sum(n for n in below.values() if n is not None)
            assert len(hidden) == len(below) or (len(hidden) > 1 and rest >= LEAST)


@pytest.mark.parametrize(
    ("parts", "is_given_away"),
    [
        ([(9, True), (8, True)], False),
        ([(9, True), (3, False)], True),
        ([(1, False), (3, False), (9, True)], True),
        ([(4, False), (3, False), (9, True)], False),
        ([(0, False), (9, True)], False),
    ],
)
def test_a_longer_period_is_checked_against_its_parts(parts, is_given_away) -> None:
    assert is_deducible(parts) is is_given_away


VILLAGES = ["35.26.01.1001", "35.26.01.2002", "35.26.02.2001", "35.27.02.2001"]
CODES = [
    *(f"2026-{month:02}" for month in range(1, 13)),
    *("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026-S1", "2026-S2", "2026"),
]


def test_no_report_of_a_year_gives_a_small_count_away(sqlite_database: Database) -> None:
    """EXP-11: An attacker reads every month, quarter, half-year and the year, and subtracts."""
    true = _fill_villages(sqlite_database)
    with sqlite_database.reading() as session:
        seen = {
            code: count_groups(session, Window(parse(code), ("PMK",), ZONE, NOW)).by_village
            for code in CODES
        }
    for village, code in product(VILLAGES, CODES):
        known = {part: seen[part].get(village, 0) for part in CODES}
        months = set(parse(code).months)
        parts = [part for part in CODES if part != code and set(parse(part).months) <= months]
        for size in range(2, 5):
            for chosen in combinations(parts, size):
                _check_difference(code, chosen, known, true, village)
    assert any(count is not None for counts in seen.values() for count in counts.values())


def _fill_villages(database: Database) -> dict[str, int]:
    true = {}
    with database.transaction() as session:
        for month, (place, village) in product(range(1, 13), enumerate(VILLAGES)):
            count = (month * (place + 3) + place) % 9
            true[f"2026-{month:02}|{village}"] = count
            for _ in range(count):
                at = datetime(2026, month, 10, 3, tzinfo=UTC)
                add_interview(session, Told(sealed_at=at, village=village))
    return true


def _check_difference(code, chosen, known, true, village) -> None:
    """The whole minus all but one part that tile it must not be a hidden small count."""
    months = [month for part in chosen for month in parse(part).months]
    if sorted(months) != sorted(parse(code).months) or known[code] is None:
        return
    hidden = [part for part in chosen if known[part] is None]
    if len(hidden) == 1:
        count = sum(true[f"{month}|{village}"] for month in parse(hidden[0]).months)
        assert count == 0, (code, chosen)
