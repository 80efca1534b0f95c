"""Prepared statements do what SQLAlchemy's own execution does, on both engines."""

import pytest
from sqlalchemy import bindparam, insert, literal, select
from sqlalchemy.exc import IntegrityError

from profiling import clock
from profiling.errors import UnauditedWrite
from profiling.records import Assessment, AuditEvent, Interview, InterviewVersion, Person
from profiling.records.base import table_of
from profiling.records.prepared import Prepared, first_of_each
from profiling.security.access import system_actor
from profiling.services import audit, interviews
from profiling.services.people import new_person
from tests.support.submissions import red_submission


@pytest.fixture
def sealed(database, actor):
    """A database that holds one interview, and its audit receipt."""
    officer = actor("officer")
    with database.transaction() as session:
        body = red_submission(
            third_parties=[{"role": "agen", "name": "Uji", "phone": "0812345678"}]
        )
        submission = interviews.read_payload(session, body, at=clock.now(), lang="id")
        receipt = interviews.seal(session, officer, submission)
    return database, receipt


@pytest.mark.parametrize("record", [Interview, InterviewVersion, Assessment, AuditEvent, Person])
def test_rows_are_read_as_sqlalchemy_reads_them(sealed, record):
    database, _ = sealed
    statement = select(table_of(record))
    with database.reading() as session:
        prepared = Prepared(statement).all(session, {})
        expected = [tuple(row) for row in session.connection().execute(statement)]
    assert prepared == expected
    assert expected


def test_values_are_bound_by_name_beside_fixed_ones(sealed):
    database, receipt = sealed
    statement = Prepared(
        select(Interview.receipt_no, Interview.sealed_at).where(
            Interview.id == bindparam("id"), Interview.voided.is_(False), Interview.version == 1
        )
    )
    with database.reading() as session:
        found = statement.first(session, {"id": receipt["id"]})
        assert statement.first(session, {"id": "nothing"}) is None
        assert found == (receipt["receipt"], session.get_one(Interview, receipt["id"]).sealed_at)


@pytest.mark.parametrize(
    "constant",
    ["100%", "%s", "%(id)s", "it's", "a:b", "$1", "'$2'", "a\\b", "?", "__[POSTCOMPILE_x]"],
)
def test_a_constant_is_written_as_it_is_whatever_signs_it_has(database, constant):
    statement = Prepared(select(literal(constant), Person.id).where(Person.id == bindparam("id")))
    with database.transaction() as session:
        persons = [new_person(session).person_id for _ in range(2)]
        questions = [(statement, {"id": each}) for each in persons]
        expected = [(constant, each) for each in persons]
        assert [statement.first(session, values) for _, values in questions] == expected
        assert first_of_each(session, questions) == expected
        audit.record(session, system_actor(), action="person.add", subject=("person", persons[0]))


def add(database, *persons):
    statement = Prepared(insert(table_of(Person)))
    with database.transaction() as session:
        for person in persons:
            statement.run(session, person)


def test_a_refused_row_is_sqlalchemys_error_and_nothing_of_the_unit_is_kept(database):
    person = {"id": "p-1", "wrapped_key": b"kunci", "created_at": clock.now()}
    with pytest.raises(IntegrityError) as refusal:
        add(database, person, person)
    assert "kunci" not in str(refusal.value.params)
    with database.reading() as session:
        assert session.get(Person, "p-1") is None


def test_rows_of_a_unit_that_no_event_covers_are_not_kept(database):
    person = {"id": "p-1", "wrapped_key": b"kunci", "created_at": clock.now()}
    with pytest.raises(UnauditedWrite):
        covered_by_nothing(database, person)
    with database.reading() as session:
        assert session.get(Person, "p-1") is None


def covered_by_nothing(database, person):
    with database.transaction() as session:
        audit.add_row(session, Person, person)
