"""A server that ends a connection in the middle of a piece of work, as a restart does."""

import time

import psycopg
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from profiling import clock
from profiling.records import Account, Person
from profiling.records.base import table_of
from profiling.records.prepared import Prepared
from profiling.security.access import system_actor
from profiling.services import audit

ADD = Prepared(insert(table_of(Person)))
ACCOUNTS = Prepared(select(func.count(Account.id)))


@pytest.fixture
def postgres(postgres_template, tmp_path):
    with postgres_template.copy(tmp_path) as copy:
        yield copy


def end_connection_of(unit, database):
    """Have the server end the connection that a unit works on."""
    process = unit.connection().connection.driver_connection.info.backend_pid
    address = database.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
        alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
        while other.execute(alive, [process]).fetchone() != (0,):
            time.sleep(0.01)


def by_the_unit_of_work(session):
    session.scalar(select(func.count(Account.id)))


def by_a_prepared_statement(session):
    ACCOUNTS.first(session, {})


def by_waiting_for_its_turn(session):
    audit.hold_chain(session)


def by_its_commit(session):
    """Leave everything to the commit."""


@pytest.mark.parametrize("has_waiting", [True, False])
@pytest.mark.parametrize(
    "notice",
    [by_the_unit_of_work, by_a_prepared_statement, by_waiting_for_its_turn, by_its_commit],
)
def test_a_unit_whose_connection_is_ended_is_done_once_more(postgres, notice, has_waiting):
    tried = []

    def work(session):
        tried.append(1)
        by_a_prepared_statement(session)
        if has_waiting:
            ADD.run(session, {"id": "p-1", "wrapped_key": b"x", "created_at": clock.now()})
        if len(tried) == 1:
            end_connection_of(session, postgres)
        notice(session)
        person = {"id": "p-2", "wrapped_key": b"x", "created_at": clock.now()}
        audit.add_row(session, Person, person)
        audit.record(session, system_actor(), action="person.add", subject=("person", "p-2"))

    postgres.run(work)
    assert len(tried) == 2
    with postgres.reading() as session:
        assert session.scalar(select(func.count(Person.id))) == 1 + has_waiting


@pytest.mark.parametrize("notice", [by_the_unit_of_work, by_a_prepared_statement])
@pytest.mark.parametrize("way", ["reading", "looking", "transaction"])
def test_a_look_whose_connection_is_ended_says_that_the_storage_failed(postgres, way, notice):
    def look():
        with getattr(postgres, way)() as session:
            end_connection_of(session, postgres)
            notice(session)

    with pytest.raises(OperationalError):
        look()
    with postgres.reading() as session:
        assert ACCOUNTS.first(session, {}) is not None


def test_a_glance_whose_connection_is_ended_says_that_the_storage_failed(postgres):
    def look():
        with postgres.glance() as unit:
            end_connection_of(unit, postgres)
            ACCOUNTS.first(unit, {})

    with pytest.raises(OperationalError):
        look()
