"""Batch scoring gives what single scoring gives."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.assessment import Record, assess
from checklist.compilation import CompiledRules, compile_rules
from checklist.rules import rules_from
from models_ml import batch
from models_ml.batch import PAPERS, score_table
from models_ml.columns import columns_of
from tests.checklist.strategies import RULES, records
from tests.checklist.test_rules import artefact
from tests.checklist.vectors import record_of, rows


def assert_equal(found: list[Record], rules: CompiledRules = RULES) -> None:
    scores = score_table(columns_of(found, rules), rules)
    for place, (record, bands) in enumerate(zip(found, scores.bands(), strict=True)):
        single = assess(record, rules)
        flags = zip(scores.codes, scores.fired[:, place], strict=True)
        assert tuple(scores.points[:, place]) == single.points
        assert tuple(sorted(code for code, is_fired in flags if is_fired)) == single.fired
        names = zip(rules.rules.dimensions, scores.positive[:, place], strict=True)
        assert tuple(name for name, is_positive in names if is_positive) == single.positive
        assert bands == (single.band, single.band_max)
        assert PAPERS[scores.papers[place]] is single.papers


def test_batch_equals_single_on_the_catalogue() -> None:
    assert_equal([record_of(row, RULES.questions) for row in rows()])


@given(st.lists(records, min_size=1, max_size=30))
def test_batch_equals_single_on_generated_records(found: list[Record]) -> None:
    assert_equal(found)


@pytest.mark.soak
@settings(max_examples=4_000, deadline=None)
@given(st.lists(records, min_size=1, max_size=60))
def test_batch_equals_single_on_many_generated_records(found: list[Record]) -> None:
    assert_equal(found)


def test_batch_follows_rules_that_are_not_the_first_version() -> None:
    whole = artefact()
    changes: dict[str, dict[str, Any]] = {
        "RW-03": {
            "fires_when": [
                [["replacement_months", "<=", ["11"]], ["destination", "in", ["KHM"]]],
                [["replacements_5y", ">=", ["2"]]],
            ]
        },
        "RW-02": {
            "variants": [{"when": [[["prior_np_refusal_days", "<", ["181"]]]], "strength": "weak"}]
        },
        "PK-04": {"strength": {"adult": "weak", "child": "weak"}},
        "PK-08": {"strength": {"adult": "weak", "child": "weak"}},
        "FN-01": {"strength": {"adult": "weak", "child": None}},
        "FN-02": {"strength": {"adult": "weak", "child": "weak"}},
        "FN-03": {"applies_if": [[["PK-05", "=", ["ya"]], ["FN-01", "=", ["ya"]]]]},
    }
    for entry in whole["indicators"]:
        entry.update(changes.get(entry["code"], {}))
    rules = compile_rules(rules_from(whole))
    assert_equal([record_of(row, rules.questions) for row in rows()], rules)


def test_blocks_do_not_show_in_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = columns_of([record_of(row, RULES.questions) for row in rows()], RULES)
    whole = score_table(columns, RULES)
    monkeypatch.setattr(batch, "BLOCK", 64)
    heard: list[int] = []
    parts = score_table(columns, RULES, progress=heard.append)
    assert heard == [64] * 6 + [16]
    for name in ("points", "positive", "fired", "band", "band_max", "papers"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name))


def test_no_records_give_no_results() -> None:
    columns = columns_of([record_of(next(rows()), RULES.questions)], RULES).rows(0, 0)
    assert score_table(columns, RULES).points.shape == (6, 0)
