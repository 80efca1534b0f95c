"""What analysts do with cases, on both engines."""

from datetime import datetime
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import select

from checklist.vocabulary import CASE_TRANSITIONS, CaseAction, CaseState, VersionKind
from profiling.errors import Conflict, Invalid, NotAllowed, NotFound, StaleVersion
from profiling.records import Account, AuditEvent, Case, CaseEvent, Interview
from profiling.services import cases
from profiling.services.cases import Closing, Finding
from profiling.services.corrections import Correction, correct
from tests.support.cases import (
    FOUND,
    REASON,
    case_of,
    do,
    red_case,
    referred_case,
    reread_case,
    seal,
)
from tests.support.sealed import yellow_submission
from tests.support.submissions import make_submission, red_submission

ROADS = {
    "baru": [],
    "diambil": ["take"],
    "didalami": ["take", "finding"],
    "menunggu": ["take", "waiting"],
    "selesai": ["take", "unread"],
    "ditutup": ["take", "close"],
}
FIELDS = {
    "waiting": ("finding", {"waiting_for": "Kemenag Sampang"}),
    "unread": ("close", {"outcome": "TIDAK-TERBUKTI"}),
}
ACTIONS = {
    "take": CaseAction.TAKE,
    "finding": CaseAction.FINDING,
    "waiting": CaseAction.FINDING_WAITING,
    "close": CaseAction.CLOSE,
    "unread": CaseAction.CLOSE_UNREAD,
    "confirm": CaseAction.CONFIRM,
    "reopen": CaseAction.REOPEN,
}


def act(database, actor, case, name):
    action, fields = FIELDS.get(name, (name, {}))
    return do(database, actor, case, action, **fields)


@pytest.mark.parametrize("state", ROADS)
@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_in_every_state_follows_the_transitions(sqlite_database, who, state, name):
    """WF-07."""
    database = sqlite_database
    case = red_case(database, who(database, "officer"))
    analyst, second = who(database, "analyst"), who(database, "analyst2")
    for step in ROADS[state]:
        act(database, analyst, case, step)
    doer = second if name == "confirm" else analyst
    after = CASE_TRANSITIONS.get((CaseState(state), ACTIONS[name]))
    if after is None:
        with pytest.raises((Conflict, NotAllowed)):
            act(database, doer, case, name)
        after = CaseState(state)
    else:
        assert act(database, doer, case, name).state is after
    assert case_of(database, case.interview_id).state == after


@pytest.fixture
def who():
    from profiling.services import signin

    def named(database, username):
        with database.reading() as session:
            return signin.actor_named(session, username)

    return named


def test_each_write_adds_an_event_an_audit_event_and_a_version(database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    receipt = do(database, actor("analyst"), case, "finding", waiting_for="Kemenag Sampang")
    with database.reading() as session:
        events = session.scalars(select(CaseEvent).order_by(CaseEvent.sequence)).all()
        audited = session.get_one(AuditEvent, receipt.audit_seq)
        stored = session.get_one(Case, case.id)
    assert [(event.kind, event.state) for event in events] == [
        ("open", "baru"),
        ("take", "diambil"),
        ("finding_waiting", "menunggu"),
    ]
    assert FOUND.encode() not in events[-1].text_enc
    assert (stored.version, stored.waiting_for) == (3, "Kemenag Sampang")
    assert (audited.action, audited.subject_id) == ("case.finding_waiting", case.id)
    assert {table for table, _, _ in audited.rows} == {"cases", "case_events"}
    assert receipt.audit_hash == audited.mac


def test_a_case_is_taken_once(database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    with pytest.raises(Conflict) as refusal:
        do(database, actor("analyst2"), case, "take")
    assert refusal.value.kind == "case_held"


def test_two_analysts_at_once_take_two_different_cases(database, actor):
    officer = actor("officer")
    red_case(database, officer)
    red_case(database, officer)
    barrier, taken = Barrier(2), {}

    def take(name):
        analyst = actor(name)
        barrier.wait()
        with database.transaction() as session:
            taken[name] = cases.take_next(session, analyst).id

    threads = [Thread(target=take, args=[name]) for name in ("analyst", "analyst2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(taken.values())) == 2


def test_two_opposite_outcomes_at_once_give_one_closing(database, actor):
    """WF-12."""
    case = red_case(database, actor("officer"))
    analyst = actor("analyst")
    do(database, analyst, case, "take")
    barrier, ended = Barrier(2), []

    def close(outcome):
        barrier.wait()
        try:
            with database.transaction() as session:
                cases.close(
                    session,
                    analyst,
                    case_id=case.id,
                    version=2,
                    closing=Closing(outcome, REASON),
                )
            ended.append(outcome)
        except (Conflict, NotAllowed):
            ended.append(None)

    threads = [Thread(target=close, args=[word]) for word in ("INDIKASI-NP", "TIDAK-TERBUKTI")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [word for word in ended if word]
    assert case_of(database, case.interview_id).outcome == won


def test_nothing_is_taken_when_nothing_is_free(session, actor):
    assert cases.take_next(session, actor("analyst")) is None


def test_the_most_urgent_case_is_taken_first(database, actor):
    referred_case(database, actor("officer"))
    urgent = red_case(database, actor("officer"))
    with database.transaction() as session:
        assert cases.take_next(session, actor("analyst")).id == urgent.id


def test_only_the_holder_writes_and_closes(database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    for action in ("finding", "close"):
        with pytest.raises(NotAllowed):
            do(database, actor("analyst2"), case, action)


@pytest.mark.parametrize("action", ["take", "finding", "close", "reopen"])
def test_an_older_version_is_refused(database, actor, action):
    case = red_case(database, actor("officer"))
    analyst = actor("analyst")
    if action != "take":
        do(database, analyst, case, "take")
    if action == "reopen":
        do(database, analyst, case, "close")
    writes = {
        "take": lambda session: cases.take(session, analyst, case_id=case.id, version=0),
        "finding": lambda session: cases.add_finding(
            session, analyst, case_id=case.id, version=1, finding=Finding(FOUND)
        ),
        "close": lambda session: cases.close(
            session, analyst, case_id=case.id, version=1, closing=Closing("INDIKASI-NP", REASON)
        ),
        "reopen": lambda session: cases.reopen(
            session, analyst, case_id=case.id, version=1, reason=REASON
        ),
    }
    with pytest.raises(StaleVersion), database.transaction() as session:
        writes[action](session)


def test_the_second_reader_is_another_person_not_another_account(database, actor):
    """WF-08, WF-09."""
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "close", outcome="TIDAK-TERBUKTI")
    with pytest.raises(NotAllowed):
        do(database, actor("analyst"), case, "confirm")
    _same_person(database, "analyst2", "analyst")
    with pytest.raises(NotAllowed):
        do(database, actor("analyst2"), case, "confirm")
    assert case_of(database, case.interview_id).state == "selesai"


def test_who_conducted_the_interview_does_nothing_in_its_case(database, actor):
    """ACM-06."""
    case = red_case(database, actor("officer"))
    _same_person(database, "analyst", "officer")
    with pytest.raises(NotAllowed):
        do(database, actor("analyst"), case, "take")
    with database.transaction() as session:
        assert cases.take_next(session, actor("analyst")) is None
        with pytest.raises(NotAllowed):
            cases.open_nik(session, actor("analyst"), case_id=case.id, reason=REASON)


def test_only_a_merah_case_waits_for_a_second_reader(database, actor):
    case = referred_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "close", outcome="TIDAK-TERBUKTI")
    closed = case_of(database, case.interview_id)
    assert (closed.state, closed.outcome) == ("ditutup", "TIDAK-TERBUKTI")
    assert closed.closed_on is not None


def test_a_referral_that_a_correction_turned_merah_waits_for_a_second_reader(database, actor):
    case = referred_case(database, actor("officer"))
    red = red_submission()
    fields = ("answers", "notes", "officer_judgement", "judgement_reason")
    correction = Correction(
        version=2,
        kind=VersionKind.PENDALAMAN,
        reason="Pemohon bercerita lebih lanjut.",
        changes={name: red[name] for name in fields},
    )
    with database.transaction() as session:
        correct(
            session,
            actor("officer"),
            interview_id=case.interview_id,
            correction=correction,
            lang="id",
        )
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "close", outcome="TIDAK-TERBUKTI")
    assert case_of(database, case.interview_id).state == "selesai"


@pytest.mark.parametrize(
    ("outcome", "awaiting"),
    [("INDIKASI-NP", "putusan"), ("DOKUMEN-IDENTITAS", "putusan"), ("TIDAK-TERBUKTI", None)],
)
def test_a_closed_case_hands_the_interview_on_and_a_reopened_one_takes_it_back(
    database, actor, outcome, awaiting
):
    case = referred_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "close", outcome=outcome)
    with database.reading() as session:
        assert session.get_one(Interview, case.interview_id).awaiting == awaiting
    do(database, actor("analyst2"), case, "reopen")
    with database.reading() as session:
        reopened = session.get_one(Case, case.id)
        interview = session.get_one(Interview, case.interview_id)
    assert (reopened.state, reopened.outcome, reopened.closed_on) == ("didalami", None, None)
    assert reopened.holder_id == actor("analyst2").id
    assert interview.awaiting == ("kasus" if awaiting else None)


def test_a_re_read_that_ends_without_a_note_is_no_longer_blind(database, actor):
    case = reread_case(database, actor("officer"))
    assert (case.origin, case.is_blind, case.first_finding_at) == ("baca_ulang", True, None)
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "close", outcome="TIDAK-TERBUKTI")
    assert case_of(database, case.interview_id).first_finding_at is not None


@pytest.mark.parametrize(
    ("action", "fields", "field"),
    [
        ("finding", {"text": "."}, "text"),
        ("finding", {"text": "          "}, "text"),
        ("finding", {"text": "a" * 4001}, "text"),
        ("finding", {"waiting_for": "a" * 121}, "waiting_for"),
        ("close", {"reason": "."}, "reason"),
        ("close", {"reason": "..................."}, "reason"),
        ("close", {"outcome": "BERSALAH"}, "outcome"),
    ],
)
def test_a_write_with_a_wrong_field_is_refused_by_that_field(
    database, actor, action, fields, field
):
    """WF-10."""
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    with pytest.raises(Invalid) as refusal:
        do(database, actor("analyst"), case, action, **fields)
    assert set(refusal.value.errors) == {field}
    assert case_of(database, case.interview_id).version == 2


def test_outside_the_scope_a_case_does_not_exist(database, actor):
    case = red_case(database, actor("officer"))
    with pytest.raises(NotFound):
        do(database, actor("analyst-k001"), case, "take")
    with database.transaction() as session:
        assert cases.take_next(session, actor("analyst-k001")) is None


@pytest.mark.parametrize("role", ["officer", "supervisor", "steward", "admin", "auditor", "dpo"])
def test_only_analysts_work_on_cases(database, actor, role):
    case = red_case(database, actor("officer"))
    with pytest.raises(NotAllowed):
        do(database, actor(role), case, "take")


def test_opening_the_nik_keeps_the_reason_as_ciphertext_and_moves_nothing(database, actor):
    case = red_case(database, actor("officer"))
    with database.transaction() as session:
        nik = cases.open_nik(session, actor("analyst"), case_id=case.id, reason=REASON)
    assert nik.startswith("99")
    with database.reading() as session:
        event = session.scalars(select(CaseEvent).where(CaseEvent.kind == "nik_opened")).one()
        audited = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "case.nik_opened")
        ).one()
        assert session.get_one(Case, case.id).version == 1
    assert REASON.encode() not in event.text_enc
    assert nik not in str(audited.detail)
    with pytest.raises(Invalid), database.transaction() as session:
        cases.open_nik(session, actor("analyst"), case_id=case.id, reason="perlu")


def _same_person(database, username, other):
    from profiling.security.access import system_actor
    from profiling.services import audit

    with database.transaction() as session:
        accounts = {row.username: row for row in session.scalars(select(Account))}
        accounts[username].person_no = accounts[other].person_no
        audit.record(session, system_actor(), action="account.same", subject=("account", username))


@pytest.mark.parametrize(
    ("opened", "due"),
    [("2026-11-23", "2026-11-26"), ("2026-11-20", "2026-11-25"), ("2026-08-14", "2026-08-20")],
)
def test_a_case_is_due_after_three_working_days_of_the_office(database, actor, opened, due):
    morning = datetime.fromisoformat(f"{opened}T00:30:00+07:00")
    with time_machine.travel(morning, tick=False):
        case = red_case(database, actor("officer"))
    assert case.due_on.isoformat() == due


@pytest.mark.parametrize(
    ("payload", "origins"),
    [
        (make_submission(), ["baca_ulang"]),
        (yellow_submission(), []),
        (red_submission(), ["merah"]),
    ],
)
def test_only_hijau_is_drawn_for_the_second_reading(database, actor, payload, origins):
    interview_id = seal(database, actor("officer"), payload, reread=1)
    with database.reading() as session:
        opened = session.scalars(select(Case.origin).where(Case.interview_id == interview_id))
        assert opened.all() == origins
        assert session.get_one(Interview, interview_id).is_reread is (origins == ["baca_ulang"])
