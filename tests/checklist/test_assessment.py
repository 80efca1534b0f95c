"""Scoring one record: equal to the slow reading of the rules, and never less for worse answers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.assessment import assess
from checklist.facts import Facts
from checklist.vocabulary import Answer, Band, Papers, Purpose
from tests.checklist import oracle, strategies
from tests.checklist.strategies import INSTRUMENT, RULES, record

ON = date(2026, 11, 24)
ASKED = [item for item in INSTRUMENT.indicators.values() if item.is_asked]
CHILD_ONLY = {"AN-01"}
OPENERS = {"DC-01": "TP-09", "DC-02": "TP-09", "DC-03": "TP-10", "FN-04": "PK-02", "AN-03": "PK-02"}


@given(strategies.facts, strategies.answers)
def test_engine_equals_the_slow_reading(facts: Facts, answers: dict[str, str]) -> None:
    result = assess(record(facts, answers), RULES)
    wanted = oracle.outcome(facts, answers)
    assert (result.points, result.positive, result.fired) == (
        wanted.points,
        wanted.positive,
        wanted.fired,
    )
    assert (result.band, result.band_max) == (wanted.band, wanted.band_max)
    assert result.papers == wanted.papers


@given(strategies.records)
def test_band_max_is_never_below_band(one: object) -> None:
    result = assess(one, RULES)
    assert result.band_max >= result.band


@given(strategies.facts, strategies.answers, st.data())
def test_a_worse_answer_never_lowers_the_band(
    facts: Facts, answers: dict[str, str], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from([item.code for item in ASKED if not item.is_protective]))
    better = {**answers, code: "tidak"}
    worse = {**answers, code: str(INSTRUMENT.indicators[code].answer.worst)}
    unknown = {**answers, code: "td"}
    low, high = (assess(record(facts, a), RULES) for a in (better, worse))
    assert high.band >= low.band
    assert assess(record(facts, unknown), RULES).band_max >= high.band_max


@given(strategies.facts, strategies.answers)
def test_protective_answers_touch_only_the_stated_purpose(
    facts: Facts, answers: dict[str, str]
) -> None:
    bare = {code: word for code, word in answers.items() if not code.startswith("PL")}
    shielded = {**bare, "PL-01": "ya", "PL-02": "ya", "PL-03": "ya", "PL-04": "ya"}
    without, with_them = (assess(record(facts, a), RULES) for a in (bare, shielded))
    assert with_them.points[1:] == without.points[1:]
    assert 0 <= with_them.points[0] <= without.points[0]
    assert with_them.fired == without.fired


@pytest.mark.parametrize("item", ASKED, ids=lambda item: item.code)
def test_each_question_has_a_yes_a_no_and_an_unknown(item: object) -> None:
    facts = Facts(
        purpose=_purpose_for(item),
        interview_date=ON,
        age=12 if item.code in CHILD_ONLY else 30,
    )
    opener = OPENERS.get(item.code)
    base = {opener: "ya"} if opener else {}
    yes, no, unknown = (
        assess(record(facts, {**base, item.code: word}), RULES)
        for word in (str(item.answer.worst), "tidak", "td")
    )
    if item.is_protective:
        raised = {**base, "TP-09": "ya", "TP-14": "ya"}
        lowered = assess(record(facts, {**raised, item.code: "ya"}), RULES)
        granted = assess(record(facts, raised), RULES).points[0] - lowered.points[0]
        assert granted == -item.points
        assert item.code not in lowered.fired
    else:
        assert item.code in yes.fired
        assert sum(yes.points) > sum(no.points)
    assert item.code not in no.fired
    assert item.code not in unknown.fired
    assert item.code in unknown.unknown
    assert item.code not in no.unknown


def _purpose_for(item: object) -> Purpose:
    wanted = [purpose for purpose in Purpose if purpose in item.purposes]
    return Purpose.BLM if Purpose.BLM in wanted else wanted[0]


BASE = Facts(purpose=Purpose.UMR, interview_date=ON, age=30, destination="SAU", stay_days=9)
COMPUTED = [
    ("TP-02", {"stay_days": 31}, {"stay_days": 30}, {"stay_days": None}),
    ("TP-04", {"missing_documents": 1}, {"missing_documents": 0}, {"missing_documents": None}),
    ("TP-11", {"destination": "MYS"}, {"destination": "SAU"}, {"destination": None}),
    (
        "PK-03",
        {"shared_contact_households_90d": 3},
        {"shared_contact_households_90d": 2},
        {"shared_contact_households_90d": None},
    ),
    (
        "PK-03",
        {"shared_third_party_households_180d": 3},
        {"shared_third_party_households_180d": 2},
        {"shared_third_party_households_180d": None},
    ),
    ("ID-01", {"nik_disagrees": True}, {"nik_disagrees": False}, {"nik_disagrees": None}),
    (
        "RW-02",
        {"prior_np_refusal_days": 0, "prior_np_refusal_purpose": Purpose.WIS},
        {"prior_np_refusal_days": 0, "prior_np_refusal_purpose": Purpose.UMR},
        {"prior_np_refusal_days": None},
    ),
    ("RW-03", {"replacement_months": 11}, {"replacement_months": 12}, {"replacement_months": None}),
    ("RW-03", {"replacements_5y": 2}, {"replacements_5y": 1}, {"replacements_5y": None}),
    ("RW-05", {"watchlist_hit": True}, {"watchlist_hit": False}, {"watchlist_hit": None}),
]


@pytest.mark.parametrize(("code", "yes", "no", "unknown"), COMPUTED)
def test_each_computed_fact_has_a_yes_a_no_and_an_unknown(
    code: str, yes: dict, no: dict, unknown: dict
) -> None:
    results = [assess(record(replace(BASE, **change), {}), RULES) for change in (yes, no, unknown)]
    assert [code in result.fired for result in results] == [True, False, False]


def test_a_closed_country_counts_only_for_work() -> None:
    to_cambodia = replace(BASE, purpose=Purpose.WIS, destination="KHM")
    at_work = replace(to_cambodia, purpose=Purpose.KRJ)
    assert "TP-12" not in assess(record(to_cambodia, {}), RULES).fired
    assert "TP-12" in assess(record(to_cambodia, {"TP-10": "ya"}), RULES).fired
    assert "TP-12" in assess(record(at_work, {}), RULES).fired
    before_the_list = replace(at_work, interview_date=date(2024, 12, 31))
    assert "TP-12" not in assess(record(before_the_list, {}), RULES).fired


def test_a_child_who_is_to_work_is_merah_by_age_alone() -> None:
    child = replace(BASE, purpose=Purpose.KRJ, age=17)
    result = assess(record(child, {}), RULES)
    assert (result.fired, result.band) == (("AN-02",), Band.MERAH)
    assert assess(record(replace(child, age=18), {}), RULES).fired == ()


@pytest.mark.parametrize(("days", "points"), [(0, 6), (180, 6), (181, 3), (4000, 3)])
def test_an_earlier_refusal_weighs_less_after_half_a_year(days: int, points: int) -> None:
    before = replace(BASE, prior_np_refusal_days=days, prior_np_refusal_purpose=Purpose.KRJ)
    assert assess(record(before, {}), RULES).dimensions["RW"] == points


def test_the_honest_worker_without_recommendation_is_hijau_and_asked_for_papers() -> None:
    facts = replace(BASE, purpose=Purpose.KRJ, destination="MYS", missing_documents=1)
    result = assess(record(facts, {"TP-09": "ya"}), RULES)
    assert (result.band, result.papers) == (Band.HIJAU, Papers.TUNDA)
    assert result.dimensions["TP"] == 6
    assert result.removed == {"TP-04": "TP-09"}


def test_a_removed_fact_has_already_opened_what_it_opens() -> None:
    facts = replace(BASE, shared_contact_households_90d=3)
    result = assess(record(facts, {"PK-02": "ya", "FN-04": "ya"}), RULES)
    assert result.removed == {"PK-02": "PK-03"}
    assert {"FN-04", "PK-03"} <= set(result.fired)


def test_answers_that_do_not_apply_are_listed_and_not_scored() -> None:
    result = assess(record(BASE, {"DC-06": "ya", "TP-07": "td", "TP-13": "tidak"}), RULES)
    assert result.ignored == ("DC-06", "TP-07", "TP-13")
    assert result.points == (0,) * 6
    assert result.band_max is Band.HIJAU
    assert "TP-05" in result.applicable


def test_spelling_and_a_match_with_the_same_identity_weigh_less() -> None:
    def points(code: str, word: str) -> int:
        return assess(record(BASE, {code: word}), RULES).dimensions["ID"]

    assert (points("ID-02", "ejaan"), points("ID-02", "ya")) == (1, 3)
    assert (points("ID-05", "identitas_sama"), points("ID-05", "identitas_berbeda")) == (0, 6)
    same = assess(record(BASE, {"ID-05": "identitas_sama"}), RULES)
    assert same.fired == ("ID-05",)


def test_papers_need_no_looking_at_where_the_purpose_has_none() -> None:
    touring = replace(BASE, purpose=Purpose.WIS)
    assert assess(record(touring, {}), RULES).papers is Papers.LENGKAP
    assert assess(record(BASE, {}), RULES).papers is Papers.BELUM_DIPERIKSA


def test_a_record_shows_no_values_and_equal_results_are_equal() -> None:
    one = assess(record(BASE, {"TP-05": "ya"}), RULES)
    assert one == assess(record(BASE, {"TP-05": "ya"}), RULES)
    assert "TP-05" not in repr(one.record)
    assert Answer.YA not in repr(one.record)
