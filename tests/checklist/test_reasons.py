"""Reasons in words, the question that clarifies most, the smallest changes."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from checklist.assessment import assess
from checklist.facts import Facts
from checklist.reasons import (
    Change,
    next_question,
    reason_text,
    reasons_of,
    smallest_changes,
    visible_code,
)
from checklist.vocabulary import Answer, Band, Purpose
from tests.checklist import strategies
from tests.checklist.strategies import INSTRUMENT, RULES, record

BASE = Facts(
    purpose=Purpose.UMR,
    interview_date=date(2026, 11, 24),
    age=30,
    destination="SAU",
    stay_days=9,
    missing_documents=0,
)


def outcome(answers: dict[str, str], **facts: object):
    return assess(record(replace(BASE, **facts), answers), RULES)


def test_reasons_come_by_dimension_and_weight_with_their_points() -> None:
    result = outcome({"TP-03": "ya", "TP-06": "ya", "DC-04": "ya", "ID-02": "ejaan"})
    found = [(r.code, r.strength.value, r.points) for r in reasons_of(result)]
    assert found == [
        ("TP-06", "strong", 6),
        ("TP-03", "weak", 1),
        ("DC-04", "medium", 3),
        ("ID-02", "weak", 1),
    ]


def test_reasons_read_as_facts_in_both_languages() -> None:
    spelling, refused = reasons_of(
        outcome({"ID-02": "ejaan"}, prior_np_refusal_days=20, prior_np_refusal_purpose=Purpose.KRJ)
    )
    assert reason_text(spelling, INSTRUMENT) == "Dokumen hanya berbeda ejaan."
    assert reason_text(spelling, INSTRUMENT, lang="en") == "The papers differ only in spelling."
    assert (refused.code, refused.strength.value, refused.answer) == ("RW-02", "strong", None)
    item = INSTRUMENT.indicators["RW-02"]
    assert reason_text(refused, INSTRUMENT) == item.screen.fact_ya.id


def test_an_officer_does_not_learn_of_the_watch_list() -> None:
    (hit,) = reasons_of(outcome({}, watchlist_hit=True))
    assert reason_text(hit, INSTRUMENT) == "Inteldakim perlu memeriksa satu hal."
    assert "intelligence section" in reason_text(hit, INSTRUMENT, lang="en")
    assert visible_code(hit.code) is None
    assert visible_code(hit.code, for_officer=False) == "RW-05"
    assert reason_text(hit, INSTRUMENT, for_officer=False) != reason_text(hit, INSTRUMENT)
    assert visible_code("PK-03") == "PK-03"


def test_the_next_question_gives_the_highest_band_then_most_points_then_comes_first() -> None:
    assert next_question(outcome({"TP-05": "td", "PK-06": "td", "ID-04": "td"})) == "PK-06"
    assert next_question(outcome({"TP-05": "td", "ID-04": "td"})) == "ID-04"
    assert next_question(outcome({"TP-08": "td", "TP-05": "td"})) == "TP-05"
    assert next_question(outcome({"TP-03": "td", "TP-05": "td"})) == "TP-05"


def test_nothing_is_asked_where_nothing_would_move() -> None:
    assert next_question(outcome({})) is None
    assert next_question(outcome({"PL-03": "td"})) is None
    assert next_question(outcome({"DC-06": "td"})) is None
    assert next_question(outcome({"PK-02": "td"}, shared_contact_households_90d=3)) is None


def test_the_smallest_changes_are_single_facts_where_single_facts_do() -> None:
    result = outcome({"TP-05": "ya", "TP-06": "ya", "TP-03": "td"})
    assert result.band is Band.KUNING
    assert smallest_changes(result) == (
        Change(("TP-05",), Answer.TIDAK, Band.HIJAU),
        Change(("TP-06",), Answer.TIDAK, Band.HIJAU),
    )


def test_facts_are_taken_together_only_where_one_is_not_enough() -> None:
    result = outcome({"PK-06": "ya", "PK-07": "ya", "RW-01": "td"})
    (change,) = smallest_changes(result)
    assert change == Change(("PK-06", "PK-07"), Answer.TIDAK, Band.HIJAU)


def test_an_unknown_that_would_raise_the_band_is_a_change_too() -> None:
    result = outcome({"PK-06": "td", "PL-03": "td"})
    assert smallest_changes(result) == (Change(("PK-06",), Answer.YA, Band.MERAH),)


@given(strategies.records)
def test_changes_and_questions_keep_their_promise(one: object) -> None:
    result = assess(one, RULES)
    for change in smallest_changes(result):
        assert (change.band < result.band) == (change.answer is Answer.TIDAK)
    code = next_question(result)
    assert code is None or code in result.unknown
    total = sum(reason.points for reason in reasons_of(result))
    assert total >= sum(result.points)
