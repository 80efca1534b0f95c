"""Stored results worked out again: nothing differs, and whatever was altered is named."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from checklist.loading import load
from profiling.database import filling
from profiling.errors import Invalid, NotAllowed
from profiling.records import Assessment, Interview, InterviewVersion
from profiling.services import decision_replay, signin
from profiling.services.decision_replay import operator, replay_all, replay_one
from profiling.services.interview_reading import whole
from profiling.services.seeding.opening import Sizes, seed_world
from tests.support.cases import seal
from tests.support.sealed import seal_band
from tests.support.submissions import make_submission, red_submission
from tests.support.tampering import change, remove
from tests.support.world import fill_day

UNTIL = datetime(2026, 11, 18, 4, 10, tzinfo=UTC)


def everything(database):
    with database.reading() as session:
        return [each for block in replay_all(session, operator()) for each in block]


def found(database):
    return [each for each in everything(database) if not each.is_same]


def columns(database):
    """Return the names of the columns that differ, of the one altered result."""
    (only,) = found(database)
    return {each.column for each in only.differences}, only.as_json()["problem"]


@pytest.fixture
def interview(database, actor):
    """A yellow interview with something in every column, beside a clean and a red one."""
    officer = actor("officer")
    seal(database, officer, make_submission())
    seal(database, officer, red_submission())
    return seal_band(database, officer, "kuning")


@pytest.fixture
def sqlite_interview(sqlite_database):
    """A red interview beside a clean one."""
    with sqlite_database.reading() as session:
        officer = signin.actor_named(session, "officer")
    seal(sqlite_database, officer, make_submission())
    return seal(sqlite_database, officer, red_submission())


def alter(database, interview_id, table="assessments", **values):
    """Alter the row of this interview in a table, straight in the database."""
    change(database, table, interview_id, **values)


def stored(database, interview_id):
    with database.reading() as session:
        return session.execute(
            select(InterviewVersion, Assessment)
            .join(Assessment, Assessment.version_id == InterviewVersion.id)
            .where(InterviewVersion.interview_id == interview_id)
        ).one()


def test_a_simulated_year_replays_without_difference(empty_database, monkeypatch):
    """MOD-13."""
    monkeypatch.setattr(decision_replay, "BLOCK", 25)
    with filling(empty_database) as transaction:
        seed_world(transaction, Sizes(1, 4, 60, 3, 11), until=UNTIL, progress=lambda _count: None)
    with empty_database.reading() as session:
        versions = session.scalars(select(InterviewVersion)).all()
        bands = set(session.scalars(select(Assessment.band)))
        count = decision_replay.count_stored(session, operator())
    replayed = everything(empty_database)
    assert found(empty_database) == []
    assert len(replayed) == count == sum(each.kind != "batal" for each in versions)
    assert len(replayed) > 50
    assert len(bands) > 1


def test_a_day_of_an_office_replays_without_difference(database):
    fill_day(database)
    assert found(database) == []
    assert len(everything(database)) >= 6


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *((name, 9) for name in ("tp", "dr", "cr", "av", "identity", "rw")),
        ("positive", "DR"),
        ("fired", "DR-01"),
        ("removed", '{"TP-05": "TP-06"}'),
        ("ignored", "RW-01"),
        ("band", "hijau"),
        ("band_max", "hijau"),
        ("papers", "lengkap"),
        ("next_question", "AV-01"),
        ("rules_sha256", "0" * 64),
    ],
)
def test_each_altered_column_of_a_result_is_named(database, interview, column, value):
    alter(database, interview, **{column: value})
    names, _ = columns(database)
    assert names == {column}
    (finding,) = found(database)
    assert finding.interview == interview
    (difference,) = finding.differences
    expected = json.loads(value) if column == "removed" else value
    assert difference.stored == expected != difference.recomputed


@pytest.mark.parametrize(
    ("table", "column", "value", "name"),
    [
        ("interview_versions", "purpose", "WIS", "facts purpose"),
        ("interview_versions", "destination", "MYS", "facts destination"),
        ("interview_versions", "stay_days", 400, "facts stay_days"),
        ("interview_versions", "birth_date", "1950-01-01", "facts age"),
        ("interview_versions", "documents", "{}", "facts missing_documents"),
        ("interview_versions", "instrument_sha256", "0" * 64, "instrument_sha256"),
        ("interviews", "first_band", "merah", "interviews first_band"),
        ("interviews", "band", "hijau", "interviews band"),
        ("interviews", "papers", "lengkap", "interviews papers"),
        ("interviews", "purpose", "WIS", "interviews purpose"),
    ],
)
def test_what_the_result_rests_on_is_compared(database, interview, table, column, value, name):
    alter(database, interview, table, **{column: value})
    assert name in columns(database)[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("purpose", "WIS"),
        ("age", 80),
        ("destination", "MYS"),
        ("stay_days", 399),
        ("missing_documents", 0),
        ("watchlist_hit", True),
        ("nik_disagrees", True),
        ("prior_np_refusal_days", 3),
        ("shared_contact_households_90d", 30),
        ("shared_third_party_households_180d", 30),
        ("replacements_5y", 4),
    ],
)
def test_each_altered_fact_is_found(database, interview, name, value):
    facts = stored(database, interview).Assessment.facts
    altered = {**facts, name: value}
    if name == "prior_np_refusal_days":
        altered["prior_np_refusal_purpose"] = "KRJ"
    alter(database, interview, facts=json.dumps(altered))
    assert columns(database)[0]


@pytest.mark.parametrize(
    ("table", "name"),
    [
        *(("assessments", name) for name in ("band", "removed", "facts", "rules_version")),
        *(("interview_versions", name) for name in ("answers", "documents", "answers_coded")),
        *(("interview_versions", name) for name in ("destination", "instrument_version")),
        *(("interviews", name) for name in ("band", "papers")),
    ],
)
def test_text_that_is_not_unicode_is_a_finding_among_others(
    sqlite_database, sqlite_interview, table, name
):
    bad = text("CAST(x'22fffe41' AS TEXT)")
    alter(sqlite_database, sqlite_interview, table, **{name: bad})
    alter(sqlite_database, sqlite_interview, "interviews", purpose="WIS")
    (finding,) = found(sqlite_database)
    assert json.dumps(finding.as_json()).isascii()
    str(finding.as_json()).encode()
    with sqlite_database.reading() as session:
        (one,) = replay_one(session, operator(), sqlite_interview)
        assert one == finding
        assert session.scalar(text("SELECT 'ä'")) == "ä"
        with pytest.raises(OperationalError):
            session.scalar(text("SELECT CAST(x'ff' AS TEXT)"))


def test_an_altered_answer_is_named_whichever_way_it_was_altered(database, interview):
    version = stored(database, interview).InterviewVersion
    place = load().questions.index("TP-05")
    codes = bytearray(version.answers_coded)
    codes[place] = 1
    alter(database, interview, "interview_versions", answers_coded=bytes(codes))
    names, _ = columns(database)
    assert "answers_coded TP-05" in names
    assert "fired" in names
    alter(database, interview, "interview_versions", answers_coded=version.answers_coded)
    assert found(database) == []
    answers = version.answers.replace('"TP-05":"ya"', '"TP-05":"td"')
    alter(database, interview, "interview_versions", answers=answers)
    assert columns(database) == ({"answers_coded TP-05"}, None)


@pytest.mark.parametrize(
    ("table", "column", "value", "named"),
    [
        ("assessments", "facts", "{}", "facts"),
        ("assessments", "facts", "[]", "facts"),
        ("interview_versions", "answers", "{} ", "answers"),
        ("interview_versions", "answers", '{"TP-99":"ya"}', "answers"),
        ("interview_versions", "answers", '{"TP-05":"mungkin"}', "answers"),
        ("interview_versions", "answers", "tidak", "answers"),
        ("interview_versions", "answers_coded", b"\x01", "answers_coded"),
        ("interview_versions", "answers_coded", b"\x63" * 44, "answers_coded"),
        ("interview_versions", "passport", "[]", "passport"),
    ],
)
def test_what_cannot_be_read_is_named_and_ends_nothing(
    database, interview, table, column, value, named
):
    alter(database, interview, table, **{column: value})
    (finding,) = found(database)
    assert str(finding.problem).startswith("What is stored cannot be read: ")
    assert named in str(finding.problem)
    assert len(everything(database)) == 3


@pytest.mark.parametrize("text", ["kemarin", "1990-13-40", ""])
def test_a_birth_date_that_is_none_is_named(sqlite_database, text):
    with sqlite_database.reading() as session:
        officer = signin.actor_named(session, "officer")
    interview = seal(sqlite_database, officer, make_submission())
    alter(sqlite_database, interview, "interview_versions", birth_date=text)
    assert "birth_date" in columns(sqlite_database)[1]


@pytest.mark.parametrize("version", ["tppo-1999.1", "../tppo-2026.1", "", "x" * 300])
def test_rules_that_this_release_does_not_hold_are_said_plainly(database, interview, version):
    alter(database, interview, rules_version=version)
    names, problem = columns(database)
    assert names == set()
    assert problem == (
        f"This release does not hold the rules {version} with the instrument {load().version}."
    )


def test_rules_with_another_digest_are_not_used(database, interview):
    """MOD-11, MOD-13."""
    alter(database, interview, rules_sha256="0" * 64, band="hijau")
    names, problem = columns(database)
    assert names == {"rules_sha256"}
    assert "SHA-256 differs" in problem


def test_a_result_that_was_deleted_is_missed(database, interview):
    remove(database, "assessments", interview)
    assert columns(database) == (set(), "The assessment of this version is missing.")


def test_one_interview_is_found_by_id_and_by_application_number(database, interview):
    with database.reading() as session:
        number = session.get_one(Interview, interview).application_no
        for wanted in (interview, number):
            (only,) = replay_one(session, operator(), wanted)
            assert only.interview == interview
            assert only.is_same
        with pytest.raises(Invalid):
            replay_one(session, operator(), "2026-999999")


def test_only_who_reads_the_audit_log_replays(database, actor):
    with database.reading() as session:
        for role in ("officer", "analyst", "supervisor", "admin"):
            with pytest.raises(NotAllowed):
                next(iter(replay_all(session, actor(role))))
            with pytest.raises(NotAllowed):
                replay_one(session, actor(role), "x")
        assert list(replay_all(session, actor("auditor"))) == []


def test_what_is_found_says_nothing_of_the_person(database, interview):
    with database.reading() as session:
        applicant = whole(session, session.get_one(Interview, interview)).current.applicant
    alter(database, interview, "interview_versions", birth_date="1950-01-01", stay_days=400)
    alter(database, interview, band="hijau", tp=0)
    (finding,) = found(database)
    text = json.dumps(finding.as_json())
    assert {"facts age", "facts stay_days", "band", "tp"} <= finding.as_json()["columns"].keys()
    assert finding.as_json()["columns"]["facts age"] == {
        "stored": "not shown",
        "recomputed": "not shown",
    }
    for personal in (applicant.name, applicant.nik, applicant.birth_date.isoformat(), "1950-01-01"):
        assert personal not in text
