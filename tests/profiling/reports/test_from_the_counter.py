"""A report over interviews that the services themselves sealed, decided and reviewed."""

import pytest
from sqlalchemy import select

from checklist.loading import load
from checklist.vocabulary import Disposition, Outcome, ReasonCode, VersionKind
from profiling.records import Interview, InterviewVersion
from profiling.services import corrections, decisions, reporting
from profiling.services.reporting import Asked
from tests.support import cases as work
from tests.support.submissions import make_submission, red_submission


def figures(database, actor, **asked):
    with database.reading() as session:
        month = reporting.current_period(session)
        return reporting.report_figures(session, actor("supervisor"), Asked(month, **asked))


def decided(database, officer, interview_id, disposition, code=None):
    with database.transaction() as session:
        version = session.get_one(Interview, interview_id).version
        wish = decisions.Wish(version, disposition, "Alasan yang cukup panjang.", code)
        decisions.decide(session, officer, interview_id=interview_id, wish=wish)


def corrected(database, officer, interview_id, kind, changes):
    with database.transaction() as session:
        version = session.get_one(Interview, interview_id).version
        correction = corrections.Correction(
            version, kind, "Dibaca ulang dari tiket dan KTP.", changes
        )
        corrections.correct(
            session, officer, interview_id=interview_id, correction=correction, lang="id"
        )


def test_what_was_sealed_and_decided_is_counted_once(database, actor) -> None:
    officer = actor("officer")
    clean = work.seal(database, officer, make_submission())
    red = work.seal(database, officer, red_submission())
    decided(database, officer, clean, Disposition.LANJUT)

    found = figures(database, actor)

    assert found["interviews"] == 2
    assert found["bands"] == {"hijau": 1, "kuning": 0, "merah": 1}
    assert found["dispositions"]["LANJUT"] == 1
    assert found["overrides"] == {"raised": 0, "lowered": 0}
    assert found["purposes"]["UMR"] == 2
    assert found["completeness"] > 0.9
    assert found["median_interview_seconds"] == 180
    assert found["cases"]["opened"] == found["cases"]["open"] == 1
    assert set(found["indicators"]) == set(load().questions)
    assert red != clean


def test_completeness_is_what_was_answered_ya_or_tidak_of_what_was_asked(database, actor) -> None:
    officer = actor("officer")
    work.seal(database, officer, make_submission())
    clean = figures(database, actor)
    unknown = {"GT-3": "td", "TP-15": "td"}
    second = work.seal(database, officer, make_submission(answers=unknown))

    found = figures(database, actor)

    with database.reading() as session:
        versions = session.scalars(select(InterviewVersion)).all()
    asked = {version.interview_id == second: version.routed for version in versions}
    unanswered = len([*load().gates["GT-3"].indicators, "TP-15"])
    assert clean["completeness"] == 1
    total = sum(asked.values())
    assert asked[True] > asked[False] > len(load().gates)
    assert found["completeness"] == pytest.approx((total - unanswered) / total)


def test_an_office_includes_its_places_of_service(database, actor) -> None:
    officer = actor("officer")
    for office in ("PMK", "PMK-MPP-SPG"):
        work.seal(database, officer, make_submission(office=office))
    counted = [
        figures(database, actor, office=office)["interviews"]
        for office in (None, "PMK", "PMK-MPP-SPG")
    ]
    assert counted == [2, 2, 1]


def test_a_later_version_changes_no_count_and_a_voided_one_leaves(database, actor) -> None:
    officer = actor("officer")
    first = work.seal(database, officer, make_submission())
    second = work.seal(database, officer, make_submission())
    before = figures(database, actor)
    corrected(database, officer, first, VersionKind.PERBAIKAN, {"stay_days": 13})
    corrected(database, officer, second, VersionKind.BATAL, {})

    after = figures(database, actor)

    assert (before["interviews"], before["voided"]) == (2, 0)
    assert (after["interviews"], after["voided"]) == (1, 1)
    assert after["bands"]["hijau"] == 1


def test_bands_papers_and_purposes_are_those_of_the_first_version(database, actor) -> None:
    officer = actor("officer")
    interview_id = work.seal(database, officer, make_submission())
    red = red_submission(documents={"SURAT-PPIU": "missing"})
    names = ("answers", "notes", "officer_judgement", "judgement_reason", "documents")
    changes = {name: red[name] for name in names}
    corrected(database, officer, interview_id, VersionKind.PENDALAMAN, changes)
    decided(database, officer, interview_id, Disposition.RUJUK)

    found = figures(database, actor)

    assert found["bands"] == {"hijau": 1, "kuning": 0, "merah": 0}
    assert found["papers"] == {"lengkap": 1, "tunda": 0, "belum_diperiksa": 0}
    assert found["indicators"]["PK-06"] == {"ya": 0, "tidak": 1, "td": 0}
    assert found["overrides"] == {"raised": 1, "lowered": 0}


def test_overrides_compare_the_first_decision_though_the_last_counts(database, actor) -> None:
    officer = actor("officer")
    interview_id = work.seal(database, officer, make_submission())
    decided(database, officer, interview_id, Disposition.TUNDA, ReasonCode.LAIN)
    decided(database, officer, interview_id, Disposition.LANJUT)

    found = figures(database, actor)

    assert found["overrides"] == {"raised": 1, "lowered": 0}
    assert (found["dispositions"]["LANJUT"], found["dispositions"]["TUNDA"]) == (1, 0)


def test_a_closed_red_case_counts_for_precision(database, actor) -> None:
    case = work.red_case(database, actor("officer"))
    analyst = actor("analyst")
    for action, fields in (
        ("take", {}),
        ("finding", {}),
        ("close", {"outcome": Outcome.INDIKASI_TPPO}),
    ):
        work.do(database, analyst, case, action, **fields)

    found = figures(database, actor)

    assert found["cases"]["closed"] == 1
    assert found["flag_precision"]["value"] == 1
    assert found["flag_precision"]["n"] == 1
