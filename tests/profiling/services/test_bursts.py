"""Bursts and the nightly run."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import event, func, select

from checklist.loading import load
from checklist.vocabulary import Disposition, VersionKind
from profiling import clock
from profiling.records import Case, DailyRun, Interview
from profiling.services import bursts, daily
from profiling.services.corrections import Correction, correct
from tests.support.cases import decide, seal
from tests.support.submissions import make_nik, make_submission

PHONE = "081255556666"
START = clock.now().replace(hour=3, minute=0, second=0, microsecond=0)


def person(**fields):
    return {"nik": make_nik(date(1992, 3, 12), "P"), **fields}


def on_day(days, database, actor, payload_of):
    with time_machine.travel(START + timedelta(days=days), tick=False):
        return seal(database, actor, payload_of())


def by_phone(**fields):
    return lambda: make_submission(applicant=person(phone=PHONE, **fields))


def by_party(**party):
    def payload():
        named = {"role": "biro", "name": "Contoh", **party}
        return make_submission(applicant=person(), third_parties=[named])

    return payload


def run(database, days=0):
    with database.transaction() as session:
        return bursts.open_bursts(session, on=START.date() + timedelta(days=days))


def cases(database):
    with database.reading() as session:
        return session.scalars(select(Case).where(Case.origin == "lonjakan")).all()


@pytest.mark.parametrize(
    "payload", [by_phone(), by_party(phone="081277778888"), by_party(licence="B/123/2024")]
)
def test_three_households_in_seven_days_open_one_case(database, actor, payload):
    officer = actor("officer")
    on_day(0, database, officer, payload)
    on_day(3, database, officer, payload)
    assert run(database, 6) == 0
    newest = on_day(6, database, officer, payload)
    assert run(database, 6) == 1
    assert run(database, 6) == 0
    on_day(7, database, officer, payload)
    assert run(database, 7) == 0
    (case,) = cases(database)
    assert (case.interview_id, case.is_blind, case.state) == (newest, False, "baru")


@pytest.mark.parametrize("gap", [7, 30])
def test_a_household_outside_the_window_does_not_count(database, actor, gap):
    officer = actor("officer")
    for days in (0, gap - 1, gap):
        on_day(days, database, officer, by_phone())
    assert run(database, gap) == 0


def test_one_household_counts_once(database, actor):
    for _ in range(3):
        on_day(0, database, actor("officer"), by_phone(kk_number="3527010101010001"))
    assert run(database) == 0


def test_a_corrected_family_card_is_no_second_household(database, actor):
    first, _ = (on_day(0, database, actor("officer"), by_phone()) for _ in range(2))
    change = Correction(
        version=1,
        kind=VersionKind.PERBAIKAN,
        reason="Nomor KK dibaca dari kartu.",
        changes={"applicant": {"kk_number": "9901010101010001"}},
    )
    with time_machine.travel(START, tick=False), database.transaction() as session:
        correct(session, actor("officer"), interview_id=first, correction=change, lang="id")
    assert run(database) == 0


def test_offices_are_looked_at_together(database, actor):
    on_day(0, database, actor("officer"), by_phone())
    on_day(1, database, actor("officer"), by_phone())
    elsewhere = lambda: make_submission(office="K001", applicant=person(phone=PHONE))  # noqa: E731 - one line beside its use
    on_day(2, database, actor("officer-k001"), elsewhere)
    assert run(database, 2) == 1
    assert cases(database)[0].office == "K001"


def test_a_licensed_bureau_opens_no_case(database, actor):
    bureau = load().licensed_bureaus(START.date())[0]
    for payload in (by_party(phone=bureau.phone), by_party(licence=bureau.licence)):
        for days in range(3):
            on_day(days, database, actor("officer"), payload)
    assert run(database, 2) == 0


def test_a_voided_interview_does_not_count(database, actor):
    ids = [on_day(0, database, actor("officer"), by_phone()) for _ in range(3)]
    with database.transaction() as session:
        from profiling.security.access import system_actor
        from profiling.services import audit

        session.get_one(Interview, ids[0]).voided = True
        audit.record(session, system_actor(), action="test", subject=("interview", ids[0]))
    assert run(database) == 0


def nightly(database, day):
    with database.transaction() as session:
        return daily.run(session, on=day)


def test_the_nightly_run_can_be_repeated(database, actor):
    for _ in range(3):
        on_day(0, database, actor("officer"), by_phone())
    first, second = (nightly(database, START.date()) for _ in range(2))
    assert (first.bursts, second.bursts) == (1, 0)
    with database.reading() as session:
        assert session.get_one(DailyRun, START.date()).bursts == 1
        assert session.scalar(select(func.count(Case.id))) == 1


def test_a_day_that_was_missed_is_made_up(database, actor):
    nightly(database, START.date())
    for days in (0, 3, 6):
        on_day(days, database, actor("officer"), by_phone())
    assert nightly(database, START.date() + timedelta(days=20)).bursts == 1


def test_a_postponed_application_lapses_on_the_day_after_its_last(database, actor):
    interview_id = seal(database, actor("officer"), make_submission())
    reason = "Surat PPIU belum dibawa pemohon."
    decide(database, actor("officer"), interview_id, Disposition.TUNDA, reason)
    with database.reading() as session:
        until = session.get_one(Interview, interview_id).tunda_until
    day = clock.local_date(until, database.settings.timezone)
    assert nightly(database, day - timedelta(days=1)).lapsed == 0
    assert nightly(database, day).lapsed == 1
    assert nightly(database, day).lapsed == 0


def test_a_night_reads_the_days_it_looks_at_and_not_all_history(sqlite_database):
    statements = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        statements.append((statement, parameters))

    event.listen(sqlite_database.engine, "before_cursor_execute", note)
    with sqlite_database.transaction() as session:
        assert bursts.open_bursts(session, on=date(2026, 10, 5)) == 0
    event.remove(sqlite_database.engine, "before_cursor_execute", note)
    plans = []
    with sqlite_database.engine.connect() as connection:
        for statement, parameters in statements:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans += [row[3] for row in rows]
    assert sum("ix_interviews_office_sealed_on" in plan for plan in plans) == 3
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
