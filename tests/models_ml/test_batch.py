"""Batch scoring gives what single scoring gives."""

from checklist.assessment import assess, load_rules
from models_ml.batch import PAPERS, score_table
from models_ml.columns import columns_of
from tests.checklist.vectors import record_of, rows


def test_batch_equals_single_on_the_catalogue() -> None:
    rules = load_rules()
    records = [record_of(row, rules.questions) for row in rows()]
    scores = score_table(columns_of(records, rules), rules)
    for place, (record, bands) in enumerate(zip(records, scores.bands(), strict=True)):
        single = assess(record, rules)
        fired = sorted(c for c, on in zip(scores.codes, scores.fired[:, place], strict=True) if on)
        assert tuple(scores.points[:, place]) == single.points
        assert tuple(fired) == single.fired
        assert bands == (single.band, single.band_max)
        assert PAPERS[scores.papers[place]] is single.papers
