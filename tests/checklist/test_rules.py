"""The artefact of the rules: whole, equal after a round trip, refused when it does not fit."""

import copy
import json
from typing import Any

import pytest

from checklist.assessment import assess
from checklist.canonical import canonical_bytes, read_canonical
from checklist.compilation import compile_rules
from checklist.conditions import (
    ALWAYS,
    ConditionError,
    condition_as_json,
    condition_from_json,
    parse_condition,
)
from checklist.facts import Facts
from checklist.loading import load
from checklist.rules import RulesError, compile_artefact, rules_from, rules_of
from checklist.vocabulary import Purpose
from tests.checklist.strategies import RULES, record
from tests.checklist.vectors import record_of, rows


def artefact() -> dict[str, Any]:
    return json.loads(canonical_bytes(compile_artefact(load())))


def changed(**changes: object) -> dict[str, Any]:
    return artefact() | changes


def with_indicator(code: str, /, **changes: object) -> dict[str, Any]:
    whole = artefact()
    entry = next(item for item in whole["indicators"] if item["code"] == code)
    entry.update(changes)
    return whole


def test_rules_read_back_are_the_same_rules() -> None:
    rules = rules_of(load())
    again = rules_from(read_canonical(canonical_bytes(rules.artefact)))
    assert again.sha256 == rules.sha256 == RULES.sha256
    assert len(rules.sha256) == 64
    compiled = compile_rules(again)
    assert compiled.version == "tppo-2026.1"
    for row in list(rows())[:50]:
        one = record_of(row, RULES.questions)
        assert assess(one, compiled) == assess(one, RULES)


def test_the_digest_changes_with_any_weight() -> None:
    whole = artefact()
    whole["scoring"]["positive_at"] = 8
    assert rules_from(whole).sha256 != RULES.sha256


def test_the_artefact_holds_no_wording() -> None:
    assert "Biro" not in json.dumps(artefact())


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (with_indicator("TP-12", applies_if=[[["TP-99", "=", ["ya"]]]]), "TP-99"),
        (with_indicator("TP-12", applies_if=[[["TP-09", "=", ["td"]]]]), "TP-09"),
        (with_indicator("PK-01", applies_if=[[["age", ">=", ["21"]]]]), "age"),
        (with_indicator("DC-01", applies_if=[[["purpose", "in", ["XXX"]]]]), "purpose"),
        (with_indicator("TP-02", fires_when=[[["stay_weeks", ">", ["4"]]]]), "stay_weeks"),
        (with_indicator("TP-02", fires_when=[[["stay_days", ">", ["much"]]]]), "stay_days"),
        (with_indicator("TP-02", fires_when=[[["stay_days", "~", ["4"]]]]), "condition"),
        (with_indicator("TP-02", fires_when="stay_days > 4"), "condition"),
        (with_indicator("TP-11", fires_when=[[["destination", "=", ["SAU"]]]]), "destination"),
        (with_indicator("RW-05", fires_when=[[["rumour", "=", ["ya"]]]]), "rumour"),
        (
            with_indicator(
                "TP-11", fires_when=[[["destination", "in", ["closed_placements", "SAU"]]]]
            ),
            "destination",
        ),
        (
            with_indicator(
                "TP-01", variants=[{"when": [[["answer", "=", ["ya"]]]], "strength": "weak"}]
            ),
            "answer",
        ),
        (with_indicator("TP-01", fires_when=[[["watchlist_hit", "=", ["ya"]]]]), "TP-01"),
        (with_indicator("RW-01", points=-3), "RW cannot be lowered"),
        (with_indicator("TP-01", answer="perhaps"), "perhaps"),
        (with_indicator("TP-01", dimension="XX"), "XX"),
        (with_indicator("TP-01", code="TP-05"), "TP-01|twice"),
        (changed(supersedes=[{"by": "TP-99", "removes": ["TP-04"]}]), "TP-99"),
        (changed(bands=[{"code": "ungu", "fired": []}]), "ungu"),
        ({k: v for k, v in artefact().items() if k != "points"}, "points"),
        (changed(points={"strong": "many"}), "many"),
    ],
)
def test_an_artefact_that_does_not_fit_is_refused(whole: dict[str, Any], said: str) -> None:
    with pytest.raises(RulesError, match=said):
        rules_from(whole)


def test_an_indicator_given_twice_is_refused() -> None:
    whole = artefact()
    whole["indicators"].append(copy.deepcopy(whole["indicators"][0]))
    with pytest.raises(RulesError, match="twice"):
        rules_from(whole)


def test_indicators_may_not_open_each_other_in_a_circle() -> None:
    whole = with_indicator("TP-09", applies_if=[[["TP-10", "=", ["ya"]]]])
    entry = next(item for item in whole["indicators"] if item["code"] == "TP-10")
    entry["applies_if"] = [[["TP-09", "=", ["ya"]]]]
    with pytest.raises(RulesError, match="circle"):
        compile_rules(rules_from(whole))


def test_more_points_than_the_tables_hold_are_refused() -> None:
    with pytest.raises(RulesError, match="more points"):
        compile_rules(rules_from(changed(points={"strong": 60, "medium": 3, "weak": 1, "none": 0})))


def test_openings_chain_in_order_and_may_need_two_answers() -> None:
    whole = with_indicator("FN-04", applies_if=[[["FN-03", "=", ["ya"]], ["PK-05", "=", ["ya"]]]])
    entry = next(item for item in whole["indicators"] if item["code"] == "FN-03")
    entry["applies_if"] = [[["PK-02", "=", ["ya"]]]]
    rules = compile_rules(rules_from(whole))
    facts = Facts(Purpose.UMR, load().valid_from, 30)

    def fired(*codes: str) -> bool:
        answers = dict.fromkeys(("FN-04", *codes), "ya")
        return "FN-04" in assess(record(facts, answers), rules).fired

    assert fired("PK-02", "FN-03", "PK-05")
    assert not fired("FN-03", "PK-05")
    assert not fired("PK-02", "FN-03")


def test_a_computed_condition_may_join_facts_and_lists() -> None:
    condition = "replacement_months <= 3 and destination in KHM MMR or replacements_5y > 4"
    whole = with_indicator("RW-03", fires_when=condition_as_json(parse_condition(condition)))
    rules = compile_rules(rules_from(whole))

    def fired(**known: object) -> bool:
        facts = Facts(Purpose.UMR, load().valid_from, 30, **known)
        return "RW-03" in assess(record(facts, {}), rules).fired

    assert fired(replacement_months=3, destination="KHM")
    assert not fired(replacement_months=3, destination="SAU")
    assert not fired(replacement_months=4, destination="KHM")
    assert not fired(destination="KHM")
    assert fired(replacements_5y=5)


def test_a_stay_without_limit_never_fires() -> None:
    whole = with_indicator("TP-02", purposes=["HAJ", "UMR"])
    rules = compile_rules(rules_from(whole))
    for purpose, is_fired in ((Purpose.HAJ, False), (Purpose.UMR, True)):
        facts = Facts(purpose, load().valid_from, 30, stay_days=400)
        assert ("TP-02" in assess(record(facts, {}), rules).fired) is is_fired


def test_weak_points_are_capped_in_each_dimension() -> None:
    weak = {"strength": {"adult": "weak", "child": "weak"}}
    whole = artefact()
    for entry in whole["indicators"]:
        if entry["dimension"] == "CR":
            entry.update(weak)
    rules = compile_rules(rules_from(whole))
    facts = Facts(Purpose.UMR, load().valid_from, 30)
    answers = dict.fromkeys(("PK-04", "PK-08", "FN-01", "FN-02"), "ya")
    assert assess(record(facts, answers), rules).dimensions["CR"] == 3


@pytest.mark.parametrize("text", ["", "always", "  "])
def test_an_empty_condition_always_holds(text: str) -> None:
    assert parse_condition(text) == ALWAYS


@pytest.mark.parametrize("text", ["stay_days >", "stay_days", "= 3", "a = b c", "a > 1 2"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(text)


@pytest.mark.parametrize("text", ["purpose in KRJ PLT or TP-09=ya", "a not in B C and d >= 3"])
def test_conditions_survive_as_json(text: str) -> None:
    condition = parse_condition(text)
    assert condition_from_json(json.loads(json.dumps(condition_as_json(condition)))) == condition


@pytest.mark.parametrize("tree", [3, "x", [3], [[3]], [[["a", "="]]], [[["a", "=", []]]]])
def test_what_is_no_tree_is_refused(tree: Any) -> None:
    with pytest.raises(ConditionError):
        condition_from_json(tree)
