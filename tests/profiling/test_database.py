"""Sessions and transactions: kept whole or not at all, and again after a lost connection."""

import threading
from itertools import pairwise

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from profiling import database as databases
from profiling.records import Office
from profiling.security.access import system_actor
from profiling.services import audit


def add_office(session, code):
    session.add(Office(code=code, name=code, region="R", kind="kantor"))
    return audit.record(session, system_actor(), action="office.create", subject=("office", code))


def test_a_unit_of_work_is_done_again_when_another_writer_was_in_the_way(database):
    tries = []

    def work(session):
        tries.append(1)
        add_office(session, "PMK" if len(tries) == 1 else "BARU")
        return "done"

    assert database.run(work) == "done"
    assert len(tries) == 2


def test_a_unit_of_work_that_fails_twice_says_so(database):
    with pytest.raises(IntegrityError):
        database.run(lambda session: add_office(session, "PMK"))


def test_writers_take_turns_and_no_event_is_lost_or_doubled(database):
    with database.reading() as session:
        before = session.scalar(select(func.max(text("seq"))).select_from(text("audit_events")))
    barrier = threading.Barrier(4)
    failures = []

    def write(number):
        barrier.wait()
        try:
            for turn in range(5):
                database.run(lambda session, turn=turn: add_office(session, f"X{number}{turn}"))
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.reading() as session:
        after = session.scalar(select(func.max(text("seq"))).select_from(text("audit_events")))
        offices = session.scalar(select(func.count(Office.code)).where(Office.code.like("X%")))
    assert (after - before, offices) == (20, 20)


def test_64_writers_leave_no_gap_and_no_fork(database):
    """AUD-12."""
    with database.reading() as session:
        before = session.scalar(select(func.max(text("seq"))).select_from(text("audit_events")))
    barrier, failures = threading.Barrier(64), []

    def write(number):
        barrier.wait()
        try:
            if number % 4 == 0:
                with pytest.raises(ZeroDivisionError):
                    database.run(lambda session: (add_office(session, f"X{number}"), 1 / 0))
            database.run(lambda session: add_office(session, f"Y{number}"))
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.reading() as session:
        asked = text("SELECT seq, previous_mac, mac FROM audit_events WHERE seq >= :b ORDER BY seq")
        events = session.execute(asked, {"b": before}).all()
        offices = session.scalar(select(func.count(Office.code)).where(Office.code.like("X%")))
    assert [event.seq for event in events] == list(range(before, before + 65))
    assert all(each.mac == after.previous_mac for each, after in pairwise(events))
    assert offices == 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_connection_that_was_lost_while_it_rested_is_replaced(database, monkeypatch):
    monkeypatch.setattr(databases, "_REST_SECONDS", 0)
    with database.reading() as session:
        session.scalar(select(func.count(Office.code)))
    engine = databases.make_engine(database.settings.database_url)
    with engine.connect() as other:
        other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
    with database.reading() as session:
        assert session.scalar(select(func.count(Office.code))) == 4


def test_an_older_sqlite_library_is_refused(monkeypatch):
    monkeypatch.setattr("pysqlite3.dbapi2.sqlite_version_info", (3, 40, 1))
    with pytest.raises(databases.BadSetting, match=r"3\.51\.3"):
        databases.make_engine("sqlite://")
