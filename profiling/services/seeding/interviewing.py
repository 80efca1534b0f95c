"""How a simulated officer interviews: what is heard, written down and judged."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklist.assessment import rules_for
from checklist.facts import Facts, age_on, missing_documents
from checklist.instrument import Instrument
from checklist.loading import load
from checklist.routing import Route, Situation, route
from checklist.vocabulary import Answer, Judgement, PaperState
from profiling.security.access import Actor
from profiling.services.seeding.applicants import Applicant
from profiling.services.seeding.world import World, stream

_GRAVE = frozenset({"PK-06", "PK-07", "PK-08", "FN-01", "FN-02", "ID-03"})
_PROTECTIVE = {
    "plain": {"PL-01": 0.6, "PL-02": 0.7, "PL-03": 0.25, "PL-04": 0.25},
    "unprepared": {"PL-02": 0.12, "PL-03": 0.06, "PL-04": 0.10},
}
_HARDER_TO_KNOW = frozenset({"TP-07", "TP-13", "DC-06", "TP-06"})
_DEEPER = (
    "Rencana perjalanan belum jelas, perlu ditanyakan lebih lanjut.",
    "Beberapa jawaban belum sesuai dengan surat yang dibawa.",
    "Perlu menghubungi pihak yang disebut pemohon.",
)
_REFER = (
    "Ada pihak lain yang mengatur keberangkatan dan biaya.",
    "Pemohon tampak diarahkan pihak lain, keterangannya perlu didalami.",
    "Keterangan dan dokumen tidak sesuai, mohon didalami.",
)
_STRICT_FROM, _REFER_FROM = 2, 4


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer with small habits: how often an answer stays unknown, how fast, how strict."""

    actor: Actor
    unknowing: float
    pace: float
    strictness: float


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where and when an interview is held, and by whom."""

    officer: Officer
    office: str
    channel: str
    started: datetime
    finished: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What was answered to each question, and the notes beside it."""

    answers: Mapping[str, str]
    notes: Mapping[str, str]


def officer_of(actor: Actor, seed: int) -> Officer:
    """Return the habits of an officer."""
    chance = stream(seed, "officer", actor.username)
    return Officer(
        actor, chance.uniform(0.003, 0.022), chance.uniform(0.85, 1.2), chance.uniform(0.8, 1.2)
    )


def payload_of(
    chance: random.Random,
    applicant: Applicant,
    sitting: Sitting,
    *,
    world: World,
    parties: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return the interview in the form in which it is handed in."""
    heard = _hear(chance, applicant, sitting, world)
    judgement, reason = _judge(chance, applicant, sitting.officer, heard.answers)
    person = applicant.person
    return {
        "office": sitting.office,
        "application_no": applicant.application_no,
        "applicant": {
            "nik": person.nik,
            "name": person.name,
            "birth_date": person.birth_date.isoformat(),
            "sex": str(person.sex),
            "phone": person.phone,
            "kk_number": person.kk_number,
            "mother_name": person.mother_name,
            "regency": person.village[:5],
            "district": person.village[:8],
            "village": person.village,
            "guardian": person.guardian,
        },
        "purpose": str(applicant.purpose),
        "destination": applicant.destination,
        "departure_date": applicant.departure and applicant.departure.isoformat(),
        "stay_days": applicant.stay_days,
        "documents": applicant.documents,
        "passport": applicant.passport,
        "answers": heard.answers,
        "notes": heard.notes,
        "third_parties": parties,
        "companion": applicant.together or chance.random() < 0.15,  # noqa: PLR2004 - share who bring somebody
        "interpreter": chance.random() < 0.06,  # noqa: PLR2004 - share who speak Madurese only
        "officer_judgement": str(judgement),
        "judgement_reason": reason,
        "started_at": sitting.started.isoformat(),
        "finished_at": sitting.finished.isoformat(),
        "channel": sitting.channel,
    }


def seconds_of(chance: random.Random, applicant: Applicant, officer: Officer) -> float:
    """Return how long the interview takes; half of the plain ones take less than 165 seconds."""
    return max(45.0, chance.lognormvariate(5.105, 0.33) * applicant.truth.pace * officer.pace)


def _hear(chance: random.Random, applicant: Applicant, sitting: Sitting, world: World) -> Heard:
    instrument = load()
    situation = _situation(applicant, sitting.started.date(), instrument)
    adverse = _adverse(chance, applicant)
    answers: dict[str, Answer] = {}
    applicable = _route(situation, adverse, instrument).applicable
    for gate in instrument.gates.values():
        opens = any(code in adverse and code in applicable for code in gate.indicators)
        unknown = chance.random() < sitting.officer.unknowing / 2
        answers[gate.code] = Answer.YA if opens else (Answer.TD if unknown else Answer.TIDAK)
    while True:
        asked = _route(situation, answers, instrument).unanswered(answers, instrument)
        if not asked:
            break
        for code in asked:
            answers[code] = adverse.get(code) or _otherwise(
                chance, code, applicant, sitting.officer
            )
    notes = {
        code: world.notes[code]
        for code, answer in answers.items()
        if answer in (Answer.YA, Answer.IDENTITAS_BERBEDA) and code in world.notes
    }
    return Heard({code: str(answer) for code, answer in answers.items()}, notes)


def _adverse(chance: random.Random, applicant: Applicant) -> dict[str, Answer]:
    found = {
        code: Answer.YA for code, share in applicant.truth.raises.items() if chance.random() < share
    }
    if "ID-05" in found:
        differs = chance.random() < 0.25  # noqa: PLR2004 - share of matches with another identity
        found["ID-05"] = Answer.IDENTITAS_BERBEDA if differs else Answer.IDENTITAS_SAMA
    if "ID-02" in found and chance.random() < 0.35:  # noqa: PLR2004 - share of mere spelling
        found["ID-02"] = Answer.EJAAN
    return found


def _otherwise(chance: random.Random, code: str, applicant: Applicant, officer: Officer) -> Answer:
    if code.startswith("PL-"):
        likely = _PROTECTIVE.get(applicant.truth.code, {}).get(code, 0.05)
        likely += 0.3 if code == "PL-04" and applicant.together else 0.0
        return Answer.YA if chance.random() < likely else Answer.TIDAK
    factor = 2.0 if code in _HARDER_TO_KNOW else 1.0
    return Answer.TD if chance.random() < officer.unknowing * factor else Answer.TIDAK


def _judge(
    chance: random.Random, applicant: Applicant, officer: Officer, answers: Mapping[str, str]
) -> tuple[Judgement, str | None]:
    """Judge by what was heard, with noise and some instinct; no rule and no point is known."""
    raised = {code for code, answer in answers.items() if code[:2] not in ("GT", "PL")}
    raised = {code for code in raised if answers[code] not in ("tidak", "td")}
    missing = sum(state == PaperState.MISSING for state in applicant.documents.values())
    weight = (len(raised) + 0.5 * missing) * officer.strictness + chance.gauss(0, 0.35)
    weight += 2.2 * len(raised & _GRAVE)
    if applicant.truth.code in ("irregular", "victim"):
        weight += 0.5
    if weight < _STRICT_FROM:
        return Judgement.LANJUT, None
    if weight < _REFER_FROM + chance.gauss(0.5, 0.8):
        return Judgement.PERDALAM, chance.choice(_DEEPER)
    return Judgement.RUJUK, chance.choice(_REFER)


def _route(situation: Situation, answers: Mapping[str, Answer], instrument: Instrument) -> Route:
    return route(situation, answers, instrument=instrument, rules=rules_for(instrument))


def _situation(applicant: Applicant, on: date, instrument: Instrument) -> Situation:
    states = {code: PaperState(state) for code, state in applicant.documents.items()}
    facts = Facts(
        purpose=applicant.purpose,
        interview_date=on,
        age=age_on(applicant.person.birth_date, on),
        destination=applicant.destination,
        stay_days=applicant.stay_days,
        missing_documents=missing_documents(instrument.papers_for(applicant.purpose, on), states),
    )
    return Situation(facts, applicant.departure)
