"""Questions that travel together get the answers that they would get one by one."""

import threading
import time

import pytest
from sqlalchemy import BigInteger, bindparam, column, func, select, text
from sqlalchemy.exc import DBAPIError

from profiling import clock
from profiling.records import Account, Interview, Office
from profiling.records.prepared import (
    Prepared,
    ask_ahead,
    first_of_each,
    first_of_each_after,
)
from profiling.security.access import system_actor
from profiling.services import audit, interviews
from tests.support.submissions import red_submission

OFFICE = Prepared(select(Office.code, Office.name).where(Office.code == bindparam("code")))
SEALED = Prepared(
    select(Interview.receipt_no, Interview.sealed_at).where(
        Interview.office == bindparam("code"), Interview.voided.is_(False)
    )
)
LOCALE = Prepared(select(Account.locale).where(Account.username == bindparam("username")))


@pytest.fixture
def questions(database, actor):
    """Questions of which the second has two rows to choose from and the third has none."""
    officer = actor("officer")
    for _ in range(2):
        with database.transaction() as session:
            submission = interviews.read_payload(
                session, red_submission(), at=clock.now(), lang="id"
            )
            interviews.seal(session, officer, submission)
    office = officer.office
    return [
        (OFFICE, {"code": office}),
        (SEALED, {"code": office}),
        (OFFICE, {"code": "nowhere"}),
        (LOCALE, {"username": "officer"}),
    ]


def test_each_question_gets_the_first_row_of_its_own_answer(database, questions):
    with database.reading() as session:
        alone = [statement.first(session, values) for statement, values in questions]
        assert first_of_each(session, questions) == alone
    assert alone[1] is not None
    assert alone[2] is None


def test_no_question_gets_no_answer(database):
    with database.reading() as session:
        assert first_of_each(session, []) == []


def test_an_answer_asked_ahead_is_used_once_and_sqlite_is_asked_when_it_is_needed(
    database, questions
):
    statement, values = questions[0]
    with database.transaction() as session:
        before = statement.first(session, values)
        ask_ahead(session, questions)
        session.get_one(Office, values["code"]).name = "Renamed"
        session.flush()
        assert statement.first(session, {"code": "nowhere"}) is None
        if database.engine.dialect.name == "postgresql":
            assert statement.first(session, values) == before
        assert statement.first(session, values) == (values["code"], "Renamed")
        audit.record(session, system_actor(), action="office.rename", subject=("office", "PMK"))


def test_an_answer_asked_ahead_is_not_that_of_the_same_values_under_other_names(database):
    statement = Prepared(
        select(Office.code).where(
            Office.code == bindparam("code"), Office.region != bindparam("region")
        )
    )
    asked = {"code": "PMK", "region": "X"}
    with database.reading() as session:
        ask_ahead(session, [(statement, asked)])
        assert statement.first(session, {"region": "PMK", "code": "X"}) is None
        assert statement.first(session, {"code": "X", "region": "PMK"}) is None
        assert statement.first(session, {"region": "X", "code": "PMK"}) == ("PMK",)


@pytest.mark.parametrize("place", [0, 1])
def test_a_refused_question_is_sqlalchemys_error(database, questions, place):
    broken = Prepared(select(column("nothing")).select_from(Office).where(Office.code == "PMK"))
    asked = list(questions[:1])
    asked.insert(place, (broken, {}))
    with pytest.raises(DBAPIError), database.transaction() as session:
        first_of_each(session, asked)


@pytest.fixture
def postgres(postgres_template, tmp_path):
    with postgres_template.copy(tmp_path) as copy:
        yield copy


def test_what_is_asked_after_a_statement_sees_what_others_did_before_it_ended(postgres):
    wait = Prepared(select(func.pg_advisory_xact_lock(bindparam("lock", type_=BigInteger))))
    office, turn = (OFFICE, {"code": "PMK"}), (wait, {"lock": 7})
    found = []

    def ask():
        with postgres.transaction() as session:
            found.append(first_of_each_after(session, turn, [office]))

    with postgres.transaction() as session:
        wait.first(session, {"lock": 7})
        asking = threading.Thread(target=ask)
        asking.start()
        while not blocked(postgres):
            time.sleep(0.01)
        session.get_one(Office, "PMK").name = "Renamed"
        audit.record(session, system_actor(), action="office.rename", subject=("office", "PMK"))
    asking.join(timeout=20)
    assert found == [[("PMK", "Renamed")]]


def blocked(database):
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with database.engine.connect() as connection:
        return connection.scalar(waiting)


def test_a_refusal_after_a_statement_is_sqlalchemys_error(postgres):
    broken = Prepared(select(column("nothing")).select_from(Office))
    with pytest.raises(DBAPIError), postgres.transaction() as session:
        first_of_each_after(session, (OFFICE, {"code": "PMK"}), [(broken, {})])
