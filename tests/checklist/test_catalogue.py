"""The instrument's data say what the catalogue's table says, and nothing is missing."""

from dataclasses import replace

import pytest

from checklist.completeness import missing_content
from checklist.conditions import parse_condition
from checklist.instrument import Screen, Text
from checklist.loading import load
from tests.checklist.oracle import ROWS

LETTERS = {"S": "strong", "M": "medium", "W": "weak", "": None}
INSTRUMENT = load()


def test_the_catalogue_order_is_kept() -> None:
    assert list(INSTRUMENT.indicators) == list(ROWS)


@pytest.mark.parametrize("code", ROWS)
def test_each_indicator_is_the_row_of_the_catalogue(code: str) -> None:
    row, item = ROWS[code], INSTRUMENT.indicators[code]
    if item.is_protective:
        assert item.points == int(row["strength_adult"])
    else:
        assert item.strength_adult == LETTERS[row["strength_adult"]]
        child = LETTERS[row["strength_child"]] or item.strength_adult
        assert item.strength_child == child
    assert (item.dimension, item.answer, item.kind) == (
        row["dimension"],
        row["answer"],
        row["kind"],
    )
    assert item.applies_if == parse_condition(row["applies_if"])
    assert (item.gate or "", item.ilo_item or "") == (row["gate"], row["ilo_item"])
    assert (item.wording.id, item.wording.en) == (row["wording_id"], row["wording_en"])
    assert (item.evidence, item.source) == (row["evidence"], row["source"])
    assert bool(item.variants) == bool(row["variant"])


def test_nothing_is_missing() -> None:
    assert missing_content(INSTRUMENT) == []


def test_what_is_missing_is_named_in_sentences() -> None:
    item = INSTRUMENT.indicators["ID-02"]
    bare = replace(item, screen=Screen())
    lost = replace(item.screen, section="Z")
    twice = replace(INSTRUMENT.indicators["TP-05"].screen, order=11, section="F")
    paper = replace(INSTRUMENT.papers[0], label=Text("Surat", ""))
    broken = replace(
        INSTRUMENT,
        indicators={
            **INSTRUMENT.indicators,
            "ID-02": bare,
            "ID-03": replace(INSTRUMENT.indicators["ID-03"], screen=lost),
            "TP-05": replace(INSTRUMENT.indicators["TP-05"], screen=twice),
            "RW-01": replace(INSTRUMENT.indicators["RW-01"], screen=twice),
        },
        papers=(paper,),
        purposes={},
        countries={},
    )
    found = missing_content(broken)
    assert "ID-02 has no ask in both languages." in found
    assert "ID-02 has no section." in found
    assert "ID-02 has no button for ejaan." in found
    assert "ID-03 is in section Z, which has no heading." in found
    assert "Purpose UMR has no label." in found
    assert "There is no list of countries." in found
    assert f"Paper {paper.code} has no label in both languages." in found
    assert any("have the same place on the screen." in line for line in found)
