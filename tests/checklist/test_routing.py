"""What is asked: short for an honest applicant, and nothing strong out of reach."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.facts import Facts
from checklist.routing import Situation, expand_gates, route, routing_tables
from checklist.vocabulary import Answer, Purpose, Strength
from tests.checklist.strategies import INSTRUMENT, RULES, answers

ON = date(2026, 11, 24)
GATES = tuple(INSTRUMENT.gates)


def situation(
    purpose: Purpose, *, age: int = 30, days_ahead: int | None = 20, **facts: object
) -> Situation:
    has_papers = bool(INSTRUMENT.papers_for(purpose, ON))
    known = Facts(
        purpose=purpose,
        interview_date=ON,
        age=age,
        destination="SAU",
        stay_days=9,
        missing_documents=0 if has_papers else None,
    )
    departure = None if days_ahead is None else ON + timedelta(days=days_ahead)
    return Situation(replace(known, **facts), departure)


def asked(where: Situation, given_answers: dict[str, str]) -> tuple[str, ...]:
    read = {code: Answer(word) for code, word in given_answers.items()}
    return route(where, read, instrument=INSTRUMENT, rules=RULES).steps


def interview(where: Situation, words: dict[str, str]) -> dict[str, str]:
    """Answer one question after the other, tidak unless `words` says otherwise."""
    done: dict[str, str] = {}
    while open_steps := [code for code in asked(where, done) if code not in done]:
        done[open_steps[0]] = words.get(open_steps[0], "tidak")
    return done


@pytest.mark.parametrize("purpose", Purpose)
def test_a_clean_adult_answers_at_most_sixteen_questions(purpose: Purpose) -> None:
    done = interview(situation(purpose), {})
    assert len(done) <= 16
    assert not [code for code in done if code.startswith("PL")]


@pytest.mark.parametrize(
    ("purpose", "count"), [(Purpose.UMR, 15), (Purpose.WIS, 14), (Purpose.KEL, 15)]
)
def test_the_common_interviews_have_the_length_that_was_budgeted(
    purpose: Purpose, count: int
) -> None:
    assert len(interview(situation(purpose), {})) == count


def test_every_question_can_be_reached() -> None:
    reached: set[str] = set()
    for purpose, age in product(Purpose, (12, 30)):
        reached.update(interview(situation(purpose, age=age), dict.fromkeys(GATES, "ya")))
        everything = {item.code: str(item.answer.worst) for item in INSTRUMENT.indicators.values()}
        reached.update(
            interview(situation(purpose, age=age), everything | dict.fromkeys(GATES, "ya"))
        )
    assert reached == {*INSTRUMENT.questions, *GATES}


@pytest.mark.parametrize("purpose", Purpose)
def test_no_strong_indicator_is_out_of_reach(purpose: Purpose) -> None:
    everything = {item.code: str(item.answer.worst) for item in INSTRUMENT.indicators.values()}
    for age in (12, 30):
        done = interview(situation(purpose, age=age), everything | dict.fromkeys(GATES, "ya"))
        strong = {
            item.code
            for item in INSTRUMENT.indicators.values()
            if item.is_asked
            and item.strength(is_child=age < 18) is Strength.STRONG
            and purpose in item.purposes
        }
        out_of_reach = strong - set(done) - ({"ID-03"} if age < 18 else {"AN-01"})
        assert out_of_reach == set()


@pytest.mark.parametrize(
    ("days_ahead", "is_asked"), [(None, True), (0, True), (30, True), (31, False), (-3, True)]
)
def test_the_return_plan_is_asked_when_departure_is_near_or_unknown(
    days_ahead: int | None, is_asked: bool
) -> None:
    where = situation(Purpose.UMR, days_ahead=days_ahead)
    assert ("TP-03" in asked(where, {})) is is_asked


def test_work_questions_follow_a_work_answer() -> None:
    where = situation(Purpose.WIS)
    assert "DC-01" not in asked(where, {})
    assert {"DC-01", "DC-02", "DC-03"} <= set(asked(where, {"TP-10": "ya"}))
    assert "DC-01" not in asked(where, {"TP-10": "td"})
    assert {"DC-01", "DC-02", "DC-03"} <= set(asked(situation(Purpose.KRJ), {}))


@pytest.mark.parametrize(
    ("where", "given_answers", "is_asked"),
    [
        (situation(Purpose.UMR), {}, False),
        (situation(Purpose.UMR), {"TP-05": "ya"}, True),
        (situation(Purpose.UMR), {"TP-05": "td"}, True),
        (situation(Purpose.UMR), {"TP-07": "ya"}, False),
        (situation(Purpose.UMR), {"DC-04": "ya"}, False),
        (situation(Purpose.UMR, stay_days=None), {}, True),
        (situation(Purpose.UMR, stay_days=31), {}, True),
        (situation(Purpose.UMR, missing_documents=None), {}, True),
        (situation(Purpose.UMR, missing_documents=1), {}, True),
        (situation(Purpose.UMR, destination=None), {}, True),
        (situation(Purpose.BLM, stay_days=None, destination=None), {}, False),
        (situation(Purpose.WIS, destination=None), {}, False),
        (situation(Purpose.KRJ, missing_documents=1), {"TP-09": "ya"}, True),
    ],
)
def test_what_strengthens_is_asked_only_when_the_purpose_is_in_doubt(
    where: Situation, given_answers: dict[str, str], is_asked: bool
) -> None:
    assert ("PL-03" in asked(where, given_answers)) is is_asked


def test_a_gate_opens_its_questions_and_closes_them() -> None:
    where = situation(Purpose.UMR)
    behind = set(INSTRUMENT.gates["GT-3"].indicators)
    assert behind <= set(asked(where, {"GT-3": "ya"}))
    for word in ("tidak", "td"):
        assert not behind & set(asked(where, {"GT-3": word}))
    assert not behind & set(asked(where, {}))


def test_what_hangs_on_an_answer_behind_a_gate_is_asked_after_it() -> None:
    where = situation(Purpose.UMR)
    assert "FN-04" not in asked(where, {"GT-1": "ya"})
    assert {"FN-04", "AN-03"} <= set(asked(where, {"GT-1": "ya", "PK-02": "ya"}))


def test_steps_are_in_screen_order() -> None:
    steps = asked(situation(Purpose.UMR), {"GT-1": "ya", "GT-2": "ya"})
    places = {item.code: place for place, item in enumerate(INSTRUMENT.on_screen)}
    assert list(steps) == sorted(steps, key=places.__getitem__)
    assert steps.index("GT-2") < steps.index("PK-01") < steps.index("GT-1")


def test_a_child_is_asked_about_its_guardian_and_an_adult_is_not() -> None:
    child = asked(situation(Purpose.WIS, age=12), {"GT-2": "ya", "GT-4": "ya"})
    adult = asked(situation(Purpose.WIS), {"GT-2": "ya", "GT-4": "ya"})
    assert {"AN-01"} == set(child) - set(adult)
    assert {"PK-01", "ID-03"} == set(adult) - set(child)


@given(answers, st.dictionaries(st.sampled_from(GATES), st.sampled_from(["ya", "tidak", "td"])))
def test_expanding_gates_equals_answering_each_question(
    own: dict[str, str], gates: dict[str, str]
) -> None:
    read = {code: Answer(word) for code, word in (own | gates).items()}
    explicit = {
        code: word
        for gate, word in gates.items()
        if word != "ya"
        for code in INSTRUMENT.gates[gate].indicators
    } | own
    assert expand_gates(read, INSTRUMENT) == explicit


def test_what_is_unanswered_leaves_out_what_a_closed_gate_answers() -> None:
    read = {"GT-1": Answer.TIDAK, "GT-2": Answer.TD, "GT-3": Answer.YA, "PK-06": Answer.TIDAK}
    where = situation(Purpose.UMR)
    found = route(where, read, instrument=INSTRUMENT, rules=RULES)
    left = set(found.unanswered(read, INSTRUMENT))
    assert {"PK-07", "PK-08", "ID-02", "TP-05"} <= left
    assert not {"PK-02", "PK-01", "PK-06"} & left


def test_the_tables_for_the_browser_hold_every_step() -> None:
    tables = routing_tables(INSTRUMENT)
    steps = {step["code"]: step for step in tables["steps"]}
    assert set(steps) == {*INSTRUMENT.questions, *GATES}
    assert steps["GT-2"]["opens"] == ["PK-01", "PK-04"]
    assert steps["TP-03"]["routed_when"] == "departure_soon"
    assert steps["FN-04"]["applies_if"] == [[["PK-02", "=", ["ya"]]]]
    assert steps["ID-05"]["answers"] == ["identitas_sama", "identitas_berbeda", "tidak", "td"]
    assert steps["DC-08"]["note"] == {"adult": [], "child": ["ya"]}
    assert steps["ID-05"]["note"]["adult"] == ["identitas_berbeda"]
    assert tables["departure_window_days"] == 30
