"""The meaning of the rules spelt out slowly, from the catalogue's own table.

It shares no table and no code with the engine: whatever both agree on was worked out twice.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checklist.facts import Facts

CATALOGUE = Path(__file__).parents[1] / "fixtures" / "indicators.csv"
PURPOSES = [
    "UMR",
    "HAJ",
    "WIS",
    "KEL",
    "KRJ",
    "PLT",
    "MAG",
    "STU",
    "BRB",
    "BIS",
    "PSG",
    "BLM",
    "LLN",
]
WITH_PAPERS = {"UMR", "HAJ", "KEL", "KRJ", "PLT", "MAG", "PSG"}
CLOSED = {"KHM", "MMR", "LAO", "THA"}
CLOSED_FROM = date(2025, 1, 1)
STAY = {"UMR": 30, "WIS": 30, "KEL": 90, "BRB": 60, "BIS": 60}
POINTS = {"S": 6, "M": 3}
DIMENSIONS = ("TP", "DR", "CR", "AV", "ID", "RW")
RELIEF = {"PL-01": 6, "PL-02": 3, "PL-03": 3, "PL-04": 3}
COLOURS = ("hijau", "kuning", "merah")
ADVERSE = {"ya", "ejaan", "identitas_sama", "identitas_berbeda"}


@dataclass
class Outcome:
    points: tuple[int, ...]
    positive: tuple[str, ...]
    fired: tuple[str, ...]
    band: str
    band_max: str
    papers: str


def catalogue() -> dict[str, dict[str, str]]:
    with CATALOGUE.open(newline="", encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


ROWS = catalogue()


def outcome(facts: Facts, answers: dict[str, str]) -> Outcome:
    points, positive, fired, band = read(facts, answers, at_worst=False)
    worst = read(facts, _bad(answers), at_worst=True)[3]
    return Outcome(
        points,
        positive,
        fired,
        band,
        COLOURS[max(COLOURS.index(band), COLOURS.index(worst))],
        _papers(facts),
    )


def read(facts: Facts, answers: dict[str, str], *, at_worst: bool) -> tuple:
    fired = {
        code
        for code in ROWS
        if applies(code, facts, answers) and fires(code, facts, answers, at_worst=at_worst)
    }
    kept = fired - _removed(fired)
    points = []
    for name in DIMENSIONS:
        strengths = [
            _strength(code, facts, answers) for code in kept if ROWS[code]["dimension"] == name
        ]
        total = sum(POINTS.get(s, 0) for s in strengths) + min(3, strengths.count("W"))
        if name == "TP":
            total = max(0, total - sum(RELIEF[code] for code in kept if code in RELIEF))
        points.append(total)
    positive = tuple(n for n, value in zip(DIMENSIONS, points, strict=True) if value >= 7)
    shown = tuple(sorted(code for code in kept if not code.startswith("PL")))
    return tuple(points), positive, shown, _band(set(positive), kept)


def applies(code: str, facts: Facts, answers: dict[str, str]) -> bool:
    row = ROWS[code]
    if facts.purpose not in _purposes(row["purposes"]):
        return False
    conditions = row["applies_if"].split(" or ") if row["applies_if"] else []
    return not conditions or any(_holds(c, facts, answers) for c in conditions)


def fires(code: str, facts: Facts, answers: dict[str, str], *, at_worst: bool) -> bool:
    if ROWS[code]["answer"] != "computed":
        return answers.get(code) in ADVERSE
    return COMPUTED[code](facts, at_worst)


def _works_where_it_is_closed(facts: Facts, _at_worst: bool) -> bool:
    return facts.destination in CLOSED and facts.interview_date >= CLOSED_FROM


def _contact_is_shared(facts: Facts, _at_worst: bool) -> bool:
    contact = facts.shared_contact_households_90d or 0
    return contact >= 3 or (facts.shared_third_party_households_180d or 0) >= 3


def _refused_for_other_purpose(facts: Facts, _at_worst: bool) -> bool:
    days, purpose = facts.prior_np_refusal_days, facts.prior_np_refusal_purpose
    return days is not None and purpose is not None and purpose != facts.purpose


def _replaced_often(facts: Facts, _at_worst: bool) -> bool:
    months, times = facts.replacement_months, facts.replacements_5y
    return (months is not None and months < 12) or (times or 0) >= 2


COMPUTED = {
    "TP-02": lambda f, worst: worst if f.stay_days is None else f.stay_days > STAY[f.purpose],
    "TP-04": lambda f, worst: worst if f.missing_documents is None else f.missing_documents > 0,
    "TP-11": lambda f, worst: worst if f.destination is None else f.destination != "SAU",
    "TP-12": _works_where_it_is_closed,
    "PK-03": _contact_is_shared,
    "ID-01": lambda f, _worst: f.nik_disagrees is True,
    "RW-02": _refused_for_other_purpose,
    "RW-03": _replaced_often,
    "RW-05": lambda f, _worst: f.watchlist_hit is True,
    "AN-02": lambda _f, _worst: True,
}


def _purposes(text: str) -> set[str]:
    first, *rest = text.split()
    if first == "ALL":
        return set(PURPOSES) - {word[1:] for word in rest}
    return {first, *rest}


def _holds(condition: str, facts: Facts, answers: dict[str, str]) -> bool:
    if condition == "age>=18":
        return facts.age >= 18
    if condition == "age<18":
        return facts.age < 18
    if condition.startswith("purpose in "):
        return facts.purpose in condition.removeprefix("purpose in ").split()
    if condition.startswith("purpose="):
        return facts.purpose == condition.removeprefix("purpose=")
    code, word = condition.split("=")
    assert word == "ya"
    return answers.get(code) == "ya" and applies(code, facts, answers)


def _removed(fired: set[str]) -> set[str]:
    removed = set()
    if {"TP-09", "TP-07"} & fired:
        removed.add("TP-04")
    if "TP-12" in fired:
        removed.add("TP-11")
    if "PK-03" in fired:
        removed.add("PK-02")
    if "ID-03" in fired:
        removed |= {"ID-01", "ID-02"}
    return removed


def _strength(code: str, facts: Facts, answers: dict[str, str]) -> str:
    if code == "ID-02" and answers.get(code) == "ejaan":
        return "W"
    if code == "ID-05" and answers.get(code) == "identitas_sama":
        return "0"
    if code == "RW-02" and (facts.prior_np_refusal_days or 0) <= 180:
        return "S"
    row = ROWS[code]
    return (row["strength_child"] if facts.age < 18 else "") or row["strength_adult"]


def _bad(answers: dict[str, str]) -> dict[str, str]:
    unknown = [c for c, word in answers.items() if word == "td" and not c.startswith("PL")]
    return {**answers, **{c: "identitas_berbeda" if c == "ID-05" else "ya" for c in unknown}}


def _band(positive: set[str], fired: set[str]) -> str:
    alarms = {"PK-06", "PK-07", "ID-03", "AN-02", "RW-05"}
    if positive & {"CR", "DR"} or fired & alarms or ("AV" in positive and positive & {"TP", "ID"}):
        return "merah"
    return "kuning" if positive else "hijau"


def _papers(facts: Facts) -> str:
    if facts.purpose not in WITH_PAPERS or facts.missing_documents == 0:
        return "lengkap"
    return "belum_diperiksa" if facts.missing_documents is None else "tunda"
