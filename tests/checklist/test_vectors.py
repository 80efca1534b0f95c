"""The engine gives the expected outcome of all 400 records of the catalogue."""

from checklist.assessment import assess, load_rules
from tests.checklist.vectors import record_of, rows


def test_every_record_of_the_catalogue_has_its_expected_outcome() -> None:
    rules = load_rules()
    seen = 0
    for row in rows():
        result = assess(record_of(row, rules.questions), rules)
        expected = {name.removeprefix("expected_"): row[name] for name in row if "expected" in name}
        outcome = {name: str(points) for name, points in result.dimensions.items()} | {
            "positive": " ".join(result.positive),
            "fired": " ".join(result.fired),
            "band": result.band,
            "band_max": result.band_max,
            "papers": result.papers,
        }
        assert outcome == expected, row["record_id"]
        seen += 1
    assert seen == 400
