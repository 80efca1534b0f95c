"""Loading an instrument: from its folder, from stored content, and never half."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.canonical import canonical_bytes, read_canonical
from checklist.loading import FOLDER, InstrumentError, instrument_from, load, read_folder
from checklist.vocabulary import Answer, Purpose

VERSION = "tppo-2026.1"


def content() -> dict[str, Any]:
    return copy.deepcopy(read_folder(FOLDER / VERSION))


def test_the_shipped_version_loads_once() -> None:
    assert load() is load()
    assert (load().version, load().valid_from) == (VERSION, date(2026, 1, 1))
    assert len(load().indicators) == 54
    assert len(load().questions) == 44


def test_stored_content_gives_the_same_instrument() -> None:
    again = instrument_from(read_canonical(canonical_bytes(content())))
    assert again.sha256 == load().sha256
    assert again.indicators == load().indicators
    assert again.as_json() == load().as_json()


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(InstrumentError, match=r"tppo-1999\.1"):
        load("tppo-1999.1")


def test_one_language_can_be_taken_out() -> None:
    whole = load().as_json("en")
    entry = next(item for item in whole["indicator"] if item["code"] == "TP-05")
    assert entry["fact_tidak"] == load().indicators["TP-05"].screen.fact_tidak.en
    assert load().as_json("id")["title"] == load().title.id


def test_dated_lists_answer_for_a_day() -> None:
    assert load().closed_placements(date(2026, 11, 24)) == {"KHM", "MMR", "LAO", "THA"}
    assert load().closed_placements(date(2020, 1, 1)) == frozenset()
    day = date(2026, 11, 24)
    licensed = load().licensed_bureaus(day)
    assert licensed
    assert all(row.validity.covers(day) for row in licensed)
    assert load().licensed_bureaus(date(1999, 1, 1)) == ()
    expired = [row for row in load().licensed_bureau_rows if row.validity.valid_to]
    end = expired[0].validity.valid_to
    assert expired[0].validity.covers(end)
    assert not expired[0].validity.covers(date(end.year + 1, 1, 1))


def test_questions_know_child_and_purpose_wording_and_their_facts() -> None:
    items = load().indicators.values()
    for_child = next(item for item in items if item.screen.ask_child)
    assert for_child.screen.question(is_child=True) == for_child.screen.ask_child
    assert for_child.screen.question() == for_child.screen.ask
    by_purpose = next(item for item in items if item.screen.ask_by_purpose)
    code, wording = next(iter(by_purpose.screen.ask_by_purpose.items()))
    assert by_purpose.screen.question(purpose=Purpose(code)) == wording
    screen = load().indicators["TP-05"].screen
    assert screen.fact(Answer.TIDAK) == screen.fact_tidak
    assert screen.fact(Answer.YA) == screen.fact_ya
    assert screen.ask.of("en") != screen.ask.of("id")


@pytest.mark.parametrize(
    ("code", "answer", "is_child", "is_needed"),
    [
        ("TP-05", Answer.YA, False, True),
        ("TP-03", Answer.YA, False, False),
        ("TP-05", Answer.TD, False, False),
        ("ID-05", Answer.IDENTITAS_BERBEDA, False, True),
        ("ID-05", Answer.IDENTITAS_SAMA, False, False),
        ("ID-02", Answer.EJAAN, False, False),
        ("DC-08", Answer.YA, False, False),
        ("DC-08", Answer.YA, True, True),
        ("AN-01", Answer.YA, False, False),
        ("PL-01", Answer.YA, False, False),
        ("TP-05", None, False, False),
    ],
)
def test_notes_are_needed_by_strength_at_this_age(
    code: str, answer: Answer | None, is_child: bool, is_needed: bool
) -> None:
    item = load().indicators[code]
    assert item.needs_note(answer, is_child=is_child) is is_needed


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in content().items() if name != key}


def _entry(code: str, /, **changes: Any) -> dict[str, Any]:
    whole = content()
    next(item for item in whole["indicator"] if item["code"] == code).update(changes)
    return whole


def _gate(**changes: Any) -> dict[str, Any]:
    whole = content()
    whole["gate"][0].update(changes)
    return whole


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (_without("limits"), "limits"),
        (_entry("TP-05", applies_if="when it rains"), "TP-05"),
        (_entry("TP-05", purposes="UMR XXX"), "XXX"),
        (_entry("TP-05", strength={"adult": "huge"}), "huge"),
        (_entry("TP-05", code="TP-06"), "twice"),
        (_entry("TP-05", routed_when="at dawn"), "at dawn"),
        (_entry("TP-05", ask={"id": "Apakah?"}), "en"),
        (_gate(code="GT-9"), "opening questions"),
        (_gate(indicators=["TP-05"]), "its indicators are not"),
        ({**content(), "valid_from": "soon"}, "soon"),
    ],
)
def test_content_that_does_not_fit_is_refused(whole: dict[str, Any], said: str) -> None:
    with pytest.raises(InstrumentError, match=said):
        instrument_from(whole)


def test_broken_or_fractional_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "instrument.toml").write_text("version = 1.5\n")
    with pytest.raises(InstrumentError, match="whole"):
        read_folder(tmp_path)


def test_a_folder_without_lists_has_none(tmp_path: Path) -> None:
    (tmp_path / "instrument.toml").write_text('version = "v"\nindicator_files = []\n')
    whole = read_folder(tmp_path)
    assert (whole["indicator"], whole["paper"], whole["country"]) == ([], [], [])


def test_gates_follow_the_indicators_where_no_wording_is_given() -> None:
    bare = instrument_from({**content(), "gate": []})
    assert {code: gate.indicators for code, gate in bare.gates.items()} == {
        code: gate.indicators for code, gate in load().gates.items()
    }
