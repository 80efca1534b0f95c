"""The generated anchor of the benchmark does the same work as the rules."""

from checklist.assessment import assess, load_rules
from models_ml.batch import score_table
from tests.benchmarks.generated import generate
from tests.benchmarks.numpy_anchor import Anchor
from tests.benchmarks.scoring import many_columns
from tests.checklist.vectors import record_of, rows


def test_the_generated_function_agrees_with_the_rules_on_all_vectors():
    rules = load_rules()
    decide = generate(rules.rules)
    for row in rows():
        record = record_of(row, rules.questions)
        result = assess(record, rules)
        fired, points, positive, band = decide(record.answers.codes, record.facts)
        assert (sorted(fired), points, positive, band) == (
            list(result.fired),
            list(result.points),
            list(result.positive),
            result.band,
        )


def test_the_numpy_anchor_agrees_with_the_batch_form():
    columns = many_columns(5_000)
    scores = score_table(columns, load_rules())
    assert (Anchor().score(columns) == scores.band).all()
