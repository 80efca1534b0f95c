"""Figures against a slow, plain recomputation, on both engines."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from checklist.vocabulary import Outcome
from profiling.database import Database
from profiling.reports.groups import age_band_of
from profiling.reports.monthly import as_json, build_report
from profiling.reports.periods import parse
from profiling.reports.window import Window
from tests.profiling.reports.plain import recompute
from tests.support.rows import (
    ZONE,
    Told,
    ToldCase,
    add_appointment,
    add_case,
    add_interview,
    drawn,
)

PMK = ("PMK", "PMK-MPP-SPG")
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


def window(period: str, offices: tuple[str, ...] = PMK) -> Window:
    return Window(parse(period), offices, ZONE, NOW)


def report_of(database: Database, period: str, offices: tuple[str, ...] = PMK) -> dict:
    with database.reading() as session:
        return as_json(build_report(session, window(period, offices), "PMK"))


def fill(database: Database, count: int, seed: int = 7) -> None:
    rng = random.Random(seed)
    with database.transaction() as session:
        for number in range(count):
            told = drawn(rng)
            interview_id = add_interview(session, told, appointment=rng.random() < 0.8)
            if told.band == "merah" or rng.random() < 0.2:
                add_case(session, interview_id, _case(rng, told), office=told.office)
            if number % 10 == 0:
                status = rng.choice(["menunggu", "batal", "tidak_hadir"])
                add_appointment(
                    session,
                    f"LUAR-{seed}-{number}",
                    told.sealed_at,
                    office=told.office,
                    status=status,
                    is_walk_in=rng.random() < 0.2,
                )


def _case(rng: random.Random, told: Told) -> ToldCase:
    opened = told.sealed_at
    closed = opened.date() + timedelta(days=rng.randrange(1, 60))
    is_closed = rng.random() < 0.7 and closed < NOW.date()
    return ToldCase(
        origin="merah" if told.band == "merah" else rng.choice(["baca_ulang", "rujukan"]),
        state="ditutup" if is_closed else "didalami",
        opened_at=opened,
        due_on=opened.date() + timedelta(days=3),
        closed_on=closed if is_closed else None,
        outcome=str(rng.choice(list(Outcome))) if is_closed else None,
    )


@pytest.mark.parametrize("period", ["2026-10-31", "2026-02", "2026-Q3", "2026-S2", "2026", "2025"])
def test_figures_equal_a_plain_recomputation(database: Database, period: str) -> None:
    fill(database, 250)

    found = report_of(database, period)
    with database.reading() as session:
        expected = recompute(session, window(period))

    for name in ("interviews", "voided", "median_interview_seconds", "indicators", "overrides"):
        assert found[name] == expected[name], name
    for name in ("coverage", "completeness"):
        assert found[name] == pytest.approx(expected[name]), name
    for name in ("bands", "papers", "dispositions", "purposes", "destinations"):
        assert Counter(found[name]) == expected[name], name
    cases = expected["cases"]
    assert {k: found["cases"][k] for k in ("opened", "closed", "open", "overdue")} == {
        k: cases[k] for k in ("opened", "closed", "open", "overdue")
    }
    assert Counter(found["cases"]["outcomes"]) == cases["outcomes"]
    positives, n = cases["precision"]
    assert found["flag_precision"]["n"] == n
    assert found["flag_precision"]["value"] == (positives / n if n else None)
    positives, n = cases["audit"]
    assert (found["audit_sample"]["positives"], found["audit_sample"]["n"]) == (positives, n)
    assert found["audit_sample"]["miss_rate"] == (positives / n if n else None)


def test_groups_show_the_true_count_or_nothing(database: Database) -> None:
    fill(database, 250)

    found = report_of(database, "2026-10")
    with database.reading() as session:
        expected = recompute(session, window("2026-10"))

    for name, truth in (("by_sex", "sexes"), ("by_age_band", "ages"), ("by_village", "villages")):
        assert set(found[name]) == set(expected[truth])
        for key, shown in found[name].items():
            assert shown in (None, expected[truth][key])
            assert shown is None or shown >= 5


def test_an_empty_period_has_null_shares_and_n_0(database: Database) -> None:
    found = report_of(database, "2026-03")

    assert found["interviews"] == 0
    assert found["coverage"] is None
    assert found["completeness"] is None
    assert found["median_interview_seconds"] is None
    assert found["flag_precision"] == {"value": None, "low": None, "high": None, "n": 0}
    assert found["audit_sample"] == {
        "n": 0, "positives": 0, "miss_rate": None, "low": None, "high": None,
    }  # fmt: skip
    assert found["by_sex"] == {}


def test_a_month_begins_at_midnight_of_the_office(database: Database) -> None:
    with database.transaction() as session:
        add_interview(session, Told(sealed_at=datetime(2026, 9, 30, 17, 0, tzinfo=UTC)))
        add_interview(session, Told(sealed_at=datetime(2026, 9, 30, 16, 59, tzinfo=UTC)))

    assert report_of(database, "2026-10")["interviews"] == 1
    assert report_of(database, "2026-09-30")["interviews"] == 1


def test_the_reread_is_weighted_by_the_chance_to_be_drawn(database: Database) -> None:
    with database.transaction() as session:
        for share, outcome in (("0.02", "INDIKASI-NP"), ("0.10", "TIDAK-TERBUKTI")):
            interview_id = add_interview(session, Told(reread_share=share))
            add_case(
                session,
                interview_id,
                ToldCase("baca_ulang", "ditutup", closed_on=date(2026, 10, 20), outcome=outcome),
            )

    sample = report_of(database, "2026-10")["audit_sample"]

    assert sample["n"] == 2
    assert sample["miss_rate"] == pytest.approx(50 / 60)
    exact = (0.012579, 0.987421)  # Clopper and Pearson for 1 of 2
    assert (sample["low"], sample["high"]) == pytest.approx(exact, abs=1e-6)


@pytest.mark.parametrize(
    ("youngest", "oldest", "band"),
    [(0, 17, "0-17"), (18, 24, "18-24"), (25, 34, "25-34"), (35, 44, "35-44"), (45, 59, "45-59")],
)
def test_age_bands_begin_and_end_where_they_say(youngest, oldest, band) -> None:
    assert (age_band_of(youngest), age_band_of(oldest)) == (band, band)
    assert age_band_of(oldest + 1) != band


def test_a_report_takes_the_same_statements_whatever_the_size(
    sqlite_database: Database,
) -> None:
    counts = []
    for size in (5, 60):
        fill(sqlite_database, size, seed=size)
        statements: list[str] = []

        def note(_c, _cursor, statement, *_rest, into=statements) -> None:
            into.append(statement)

        event.listen(sqlite_database.engine, "before_cursor_execute", note)
        report_of(sqlite_database, "2026")
        event.remove(sqlite_database.engine, "before_cursor_execute", note)
        counts.append(len([s for s in statements if s.startswith("SELECT")]))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


@pytest.mark.parametrize("period", ["2026-10", "2026-10-05"])
def test_a_month_is_read_by_indexes_alone(sqlite_database: Database, period: str) -> None:
    plans: list[str] = []
    statements: list[tuple] = []

    def note(_c, _cursor, statement, parameters, *_rest) -> None:
        statements.append((statement, parameters))

    event.listen(sqlite_database.engine, "before_cursor_execute", note)
    report_of(sqlite_database, period)
    event.remove(sqlite_database.engine, "before_cursor_execute", note)
    with sqlite_database.engine.connect() as connection:
        for statement, parameters in statements:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans += [row[3] for row in rows]

    scans = [plan for plan in plans if plan.startswith("SCAN")]
    assert scans == []
    closed = [plan for plan in plans if "ix_cases_closed_on" in plan]
    assert len(closed) == 3
