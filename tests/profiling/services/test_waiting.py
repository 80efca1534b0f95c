"""What waits for a supervisor, and what an officer reads of a result."""

import uuid

import pytest

from checklist.vocabulary import Disposition, Outcome
from profiling.errors import Conflict, NotAllowed, NotFound
from profiling.services import decision_steps, own_interviews, results, waiting
from profiling.services.decisions import Wish
from tests.support.cases import decide, do, red_case
from tests.support.sealed import MISSING, head_of, seal_band

LONG = "Surat PPIU belum dibawa pemohon."


@pytest.fixture
def postponed(database, actor):
    def make(username="officer", office="PMK"):
        officer = actor(username)
        interview_id = seal_band(database, officer, "hijau", office=office, **MISSING)
        decide(database, officer, interview_id, Disposition.TUNDA, LONG)
        return interview_id

    return make


def waits_for(database, supervisor):
    with database.reading() as session:
        return waiting.waiting_for(session, supervisor, lang="id")


def test_postponements_wait_within_the_scope(database, actor, postponed):
    own, other = postponed(), postponed("officer-k001", "K001")
    found = waits_for(database, actor("supervisor"))
    assert [item.interview_id for item in found.postponed] == [own]
    assert [paper.label for paper in found.postponed[0].missing] == ["Surat PPIU"]
    assert found.postponed[0].officer == "Pegawai officer"
    elsewhere = waits_for(database, actor("supervisor-k001"))
    assert [item.interview_id for item in elsewhere.postponed] == [other]
    assert waits_for(database, actor("supervisor-k002")).postponed == ()


def test_a_confirmed_postponement_waits_no_longer(database, actor, postponed):
    interview_id = postponed()
    supervisor, key = actor("supervisor"), str(uuid.uuid4())
    version = head_of(database, interview_id).version
    for _ in range(2):
        with database.transaction() as session:
            receipt = decision_steps.confirm(
                session, supervisor, interview_id=interview_id, version=version, key=key
            )
        assert receipt["version"] == version + 1
    assert waits_for(database, supervisor).postponed == ()


def test_one_key_is_one_decision_and_another_wish_a_conflict(database, actor):
    officer, key = actor("officer"), str(uuid.uuid4())
    interview_id = seal_band(database, officer, "hijau")
    wishes = [Wish(1, Disposition.LANJUT), Wish(1, Disposition.LANJUT)]
    receipts = []
    for wish in wishes:
        with database.transaction() as session:
            receipts.append(
                decision_steps.decide(
                    session, officer, interview_id=interview_id, wish=wish, key=key
                )
            )
    assert receipts[0] == receipts[1]
    other = Wish(1, Disposition.BATAL, LONG)
    with database.transaction() as session, pytest.raises(Conflict):
        decision_steps.decide(session, officer, interview_id=interview_id, wish=other, key=key)


def test_a_closed_case_waits_even_when_nobody_decided_before(database, actor):
    case = red_case(database, actor("officer"))
    for action in ("take", "finding", "close"):
        do(database, actor("analyst"), case, action)
    item = waits_for(database, actor("supervisor")).closed[0]
    assert (item.interview_id, item.outcome) == (case.interview_id, Outcome.INDIKASI_NP)
    assert item.officer == "Pegawai officer"


@pytest.mark.parametrize("username", ["officer", "analyst", "auditor", "admin"])
def test_only_supervisors_are_waited_for(database, actor, username):
    with pytest.raises(NotAllowed):
        waits_for(database, actor(username))


def test_an_officer_reads_words_and_what_may_be_done(database, actor):
    officer = actor("officer")
    interview_id = seal_band(database, officer, "kuning")
    with database.reading() as session:
        view = results.read_result(session, officer, interview_id, lang="id")
    current = view.current
    assert (current.band, current.band_max, current.adverse_unknown) == ("kuning", "merah", 2)
    assert (current.question.code, set(current.unknown)) == ("PK-06", {"PK-06", "TP-14"})
    assert current.groups[0].heading == "Tujuan perjalanan"
    assert (view.offered, view.is_agreed, view.may_add, view.may_correct) == (
        None,
        True,
        True,
        True,
    )
    with database.reading() as session, pytest.raises(NotFound):
        results.read_result(session, actor("analyst"), interview_id, lang="id")


def test_papers_of_one_group_are_missing_together():
    from datetime import date

    from checklist.loading import load

    papers = load().papers_for("HAJ", date(2026, 11, 24))
    states = {paper.code: "missing" for paper in papers}
    (one,) = results.missing_papers(papers, states, "id")
    assert one.label.count(" / ") == len(papers) - 1
    states[papers[0].code] = "unverified"
    assert results.missing_papers(papers, states, "id") == ()


def test_an_interview_is_found_by_either_number(database, actor):
    officer = actor("officer")
    interview_id = seal_band(database, officer, "hijau", application_no="2026-000091")
    receipt = str(head_of(database, interview_id).receipt_no)
    with database.reading() as session:
        for text in ("2026-000091", f" {receipt} "):
            assert own_interviews.find(session, officer, text=text) == interview_id
        for who, text in (("officer2", receipt), ("officer-k001", "2026-000091"), ("officer", "x")):
            with pytest.raises(NotFound):
                own_interviews.find(session, actor(who), text=text)


def test_the_own_list_is_paged_newest_first(database, actor, monkeypatch):
    monkeypatch.setattr(own_interviews, "PAGE_SIZE", 2)
    officer = actor("officer")
    ids = [seal_band(database, officer, "hijau") for _ in range(3)]
    with database.reading() as session:
        first = own_interviews.own_interviews(session, officer)
        second = own_interviews.own_interviews(session, officer, page=2)
    assert [item.id for item in (*first.items, *second.items)] == ids[::-1]
    assert (first.has_older, second.has_older) == (True, False)
