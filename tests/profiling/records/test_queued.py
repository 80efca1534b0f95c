"""Statements that travel together: nothing is lost, nothing stays behind."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from profiling.records import Office, Person
from profiling.security.access import system_actor
from profiling.services import audit
from profiling.services.people import new_person


def write_twice(session):
    values = {"id": "p1", "wrapped_key": b"x", "created_at": audit.clock.now()}
    for _ in range(2):
        audit.add_row(session, Person, values)
    audit.record(session, system_actor(), action="person.add", subject=("person", "p1"))


def persons(session):
    return session.scalar(select(func.count(Person.id)))


def test_a_queued_statement_that_is_refused_undoes_the_whole_transaction(database):
    with pytest.raises(IntegrityError), database.transaction() as session:
        write_twice(session)
    with database.transaction() as session:
        assert persons(session) == 0
        new_person(session)
        audit.record(session, system_actor(), action="person.add", subject=("person", "p2"))
    with database.reading() as session:
        assert persons(session) == 1


def test_what_was_written_can_be_read_in_the_same_transaction(database):
    with database.transaction() as session:
        locker = new_person(session)
        assert session.get(Person, locker.person_id) is not None
        session.add(Office(code="X", name="X", region="R", kind="kantor"))
        new_person(session)
        assert persons(session) == 2
        audit.record(session, system_actor(), action="office.create", subject=("office", "X"))


def test_a_transaction_that_fails_leaves_nothing_to_the_next(database):
    def fail():
        with database.transaction() as session:
            new_person(session)
            raise RuntimeError

    for _ in range(6):
        with pytest.raises(RuntimeError):
            fail()
    with database.transaction() as session:
        assert persons(session) == 0
