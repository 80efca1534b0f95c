"""What an officer reads about their own interviews."""

import pytest
from sqlalchemy import select

from checklist.vocabulary import Disposition, Outcome
from profiling.errors import NotAllowed
from profiling.records import Account
from profiling.services import feedback
from tests.support.cases import decide, do, red_case, referred_case, reread_case, seal
from tests.support.submissions import make_submission


def shown(database, actor):
    with database.reading() as session:
        return feedback.own_feedback(session, actor)


def end(database, actor, case, outcome):
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "close", outcome=outcome)


def test_each_followed_interview_has_its_outcome_once_the_case_is_closed(database, actor):
    officer = actor("officer")
    open_case, closed, waiting = (referred_case(database, officer) for _ in range(3))
    end(database, actor, closed, "INDIKASI-NP")
    red = red_case(database, officer)
    end(database, actor, red, "TIDAK-TERBUKTI")
    found = shown(database, officer).followed
    assert [(each.receipt_no, each.outcome) for each in found] == [
        (4, None),
        (3, None),
        (2, Outcome.INDIKASI_NP),
        (1, None),
    ]
    assert {open_case.id, waiting.id} != {closed.id}


def test_a_re_read_is_never_told(database, actor):
    case = reread_case(database, actor("officer"))
    end(database, actor, case, "INDIKASI-NP")
    assert shown(database, actor("officer")).followed == ()


def test_a_re_read_that_the_officer_referred_is_told(database, actor):
    officer = actor("officer")
    case = reread_case(database, officer)
    reason = "Pemohon perlu ditanya lebih lanjut."
    decide(database, officer, case.interview_id, Disposition.RUJUK, reason)
    end(database, actor, case, "INDIKASI-NP")
    (found,) = shown(database, officer).followed
    assert found.outcome is Outcome.INDIKASI_NP


def test_nothing_of_a_colleague_is_shown(database, actor):
    red_case(database, actor("officer2"))
    found = shown(database, actor("officer"))
    assert found.followed == ()
    assert sum(month.interviews for month in found.months) == 0


def test_the_month_counts_interviews_and_completeness(database, actor):
    officer = actor("officer")
    seal(database, officer, make_submission())
    seal(database, officer, make_submission(answers={"TP-08": "td"}))
    month = shown(database, officer).months[-1]
    assert month.interviews == 2
    assert 0.9 < month.complete < 1
    assert month.unknown == pytest.approx(1 - month.complete)
    assert month.office_complete is None
    assert len(shown(database, officer).months) == 12


def test_the_middle_half_needs_five_officers(database, actor, monkeypatch):
    for name in ("officer", "officer2"):
        seal(database, actor(name), make_submission())
    assert shown(database, actor("officer")).months[-1].office_interviews is None
    monkeypatch.setattr(feedback, "FEWEST_OFFICERS", 2)
    assert shown(database, actor("officer")).months[-1].office_interviews == (1, 1)


@pytest.mark.parametrize(
    ("changes", "disposition", "changed"),
    [
        ({}, Disposition.LANJUT, 0),
        ({}, Disposition.RUJUK, 1),
        ({}, Disposition.BATAL, 0),
        ({"documents": {"SURAT-PPIU": "missing"}}, Disposition.TUNDA, 0),
        ({}, Disposition.TUNDA, 1),
        (
            {"officer_judgement": "rujuk", "judgement_reason": "Jawaban berubah-ubah."},
            Disposition.LANJUT,
            1,
        ),
    ],
)
def test_a_mind_is_changed_when_the_decision_weighs_otherwise(
    database, actor, changes, disposition, changed
):
    officer = actor("officer")
    interview_id = seal(database, officer, make_submission(**changes))
    decide(database, officer, interview_id, disposition, "Alasan yang ditulis petugas sendiri.")
    mind = shown(database, officer).changed_mind
    assert (mind.decided, mind.changed, mind.open) == (1, changed, changed)


def test_what_came_of_a_changed_mind_is_counted(database, actor):
    for outcome in ("TIDAK-TERBUKTI", "INDIKASI-TPPO", "DOKUMEN-IDENTITAS", "PERLU-BAKET"):
        end(database, actor, referred_case(database, actor("officer")), outcome)
    mind = shown(database, actor("officer")).changed_mind
    assert (mind.changed, mind.not_confirmed, mind.indication, mind.more_needed) == (4, 1, 2, 1)


@pytest.mark.parametrize("role", ["analyst", "supervisor", "admin", "auditor"])
def test_only_officers_have_feedback(session, actor, role):
    with pytest.raises(NotAllowed):
        feedback.own_feedback(session, actor(role))


def test_the_page_has_no_name_of_another_officer(client, database, actor):
    referred_case(database, actor("officer"))
    red_case(database, actor("officer2"))
    client.sign_in("officer")
    page = client.get_page("/me")
    assert "Hasil tindak lanjut wawancara Anda" in page.text
    assert "Sedang dibaca Inteldakim." in page.text
    with database.reading() as session:
        others = session.scalars(select(Account.name).where(Account.username != "officer")).all()
    assert not [name for name in others if name in page.text.replace("Pegawai officer,", "")]
    client.sign_in("analyst")
    assert "Hasil tindak lanjut" not in client.get_page("/me").text
