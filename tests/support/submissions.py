"""Valid interviews to hand in, with generated people."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from checklist.assessment import rules_for
from checklist.facts import Facts, age_on, missing_documents
from checklist.loading import load
from checklist.nik import implied_digits
from checklist.routing import Situation, route
from checklist.vocabulary import PaperState, Purpose, Sex

_SERIAL = count(1)
_ZONE = ZoneInfo("Asia/Jakarta")


def make_nik(birth_date: date, sex: str, serial: int | None = None) -> str:
    """Generate a NIK reserved for simulation (it begins with 99)."""
    number = serial if serial is not None else next(_SERIAL)
    digits = implied_digits(birth_date, Sex(sex))
    return f"99{number // 9999 % 10000:04}{digits}{number % 9999 + 1:04}"


def make_submission(**changes: Any) -> dict[str, Any]:
    """Return the payload of a clean umrah applicant, a woman of 34; `changes` replace fields.

    Mappings are merged: make_submission(answers={"TP-05": "ya"}, notes={"TP-05": "..."}).
    """
    now = datetime.now(_ZONE).replace(microsecond=0)
    birth_date = date(1992, 3, 12)
    payload: dict[str, Any] = {
        "office": "PMK",
        "applicant": {
            "nik": make_nik(birth_date, "P"),
            "name": "Siti Contoh",
            "birth_date": birth_date.isoformat(),
            "sex": "P",
        },
        "purpose": "UMR",
        "destination": "SAU",
        "departure_date": (now.date() + timedelta(days=60)).isoformat(),
        "stay_days": 12,
        "documents": {"SURAT-PPIU": "verified"},
        "answers": {},
        "notes": {},
        "third_parties": [],
        "officer_judgement": "lanjut",
        "started_at": (now - timedelta(minutes=4)).isoformat(),
        "finished_at": (now - timedelta(minutes=1)).isoformat(),
        "channel": "counter",
    }
    answers = changes.pop("answers", {})
    for field, value in changes.items():
        old = payload.get(field)
        payload[field] = (
            {**old, **value} if isinstance(old, dict) and isinstance(value, Mapping) else value
        )
    payload["answers"] = {**clean_answers(payload, answers), **answers}
    return payload


def red_submission(**changes: Any) -> dict[str, Any]:
    """Return the payload of an applicant who states being threatened and cheated: merah."""
    answers = {"GT-1": "ya", "GT-3": "ya", "PK-06": "ya", "PK-07": "ya", "PK-08": "tidak"}
    notes = {
        "PK-06": "Mengatakan akan dilaporkan bila batal berangkat.",
        "PK-07": "Menunjukkan bekas luka di lengan, kata pemohon karena menolak.",
    }
    reason = {"officer_judgement": "rujuk", "judgement_reason": "Pemohon menyatakan diancam."}
    return make_submission(**{"answers": answers, "notes": notes, **reason, **changes})


def clean_answers(payload: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Answer everything that is asked so that nothing is raised."""
    instrument = load()
    rules = rules_for(instrument)
    answers = dict.fromkeys(instrument.gates, "tidak")
    answers.update(given)
    situation = _situation(payload)
    for _ in range(4):
        asked = route(situation, answers, instrument=instrument, rules=rules)
        for code in asked.unanswered(answers, instrument):
            answers[code] = "tidak"
    return answers


def _situation(payload: Mapping[str, Any]) -> Situation:
    instrument = load()
    on = datetime.fromisoformat(payload["started_at"]).astimezone(_ZONE).date()
    purpose = Purpose(payload["purpose"])
    states = {code: PaperState(state) for code, state in payload["documents"].items()}
    departure = payload.get("departure_date")
    facts = Facts(
        purpose=purpose,
        interview_date=on,
        age=age_on(date.fromisoformat(payload["applicant"]["birth_date"]), on),
        destination=payload.get("destination"),
        stay_days=payload.get("stay_days"),
        missing_documents=missing_documents(instrument.papers_for(purpose, on), states),
    )
    return Situation(facts, date.fromisoformat(departure) if departure else None)
