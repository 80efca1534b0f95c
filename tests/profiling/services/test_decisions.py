"""Deciding, confirming, returning and lapsing on both engines."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from checklist.vocabulary import Disposition, Judgement, Outcome, ReasonCode, VersionKind
from profiling import clock
from profiling.errors import Conflict, Invalid, NotAllowed, NotFound, StaleVersion
from profiling.records import Case, Interview
from profiling.services import decision_rules, decisions, interviews, lapses
from profiling.services.corrections import Correction, correct
from profiling.services.decisions import Wish
from profiling.services.interview_reading import find_by_application, read_interview
from tests.support.submissions import make_submission, red_submission

REASON = "Surat PPIU belum dibawa pemohon."
MISSING = {"documents": {"SURAT-PPIU": "missing"}}


@pytest.fixture
def sealed(database, actor):
    def seal(payload):
        with database.transaction() as session:
            submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
            return interviews.seal(session, actor("officer"), submission)["id"]

    return seal


@pytest.fixture
def decide(database, actor):
    def run(who, interview_id, disposition, reason="", version=None, code=None):
        with database.transaction() as session:
            seen = version or session.get_one(Interview, interview_id).version
            wish = Wish(seen, disposition, reason, code)
            return decisions.decide(session, actor(who), interview_id=interview_id, wish=wish)

    return run


def head(database, interview_id):
    with database.reading() as session:
        return session.get_one(Interview, interview_id)


def test_an_agreed_lanjut_needs_no_reason(database, sealed, decide):
    interview_id = sealed(make_submission())
    decide("officer", interview_id, Disposition.LANJUT)
    now = head(database, interview_id)
    assert (now.state, now.disposition, now.awaiting) == ("decided", "LANJUT", None)


@pytest.mark.parametrize(
    ("payload", "disposition"),
    [
        (make_submission(), Disposition.TUNDA),
        (make_submission(), Disposition.RUJUK),
        (red_submission(), Disposition.LANJUT),
        (make_submission(officer_judgement="perdalam", judgement_reason="Ragu."), "LANJUT"),
    ],
)
def test_a_decision_that_differs_needs_a_reason_of_15_characters(
    sealed, decide, payload, disposition
):
    interview_id = sealed(payload)
    with pytest.raises(Invalid) as refusal:
        decide("officer", interview_id, Disposition(disposition), "Alasan pendek." + " " * 9)
    assert set(refusal.value.errors) == {"reason"}
    decide("officer", interview_id, Disposition(disposition), "Alasan yang cukup panjang.")


def test_an_agreed_rujuk_takes_the_reason_of_the_judgement(database, actor, sealed, decide):
    interview_id = sealed(red_submission())
    decide("officer", interview_id, Disposition.RUJUK)
    with database.reading() as session:
        view = read_interview(session, actor("officer"), interview_id)
    assert view.decisions[-1].reason == "Pemohon menyatakan diancam."


def test_after_rujuk_nothing_can_be_decided_until_the_case_is_closed(sealed, decide):
    interview_id = sealed(make_submission())
    decide("officer", interview_id, Disposition.RUJUK, "Cerita pemohon perlu didalami.")
    with pytest.raises(Conflict):
        decide("officer", interview_id, Disposition.LANJUT)


@pytest.mark.parametrize(
    ("outcome", "officer_may", "supervisor_may"),
    [
        (Outcome.TIDAK_TERBUKTI, {"LANJUT", "TUNDA", "RUJUK", "BATAL"}, set()),
        (Outcome.PERLU_BAKET, {"LANJUT", "TUNDA", "RUJUK", "BATAL"}, set()),
        (
            Outcome.INDIKASI_NP,
            set(),
            {"LANJUT", "TUNDA", "BATAL", "TOLAK-ADM", "TOLAK-NP", "TANGGUH", "CEGAH"},
        ),
        (
            Outcome.INDIKASI_TPPO,
            set(),
            {"LANJUT", "TUNDA", "BATAL", "TOLAK-ADM", "TOLAK-NP", "TANGGUH", "CEGAH"},
        ),
        (
            Outcome.DOKUMEN_IDENTITAS,
            set(),
            {"LANJUT", "TUNDA", "BATAL", "TOLAK-ADM", "TOLAK-KET", "TANGGUH", "CEGAH"},
        ),
    ],
)
def test_who_decides_after_a_case_follows_its_outcome(
    database, actor, sealed, decide, outcome, officer_may, supervisor_may
):
    interview_id = sealed(red_submission())
    decide("officer", interview_id, Disposition.RUJUK)
    with database.transaction() as session:
        case = session.query(Case).one()
        case.state, case.outcome, case.closed_at = "ditutup", outcome.value, clock.now()
        decision_rules.case_closed(session, interview_id, outcome)
        from profiling.services import audit

        audit.record(session, actor("analyst"), action="case.close", subject=("case", case.id))
    with database.reading() as session:
        interview = session.get_one(Interview, interview_id)
        for who, expected in (("officer", officer_may), ("supervisor", supervisor_may)):
            allowed = decision_rules.allowed_dispositions(session, actor(who), interview)
            assert {str(each) for each in allowed} == expected


def test_a_tunda_waits_for_another_person_who_confirms_it(database, actor, sealed, decide):
    interview_id = sealed(make_submission(**MISSING))
    receipt = decide("officer", interview_id, Disposition.TUNDA, REASON)
    assert head(database, interview_id).awaiting == "tunda"
    with database.transaction() as session:
        decisions.confirm(
            session, actor("supervisor"), interview_id=interview_id, version=receipt.version
        )
    now = head(database, interview_id)
    assert (now.awaiting, now.disposition) == (None, "TUNDA")
    with database.transaction() as session, pytest.raises(NotFound):
        decisions.confirm(
            session, actor("supervisor2"), interview_id=interview_id, version=now.version
        )


def test_another_account_of_the_same_person_cannot_confirm(database, actor, sealed, decide):
    """WF-09."""
    interview_id = sealed(make_submission(**MISSING))
    receipt = decide("officer", interview_id, Disposition.TUNDA, REASON)
    other = replace(actor("supervisor"), person_no=actor("officer").person_no)
    step = {"interview_id": interview_id, "version": receipt.version}
    for refuse in (decisions.confirm, partial(decisions.return_, reason=REASON)):
        with database.transaction() as session, pytest.raises(NotAllowed):
            refuse(session, other, **step)
    assert head(database, interview_id).awaiting == "tunda"


def test_an_officer_cannot_confirm(database, actor, sealed, decide):
    interview_id = sealed(make_submission(**MISSING))
    receipt = decide("officer", interview_id, Disposition.TUNDA, REASON)
    with database.transaction() as session, pytest.raises(NotAllowed):
        decisions.confirm(
            session, actor("officer2"), interview_id=interview_id, version=receipt.version
        )


def test_a_returned_tunda_is_sealed_again(database, actor, sealed, decide):
    interview_id = sealed(make_submission(**MISSING))
    receipt = decide("officer", interview_id, Disposition.TUNDA, REASON)
    with database.transaction() as session:
        decisions.return_(
            session,
            actor("supervisor"),
            interview_id=interview_id,
            version=receipt.version,
            reason="Surat sudah ada pada berkas.",
        )
    now = head(database, interview_id)
    assert (now.state, now.disposition, now.awaiting) == ("sealed", None, None)


def test_a_decision_on_an_older_state_is_refused(sealed, decide):
    interview_id = sealed(make_submission())
    decide("officer", interview_id, Disposition.LANJUT, version=1)
    with pytest.raises(StaleVersion):
        decide("officer", interview_id, Disposition.BATAL, "Dicabut oleh pemohon.", version=1)


def test_a_tunda_lapses_after_thirty_days_in_the_name_of_who_confirmed_it(
    database, actor, sealed, decide
):
    """WF-18."""
    interview_id = sealed(make_submission(**MISSING))
    receipt = decide("officer", interview_id, Disposition.TUNDA, REASON)
    with database.transaction() as session:
        decisions.confirm(
            session, actor("supervisor"), interview_id=interview_id, version=receipt.version
        )
    until = head(database, interview_id).tunda_until
    for at, lapsed in ((until - timedelta(seconds=1), 0), (until, 1), (until, 0)):
        with database.transaction() as session:
            assert lapses.lapse_due(session, at=at) == lapsed
    with database.reading() as session:
        view = read_interview(session, actor("officer"), interview_id)
    last = view.decisions[-1]
    assert (last.disposition, last.kind, last.person_id, last.person_no) == (
        "BATAL",
        "lewat",
        actor("supervisor").id,
        actor("supervisor").person_no,
    )


@pytest.mark.parametrize("hour", ["00:10", "23:50"])
def test_a_tunda_ends_with_the_offices_thirtieth_day(database, sealed, decide, hour):
    interview_id = sealed(make_submission(**MISSING))
    with clock.at(datetime.fromisoformat(f"2026-11-24T{hour}:00+07:00")):
        decide("officer", interview_id, Disposition.TUNDA, REASON)
    until = head(database, interview_id).tunda_until
    assert until == datetime.fromisoformat("2026-12-25T00:00:00+07:00")


def test_a_colleague_completes_the_papers_of_a_tunda_and_decides(database, actor, sealed, decide):
    interview_id = sealed(make_submission(application_no="2026-7", **MISSING))
    decide("officer", interview_id, Disposition.TUNDA, REASON)
    colleague = actor("officer2")
    with database.transaction() as session:
        found = find_by_application(session, colleague, "2026-7")
        fields = {"kind": VersionKind.PERBAIKAN, "reason": "Surat dibawa hari ini."}
        wrong = Correction(version=2, changes={"stay_days": 20}, **fields)
        with pytest.raises(Invalid):
            correct(session, colleague, interview_id=found, correction=wrong, lang="id")
        papers = {"documents": {"SURAT-PPIU": "verified"}}
        right = Correction(version=2, changes=papers, **fields)
        receipt = correct(session, colleague, interview_id=found, correction=right, lang="id")
    assert receipt["papers"] == "lengkap"
    decide("officer2", interview_id, Disposition.LANJUT)
    assert head(database, interview_id).disposition == "LANJUT"


def test_an_undecided_interview_stays_open_to_its_officer_after_thirty_days(
    database, actor, sealed, decide
):
    undecided, decided = sealed(make_submission()), sealed(make_submission())
    decide("officer", decided, Disposition.LANJUT)
    with clock.at(clock.now() + timedelta(days=31)):
        with database.reading() as session:
            assert read_interview(session, actor("officer"), undecided).state == "sealed"
            with pytest.raises(NotFound):
                read_interview(session, actor("officer"), decided)
        decide("officer", undecided, Disposition.LANJUT)


def reasons_of_the_next(database, actor, first, **changes):
    """Seal another application of the same person for another purpose; its reasons by code."""
    nik = first["applicant"]["nik"]
    trip = {"purpose": "WIS", "destination": "MYS", "documents": {}, "applicant": {"nik": nik}}
    with database.transaction() as session:
        payload = make_submission(**{**trip, **changes})
        submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
        receipt = interviews.seal(session, actor("officer"), submission)
    return [reason["code"] for reason in receipt["reasons"]]


def test_an_np_postponement_is_remembered_when_the_purpose_changes(database, actor, sealed, decide):
    first = make_submission(**MISSING)
    decide("officer", sealed(first), Disposition.TUNDA, REASON, code=ReasonCode.NP)
    same = {"purpose": "UMR", "destination": "SAU", "documents": {"SURAT-PPIU": "verified"}}
    assert reasons_of_the_next(database, actor, first) == ["RW-02"]
    assert reasons_of_the_next(database, actor, first, **same) == []


@pytest.mark.parametrize("code", [ReasonCode.BERKAS, ReasonCode.LAIN, None])
def test_only_np_is_remembered(database, actor, sealed, decide, code):
    first = make_submission(**MISSING)
    decide("officer", sealed(first), Disposition.TUNDA, REASON, code=code)
    assert reasons_of_the_next(database, actor, first) == []


@pytest.mark.parametrize(
    ("afterwards", "reasons"), [("returned", []), ("LANJUT", []), ("lapsed", ["RW-02"])]
)
def test_an_np_postponement_counts_unless_it_was_taken_back(
    database, actor, sealed, decide, afterwards, reasons
):
    first = make_submission(**MISSING)
    interview_id = sealed(first)
    receipt = decide("officer", interview_id, Disposition.TUNDA, REASON, code=ReasonCode.NP)
    if afterwards == "LANJUT":
        decide("officer", interview_id, Disposition.LANJUT, REASON)
    else:
        until = head(database, interview_id).tunda_until
        step = {"interview_id": interview_id, "version": receipt.version, "reason": REASON}
        with database.transaction() as session:
            if afterwards == "returned":
                decisions.return_(session, actor("supervisor"), **step)
            else:
                lapses.lapse_due(session, at=until)
    assert reasons_of_the_next(database, actor, first) == reasons


@pytest.mark.parametrize(
    ("judgement", "band", "papers", "expected"),
    [
        ("lanjut", "hijau", "lengkap", "LANJUT"),
        ("lanjut", "hijau", "belum_diperiksa", "LANJUT"),
        ("lanjut", "hijau", "tunda", "TUNDA"),
        ("rujuk", "merah", "lengkap", "RUJUK"),
        ("perdalam", "kuning", "lengkap", None),
        ("lanjut", "kuning", "lengkap", None),
        ("rujuk", "hijau", "lengkap", None),
        ("lanjut", "merah", "lengkap", None),
    ],
)
def test_a_decision_is_offered_only_on_agreement(judgement, band, papers, expected):
    """WF-18."""
    from checklist.vocabulary import Band, Papers

    offered = decision_rules.prefilled(Judgement(judgement), Band(band), Papers(papers))
    assert offered == expected
