"""Scoring: one assessment beside a generated function, many beside the least numpy."""

from collections.abc import Iterator
from itertools import cycle

import numpy as np

from checklist.assessment import Record, assess, load_rules
from checklist.coding import answers_of
from models_ml.batch import score_table
from models_ml.columns import Columns, columns_of
from tests.benchmarks.generated import generate
from tests.benchmarks.numpy_anchor import Anchor
from tests.benchmarks.timing import Measured, interleaved
from tests.checklist.vectors import record_of, rows

RECORDS = 200_000


def one_assessment() -> dict[str, Measured]:
    """Assess the records of the catalogue, and clean ones, by both in turn."""
    rules = load_rules()
    decide = generate(rules.rules)
    records = [record_of(row, rules.questions) for row in rows()]
    clean = [_clean(record, rules.questions) for record in records]

    def generated(source: Iterator[Record]) -> object:
        record = next(source)
        return decide(record.answers.codes, record.facts)

    mixed, mixed_too, plain, plain_too = (cycle(each) for each in (records, records, clean, clean))
    return interleaved(
        {
            "generated, catalogue": lambda: generated(mixed),
            "assessment, catalogue": lambda: assess(next(mixed_too), rules),
            "generated, clean": lambda: generated(plain),
            "assessment, clean": lambda: assess(next(plain_too), rules),
        },
        times=4_000,
    )


def batch() -> dict[str, Measured]:
    """Score 200,000 coded records by both in turn."""
    columns = many_columns(RECORDS)
    rules, anchor = load_rules(), Anchor()
    return interleaved(
        {
            "least numpy": lambda: anchor.score(columns),
            "batch form": lambda: score_table(columns, rules),
        },
        times=1,
    )


def many_columns(size: int) -> Columns:
    """Return this many coded records, drawn from the catalogue's with a fixed seed."""
    rules = load_rules()
    base = columns_of([record_of(row, rules.questions) for row in rows()], rules)
    pick = np.random.default_rng(2026).integers(0, len(base), size)
    return Columns(
        base.purpose[pick],
        base.is_child[pick],
        base.period[pick],
        np.ascontiguousarray(base.answers[:, pick]),
        {name: column[pick] for name, column in base.facts.items()},
        base.destination[pick],
        base.destinations,
    )


def _clean(record: Record, questions: tuple[str, ...]) -> Record:
    return Record(record.facts, answers_of(dict.fromkeys(questions, "tidak"), questions))
