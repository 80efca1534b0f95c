"""The chain of events and the digests of the rows they cover, on both engines."""

import pytest
from sqlalchemy import inspect, select

from checklist.vocabulary import Disposition
from profiling import clock
from profiling.errors import UnauditedWrite
from profiling.records import UNAUDITED_TABLES, AuditEvent, Office, Record
from profiling.security.access import system_actor
from profiling.security.digests import GENESIS, canonical_row
from profiling.services import audit, decisions, interviews
from profiling.services.decisions import Wish
from tests.support.submissions import make_submission, red_submission


@pytest.fixture
def busy(database, actor):
    """A database in which somebody interviewed, referred and postponed."""
    officer = actor("officer")
    people = {"third_parties": [{"role": "agen", "name": "X", "phone": "081234567890"}]}
    wishes = (
        (red_submission(**people), Wish(1, Disposition.RUJUK)),
        (
            make_submission(documents={"SURAT-PPIU": "missing"}),
            Wish(1, Disposition.TUNDA, "Surat PPIU belum dibawa."),
        ),
    )
    for payload, wish in wishes:
        with database.transaction() as session:
            submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
            receipt = interviews.seal(session, officer, submission)
            decisions.decide(session, officer, interview_id=receipt["id"], wish=wish)
    return database


def events_of(database):
    with database.reading() as session:
        return session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()


def test_every_event_links_to_the_one_before_it(busy):
    previous, expected = GENESIS, 1
    for event in events_of(busy):
        state = audit.state_of(event)
        mac = state.pop("mac")
        assert (event.seq, event.previous_mac) == (expected, previous)
        assert busy.sealer.link(previous, canonical_row("audit_events", state)) == mac
        previous, expected = mac, expected + 1


def test_the_last_digest_of_each_row_is_that_of_the_row_as_stored(busy):
    latest = {}
    for event in events_of(busy):
        for table, key, row_digest in event.rows:
            latest[table, key] = row_digest
    stored = {}
    with busy.reading() as session:
        for mapper in Record.registry.mappers:
            table = mapper.class_.__tablename__
            if table not in UNAUDITED_TABLES:
                for row in session.scalars(select(mapper.class_)):
                    key = "|".join(map(str, inspect(mapper.class_).primary_key_from_instance(row)))
                    stored[table, key] = busy.sealer.row(table, audit.state_of(row))
    assert stored == latest
    assert len({table for table, _ in stored}) > 8


def test_events_hold_no_personal_data(busy):
    """AUD-13."""
    text = "|".join(str(audit.state_of(event)) for event in events_of(busy))
    for word in ("Siti", "081234567890", "+6281234567890", "Surat PPIU belum dibawa"):
        assert word not in text


def test_a_write_without_an_event_is_refused_and_undone(database):
    """AUD-07, AUD-11."""
    office = Office(code="X", name="X", region="R", kind="kantor")
    with pytest.raises(UnauditedWrite, match="offices"), database.transaction() as session:
        session.add(office)
    with database.reading() as session:
        assert session.get(Office, "X") is None


def test_a_failure_after_the_event_undoes_the_event_as_well(database):
    """ERR-05, AUD-07."""

    def fail_after_writing():
        with database.transaction() as session:
            session.add(Office(code="X", name="X", region="R", kind="kantor"))
            audit.record(session, system_actor(), action="office.create", subject=("office", "X"))
            raise RuntimeError

    before = len(events_of(database))
    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert len(events_of(database)) == before
