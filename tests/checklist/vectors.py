"""The 400 records of the catalogue and how they become records of the engine."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from checklist.assessment import Record
from checklist.coding import answers_of
from checklist.facts import Facts, age_on, nik_disagrees
from checklist.vocabulary import Purpose, Sex

PATH = Path(__file__).parents[1] / "fixtures" / "vectors.csv"


def rows() -> Iterator[dict[str, str]]:
    with PATH.open(newline="") as file:
        yield from csv.DictReader(file)


def record_of(row: Mapping[str, str], questions: tuple[str, ...]) -> Record:
    born, on = date.fromisoformat(row["birth_date"]), date.fromisoformat(row["interview_date"])
    prior = row["prior_np_refusal_purpose"]
    facts = Facts(
        purpose=Purpose(row["purpose"]),
        interview_date=on,
        age=age_on(born, on),
        destination=row["destination"] or None,
        nik_disagrees=nik_disagrees(row["nik"], birth_date=born, sex=Sex(row["sex"])),
        prior_np_refusal_purpose=Purpose(prior) if prior else None,
        watchlist_hit={"ya": True, "tidak": False}.get(row["watchlist_hit"]),
        **{
            name: int(row[name]) if row[name] else None
            for name in (
                "stay_days",
                "missing_documents",
                "prior_np_refusal_days",
                "shared_contact_households_90d",
                "shared_third_party_households_180d",
                "replacement_months",
                "replacements_5y",
            )
        },
    )
    return Record(facts, answers_of({q: row[q] for q in questions if row[q]}, questions))
