"""Tampering straight in the database is found, with its kind and its place, on both engines."""

import hashlib

import pytest
from sqlalchemy import func, select, text, update

from profiling.records import Account, AuditEvent, Case, Interview, InterviewVersion
from profiling.records.base import table_of
from profiling.security.digests import canonical_row
from profiling.services import audit, audit_verification
from profiling.services.audit_verification import Fault, Kind, Verification
from tests.support.busy import keep_busy
from tests.support.cases import seal
from tests.support.direct_changes import last_event_of, tamper, tampering, verified
from tests.support.submissions import make_submission

EVENTS = table_of(AuditEvent)
STEP = "case_id, sequence, kind, state, account_id, person_no, at, text_enc"


@pytest.fixture
def busy(database):
    return keep_busy(database)


def one(database, query):
    with database.reading() as session:
        return session.scalars(query.limit(1)).one()


def size_of(database):
    return one(database, select(func.count()).select_from(EVENTS))


def a_red_interview(database):
    return one(database, select(Interview.id).where(Interview.band == "merah"))


def assert_row(database, kind, table, key):
    """The finding names this row and the last event about it; the trail itself is whole."""
    seq = last_event_of(database, table, key)
    finding = verified(database)
    assert finding.fault == Fault(kind, seq, table, key)
    assert finding.size == size_of(database)


def test_an_untouched_busy_database_is_whole(busy):
    finding = verified(busy)
    with busy.reading() as session:
        assert (finding.size, finding.head) == audit.end_of_trail(session)
    assert finding.fault is None
    assert finding.size > 30


def test_an_empty_database_is_whole(empty_database):
    assert verified(empty_database) == Verification(0, "0" * 64, None)


def test_a_verification_sees_one_moment_while_others_write(busy, actor, monkeypatch):
    officer = actor("officer")
    before = size_of(busy)
    original = audit_verification._Walk.through

    def write_between(*given):
        found = original(*given)
        seal(busy, officer, make_submission())
        return found

    monkeypatch.setattr(audit_verification._Walk, "through", write_between)
    finding = verified(busy)
    assert (finding.size, finding.fault) == (before, None)
    assert size_of(busy) > before


def test_progress_ends_where_the_work_does(busy):
    looked_at = []
    with busy.reading() as session:
        total = audit_verification.work_ahead(session)
        audit_verification.verify(session, progress=looked_at.append)
    assert sum(looked_at) == total > 0


@pytest.mark.parametrize("column", ["first_band", "band"])
def test_TAMP_01_a_lowered_flag_is_found(busy, column):
    key = a_red_interview(busy)
    tamper(busy, f"UPDATE interviews SET {column} = 'hijau' WHERE id = '{key}'")
    assert_row(busy, Kind.STATE_MISMATCH, "interviews", key)


def test_TAMP_01_a_case_that_is_no_longer_merah_is_found(busy):
    key = one(busy, select(Case.id).where(Case.is_merah))
    tamper(busy, f"UPDATE cases SET is_merah = false WHERE id = '{key}'")
    assert_row(busy, Kind.STATE_MISMATCH, "cases", key)


@pytest.mark.parametrize(
    ("table", "key", "change"),
    [
        ("interview_versions", "id", "answers = 'n' || substr(answers, 2)"),
        ("assessments", "version_id", "tp = tp - 1"),
        ("assessments", "version_id", "fired = ''"),
        ("interview_versions", "id", "judgement_reason_enc = name_enc"),
    ],
)
def test_TAMP_02_an_altered_answer_score_or_reason_is_found(busy, table, key, change):
    interview = a_red_interview(busy)
    version = one(
        busy, select(InterviewVersion.id).where(InterviewVersion.interview_id == interview)
    )
    tamper(busy, f"UPDATE {table} SET {change} WHERE {key} = '{version}'")
    assert_row(busy, Kind.STATE_MISMATCH, table, version)


def test_TAMP_03_an_interview_deleted_with_all_that_belongs_to_it_is_found(busy):
    key = a_red_interview(busy)
    owned = f"interview_id = '{key}'"
    tamper(
        busy,
        f"DELETE FROM case_events WHERE case_id IN (SELECT id FROM cases WHERE {owned})",
        f"DELETE FROM cases WHERE {owned}",
        f"DELETE FROM third_parties WHERE {owned}",
        f"DELETE FROM assessments WHERE version_id IN "
        f"(SELECT id FROM interview_versions WHERE {owned})",
        f"DELETE FROM interview_versions WHERE {owned}",
        f"DELETE FROM interviews WHERE id = '{key}'",
    )
    fault = verified(busy).fault
    assert fault.kind == Kind.MISSING_ROW
    # The first of them by event, then by name: all were sealed by one event.
    assert fault.first_bad_seq == last_event_of(busy, fault.table, fault.row)
    assert fault.table in {"assessments", "case_events", "interview_versions"}


def test_TAMP_04_a_fake_earlier_interview_is_found(busy):
    source = table_of(Interview)
    with tampering(busy) as connection:
        row = dict(connection.execute(select(source).limit(1)).mappings().one())
        row |= {"id": "palsu", "receipt_no": 9000, "application_no": "PALSU-1"}
        connection.execute(source.insert().values(row))
    assert verified(busy).fault == Fault(Kind.UNAUDITED_ROW, None, "interviews", "palsu")


def test_TAMP_04_a_fake_step_in_a_case_is_found(busy):
    later = STEP.replace("sequence", "sequence + 90")
    tamper(
        busy,
        f"INSERT INTO case_events (id, {STEP}) SELECT 'palsu', {later} FROM case_events LIMIT 1",
    )
    assert verified(busy).fault == Fault(Kind.UNAUDITED_ROW, None, "case_events", "palsu")


def test_TAMP_04_a_row_that_was_deleted_and_comes_back_is_found(busy):
    columns = "name, region, kind, daily_reviews"
    tamper(
        busy,
        f"INSERT INTO offices (code, {columns}) SELECT 'X', {columns} FROM offices LIMIT 1",
    )
    assert_row(busy, Kind.UNAUDITED_ROW, "offices", "X")


@pytest.mark.parametrize("seq", [1, 9, 20])
def test_TAMP_05_a_deleted_event_is_found(busy, seq):
    tamper(busy, f"DELETE FROM audit_events WHERE seq = {seq}")
    finding = verified(busy)
    assert (finding.fault, finding.size) == (Fault(Kind.GAP, seq), seq - 1)


def test_TAMP_07_later_links_computed_without_the_key_are_found(busy):
    with tampering(busy) as connection:
        events = connection.execute(select(EVENTS).where(EVENTS.c.seq >= 7).order_by(EVENTS.c.seq))
        previous = None
        for event in events.mappings().all():
            values = dict(event) | {"role": "auditor"}
            values["previous_mac"] = previous or values["previous_mac"]
            previous = with_another_key(values)
            connection.execute(
                update(EVENTS)
                .where(EVENTS.c.seq == event["seq"])
                .values(values | {"mac": previous})
            )
    assert verified(busy).fault == Fault(Kind.BAD_MAC, 7)


def with_another_key(values):
    return hashlib.sha256(canonical_row("audit_events", values)).hexdigest()


def test_TAMP_07_a_replaced_seal_is_found(busy):
    tamper(busy, f"UPDATE audit_events SET mac = '{'ab' * 32}' WHERE seq = 7")
    assert verified(busy).fault == Fault(Kind.BAD_MAC, 7)


def test_TAMP_09_two_events_that_changed_places_are_found(busy):
    tamper(
        busy,
        "UPDATE audit_events SET seq = -1 WHERE seq = 8",
        "UPDATE audit_events SET seq = 8 WHERE seq = 12",
        "UPDATE audit_events SET seq = 12 WHERE seq = -1",
    )
    assert verified(busy).fault == Fault(Kind.ORDER, 8)


def test_TAMP_09_events_renumbered_over_a_deleted_one_are_found(busy):
    last = size_of(busy)
    tamper(
        busy,
        "DELETE FROM audit_events WHERE seq = 8",
        *(
            f"UPDATE audit_events SET seq = {seq - 1} WHERE seq = {seq}"
            for seq in range(9, last + 1)
        ),
    )
    assert verified(busy).fault == Fault(Kind.ORDER, 8)


def test_TAMP_09_an_event_put_before_the_first_is_found(busy):
    tamper(busy, "UPDATE audit_events SET seq = 0 WHERE seq = 5")
    assert verified(busy).fault == Fault(Kind.ORDER, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2020-01-01 00:00:00.000000'"),
        ("actor_id", "'palsu'"),
        ("role", "'auditor'"),
        ("office", "'K002'"),
        ("rows", "'[]'"),
        ("previous_mac", f"'{'0' * 63}1'"),
    ],
)
@pytest.mark.parametrize("from_end", [0, 5])
def test_TAMP_11_an_altered_event_is_found(busy, column, value, from_end):
    seq = size_of(busy) - from_end
    tamper(busy, f"UPDATE audit_events SET {column} = {value} WHERE seq = {seq}")
    assert verified(busy).fault == Fault(Kind.BAD_HASH, seq)


def test_TAMP_12_ciphertext_that_changed_rows_is_found(busy):
    versions = table_of(InterviewVersion)
    with tampering(busy) as connection:
        first, second = connection.execute(
            select(versions.c.id, versions.c.nik_enc).order_by(versions.c.sealed_at).limit(2)
        ).all()
        for row, other in ((first, second), (second, first)):
            where = versions.c.id == row.id
            connection.execute(update(versions).where(where).values(nik_enc=other.nik_enc))
    assert_row(busy, Kind.STATE_MISMATCH, "interview_versions", first.id)


def test_TAMP_16_an_account_added_past_the_service_is_found(busy):
    accounts = table_of(Account)
    with tampering(busy) as connection:
        row = dict(connection.execute(select(accounts).limit(1)).mappings().one())
        connection.execute(accounts.insert().values(row | {"id": "palsu", "username": "palsu"}))
    assert verified(busy).fault == Fault(Kind.UNAUDITED_ROW, None, "accounts", "palsu")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("role", "'admin'"),
        ("office", "'K002'"),
        ("password_hash", "'scrypt:1:1:1$x$y'"),
        ("person_no", "'P900'"),
    ],
)
def test_TAMP_16_TAMP_17_a_role_or_a_password_set_past_the_service_is_found(busy, column, value):
    key = one(busy, select(Account.id).where(Account.username == "officer2"))
    tamper(busy, f"UPDATE accounts SET {column} = {value} WHERE id = '{key}'")
    assert_row(busy, Kind.STATE_MISMATCH, "accounts", key)


def test_TAMP_18_a_dropped_column_is_found(busy):
    tamper(busy, "ALTER TABLE third_parties DROP COLUMN address_enc")
    fault = verified(busy).fault
    assert (fault.kind, fault.table) == (Kind.STATE_MISMATCH, "third_parties")


def test_TAMP_18_a_dropped_table_is_found(busy):
    tamper(busy, "DROP TABLE third_parties")
    fault = verified(busy).fault
    assert (fault.kind, fault.table) == (Kind.MISSING_ROW, "third_parties")


def test_TAMP_18_a_dropped_trail_leaves_every_row_unaudited(busy):
    tamper(busy, "DROP TABLE audit_events")
    finding = verified(busy)
    assert (finding.size, finding.fault.kind) == (0, Kind.UNAUDITED_ROW)


def test_TAMP_21_a_row_added_with_the_service_s_own_rights_is_found(busy):
    with busy.engine.begin() as connection:
        connection.execute(text("INSERT INTO site_facts (name, value) VALUES ('x', '1')"))
    assert verified(busy).fault == Fault(Kind.UNAUDITED_ROW, None, "site_facts", "x")
