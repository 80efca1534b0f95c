"""Simulated applicants: who they are, what is hidden about them, what they say."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from checklist.facts import age_on
from checklist.instrument import Instrument
from checklist.loading import load
from checklist.vocabulary import PaperState, Purpose, Sex
from profiling.services.seeding.people import (
    Family,
    Someone,
    born,
    family_of,
    name_of,
    nik_of,
)
from profiling.services.seeding.world import PurposeSketch, Truth, World, pick

_ADULT, _CHILDREN = 18, (2, 17)
_MOST_TOGETHER = 4
_TOGETHER = {"UMR": 0.45, "WIS": 0.45, "KEL": 0.40}
_SERVICES = {"baru": 0.54, "ganti": 0.40, "hilang": 0.04, "rusak": 0.02}
_LOST_SOON = {"irregular": 0.16, "victim": 0.08, "mismatched": 0.06}
_COURTED = frozenset({"irregular", "victim", "misleading"})


@dataclass(frozen=True, slots=True, repr=False)
class Applicant:
    """One application: the person, the journey, and the truth that the service never sees."""

    person: Someone
    truth: Truth
    purpose: Purpose
    destination: str | None
    departure: date | None
    stay_days: int | None
    documents: dict[str, str]
    passport: dict[str, Any] | None
    application_no: str | None = None
    recruiter: int | None = None
    bureau: int | None = None
    together: bool = False
    key: str = field(default="")


@dataclass(frozen=True, slots=True)
class Arrival:
    """The day and the place for which applicants are drawn."""

    day: date
    regency: str | None
    purposes: dict[str, float]


def draw_household(chance: random.Random, arrival: Arrival, world: World) -> list[Applicant]:
    """Return the members of one household who apply together; mostly one."""
    truth = world.truths[pick(chance, {code: each.share for code, each in world.truths.items()})]
    weights = {
        code: weight
        for code, weight in arrival.purposes.items()
        if not truth.purposes or code in truth.purposes
    }
    purpose = world.purposes[pick(chance, weights)]
    family = family_of(chance, arrival.regency)
    first = _one(chance, arrival, (truth, purpose), family)
    if truth.code not in ("plain", "unprepared") or chance.random() > _TOGETHER.get(
        purpose.code, 0.0
    ):
        return [first]
    company = [replace(first, together=True)]
    for _ in range(chance.randrange(1, _MOST_TOGETHER)):
        member = _one(chance, arrival, (truth, purpose), family)
        company.append(
            replace(
                member,
                destination=first.destination,
                departure=first.departure,
                stay_days=first.stay_days,
                documents=first.documents,
                bureau=first.bureau,
                together=True,
            )
        )
    return company


def come_again(chance: random.Random, earlier: Applicant, day: date, world: World) -> Applicant:
    """Return the same person with a new application; after a refusal the purpose changes."""
    others = {code: 1.0 for code in ("WIS", "KEL", "UMR") if code != earlier.purpose}
    purpose = world.purposes[pick(chance, others)]
    return replace(
        earlier,
        **_journey(chance, purpose, earlier.truth, day),
        documents=_papers(chance, purpose, earlier.truth, day),
        application_no=None,
    )


def _one(
    chance: random.Random, arrival: Arrival, kind: tuple[Truth, PurposeSketch], family: Family
) -> Applicant:
    truth, purpose = kind
    person = _person(chance, purpose, family, arrival.day)
    if chance.random() < truth.nik:
        person = replace(person, nik=_disagreeing(chance, person))
    return Applicant(
        person=person,
        truth=truth,
        **_journey(chance, purpose, truth, arrival.day),
        documents=_papers(chance, purpose, truth, arrival.day),
        passport=_passport(chance, truth, arrival.day),
        recruiter=chance.randrange(10**6)
        if truth.code in _COURTED and chance.random() < truth.party
        else None,
        bureau=chance.randrange(10**6) if purpose.code in ("UMR", "HAJ") else None,
    )


def _person(chance: random.Random, purpose: PurposeSketch, family: Family, on: date) -> Someone:
    sex = Sex.P if chance.random() < purpose.women else Sex.L
    is_child = chance.random() < purpose.children
    mean, spread, youngest, oldest = purpose.age
    age = min(max(round(chance.gauss(mean, spread)), youngest), oldest)
    age = chance.randint(*_CHILDREN) if is_child else age
    birth_date = born(chance, age, on)
    return Someone(
        name=name_of(chance, sex),
        sex=sex,
        birth_date=birth_date,
        nik=nik_of(chance, birth_date, sex),
        kk_number=family.kk_number,
        phone=family.phone,
        mother_name=name_of(chance, Sex.P),
        village=family.village,
        guardian=name_of(chance, Sex.P) if is_child else None,
    )


def _disagreeing(chance: random.Random, person: Someone) -> str:
    other = person.birth_date - timedelta(days=365 * chance.randint(1, 5) + chance.randrange(300))
    return nik_of(chance, other, person.sex)


def _journey(
    chance: random.Random, purpose: PurposeSketch, truth: Truth, day: date
) -> dict[str, Any]:
    low, high = purpose.stay
    stay = chance.randint(low, high) if high else None
    if stay is not None and high <= 60 and chance.random() < truth.long:  # noqa: PLR2004 - visits only
        stay = chance.choice((45, 60, 90, 120))
    known = bool(purpose.destinations)
    return {
        "purpose": Purpose(purpose.code),
        "destination": pick(chance, purpose.destinations) if known else None,
        "departure": day + timedelta(days=chance.randint(12, 110)) if known else None,
        "stay_days": stay,
    }


def _papers(
    chance: random.Random, purpose: PurposeSketch, truth: Truth, day: date
) -> dict[str, str]:
    """Return the state of each obligatory paper; of a group the first suffices."""
    states: dict[str, str] = {}
    groups: set[str] = set()
    for paper in _instrument().papers_for(Purpose(purpose.code), day):
        if paper.group in groups:
            continue
        groups.update({paper.group} - {""})
        if chance.random() < truth.papers:
            state = PaperState.MISSING
        else:
            state = PaperState.UNVERIFIED if chance.random() < 0.12 else PaperState.VERIFIED  # noqa: PLR2004 - share not called back
        states[paper.code] = str(state)
    return states


def _passport(chance: random.Random, truth: Truth, day: date) -> dict[str, Any] | None:
    soon = chance.random() < _LOST_SOON.get(truth.code, 0.002)
    service = "hilang" if soon else pick(chance, _SERVICES)
    if service == "baru":
        return {"service": service}
    months = chance.randint(1, 10) if soon else chance.randint(14, 58)
    event = day - timedelta(days=chance.randint(3, 60))
    issued = event - timedelta(days=months * 30)
    if service == "ganti":
        return {"service": service, "issued": issued.isoformat()}
    return {"service": service, "issued": issued.isoformat(), "event_date": event.isoformat()}


def is_child(applicant: Applicant, on: date) -> bool:
    """Whether the applicant is under age on the day."""
    return age_on(applicant.person.birth_date, on) < _ADULT


def _instrument() -> Instrument:
    return load()
