"""Invented people: names, numbers, places. Nobody in here exists."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from checklist.nik import implied_digits
from checklist.regions import villages
from checklist.vocabulary import Sex

_MEN = (
    ("Moh.", "Ach.", "Abd.", "Sah", "Mat", "Su", "Ru", "Fai", "Ham", "Za"),
    ("rawi", "rosyid", "lehan", "nawar", "sibin", "dhofir", "mistar", "jali", "bahri", "karim"),
    ("Sunarwi", "Tamrin", "Bustanol", "Karsono", "Maderi", "Salehuddin", "Wakir", "Jumadin"),
)
_WOMEN = (
    ("Siti", "Nur", "Ummi", "Su", "Mas", "Ha", "Rus", "Fa", "Mu", "Za"),
    (
        "lastri",
        "rawati",
        "misnah",
        "karimah",
        "tija",
        "saodah",
        "narti",
        "dhiyah",
        "rohmah",
        "lima",
    ),
    ("Sumarni", "Tolaeha", "Busidin", "Maryatun", "Salamah", "Wakiah", "Juwairi", "Kamsia"),
)
_FREE_STANDING = frozenset({"Moh.", "Ach.", "Abd.", "Siti", "Nur", "Ummi"})
_REGENCY_WEIGHTS = {"35.26": 0.27, "35.27": 0.25, "35.28": 0.24, "35.29": 0.24}
_HOME = 0.8
_DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True, repr=False)
class Someone:
    """An invented applicant, as on the card."""

    name: str
    sex: Sex
    birth_date: date
    nik: str
    kk_number: str
    phone: str
    mother_name: str
    village: str
    guardian: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """What the members of a household share."""

    village: str
    kk_number: str
    phone: str = field(repr=False)


def name_of(chance: random.Random, sex: Sex) -> str:
    """Return an invented name."""
    first, second, last = _MEN if sex is Sex.L else _WOMEN
    start, end = chance.choice(first), chance.choice(second)
    given = f"{start} {end.title()}" if start in _FREE_STANDING else f"{start}{end}"
    return given if chance.random() < 0.4 else f"{given} {chance.choice(last)}"  # noqa: PLR2004 - share of single names


def phone_of(chance: random.Random) -> str:
    """Return a telephone number of a range that nobody has."""
    return f"+62999{chance.randrange(10**7):07}"


def family_of(chance: random.Random, regency: str | None) -> Family:
    """Return an invented household, mostly of the regency that the place serves."""
    near = regency is not None and chance.random() < _HOME
    home = regency if near and regency else chance.choices(*_weights())[0]
    codes, weights = _villages(home)
    issued = date(2012, 1, 1) + timedelta(days=chance.randrange(4700))
    number = f"99{chance.randrange(10**4):04}{issued:%d%m%y}{chance.randrange(1, 10**4):04}"
    return Family(chance.choices(codes, weights)[0], number, phone_of(chance))


def nik_of(chance: random.Random, birth_date: date, sex: Sex) -> str:
    """Return a NIK of the range reserved for simulation: it begins with 99."""
    digits = implied_digits(birth_date, sex)
    return f"99{chance.randrange(10**4):04}{digits}{chance.randrange(1, 10**4):04}"


def born(chance: random.Random, age: int, on: date) -> date:
    """Return a birth date that makes somebody this old on the day."""
    days = int(age * _DAYS_IN_YEAR) + 1 + chance.randrange(360)
    return on - timedelta(days=days)


def _weights() -> tuple[tuple[str, ...], tuple[float, ...]]:
    return tuple(_REGENCY_WEIGHTS), tuple(_REGENCY_WEIGHTS.values())


@cache
def _villages(regency: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the villages of a regency with uneven weights, the same in every world."""
    codes = tuple(place.code for place in villages() if place.code.startswith(regency))
    weights = tuple(0.4 + random.Random(code).paretovariate(2.0) for code in codes)  # noqa: S311 - simulation, no secret
    return codes, weights
