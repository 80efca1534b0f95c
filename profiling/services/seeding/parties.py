"""Third parties of the simulated world: licensed bureaus, one that is not, and recruiters."""

from datetime import date
from typing import Any

from checklist.loading import load
from checklist.vocabulary import Sex, ThirdPartyRole
from profiling.services.seeding.applicants import Applicant
from profiling.services.seeding.people import name_of, phone_of
from profiling.services.seeding.world import stream

_AT_WORK = 3
"""Recruiters at work around one office in one quarter; each stays for two quarters."""

_NAMING_BUREAU = 0.55
_UNLICENSED = 0.012


def parties_of(seed: int, office: str, applicant: Applicant, day: date) -> list[dict[str, Any]]:
    """Return the third parties that the applicant names."""
    named = []
    if applicant.recruiter is not None:
        named.append(recruiter_of(seed, office, applicant.recruiter, day))
    if applicant.bureau is not None:
        named += _bureau(seed, office, applicant.bureau, day)
    return named


def recruiter_of(seed: int, office: str, number: int, day: date) -> dict[str, Any]:
    """Return the recruiter who is at work on the day."""
    quarter = day.year * 4 + (day.month - 1) // 3
    place = number % _AT_WORK
    began = quarter - (quarter + place) % 2
    chance = stream(seed, "recruiter", office, began, place)
    return {
        "role": str(chance.choice((ThirdPartyRole.PEREKRUT, ThirdPartyRole.SPONSOR))),
        "name": name_of(chance, Sex.L),
        "phone": phone_of(chance),
        "address": f"Dusun Contoh {chance.randrange(1, 40)}",
        "licence": None,
    }


def _bureau(seed: int, office: str, number: int, day: date) -> list[dict[str, Any]]:
    share = number % 10_000 / 10_000
    if share < _UNLICENSED:
        chance = stream(seed, "bureau", office, day.year)
        name, licence = "Contoh Mitra Ziarah", f"SIM-TANPA-{chance.randrange(10**4):04}"
        phone = phone_of(chance)
    elif share < _NAMING_BUREAU:
        bureaus = [each for each in load().licensed_bureaus(day) if each.kind == "PPIU"]
        bureau = bureaus[number % len(bureaus)] if bureaus else None
        if bureau is None:
            return []
        name, licence, phone = bureau.name, bureau.licence, bureau.phone
    else:
        return []
    role = str(ThirdPartyRole.BIRO)
    return [{"role": role, "name": name, "phone": phone, "address": None, "licence": licence}]
