"""Offices, places of service and accounts of the simulated world."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from checklist.vocabulary import Sex
from profiling.security import passwords
from profiling.security.access import Actor, Role, Scope, system_actor
from profiling.services import accounts, offices, signin
from profiling.services.accounts import NewAccount
from profiling.services.offices import OfficeView
from profiling.services.seeding.people import name_of
from profiling.services.seeding.world import stream

REGION = "KANWIL-JATIM"
_OTHER_REGION = "KANWIL-{number:02}"
_PER_REGION = 8
_PLACES = (
    ("PMK", "Kantor Imigrasi Pamekasan", None, "kantor", "35.28", 0.60),
    ("PMK-MPP-BKL", "MPP Bangkalan", "PMK", "mpp", "35.26", 0.12),
    ("PMK-MPP-SPG", "MPP Sampang", "PMK", "mpp", "35.27", 0.10),
    ("PMK-MPP-SMN", "MPP Sumenep", "PMK", "mpp", "35.29", 0.10),
    ("PMK-EZ", "Eazy Passport", "PMK", "keliling", None, 0.08),
)
# Where the next officer of the first office works.
_POSTS = (0, 0, 1, 2, 3, 0, 4, 0, 0)
_STAFF = ((Role.ANALYST, 2), (Role.SUPERVISOR, 2), (Role.STEWARD, 2), (Role.ADMIN, 2))
_ALONE = ((Role.AUDITOR, 1), (Role.DPO, 1))
_NATIONWIDE = frozenset({Role.STEWARD, Role.ADMIN, Role.AUDITOR, Role.DPO})


@dataclass(frozen=True, slots=True)
class Place:
    """A place where interviews are held."""

    code: str
    number: int
    regency: str | None
    channel: str
    weight: float


@dataclass(frozen=True, slots=True)
class Credential:
    """How a seeded account signs in."""

    username: str
    password: str = field(repr=False)
    role: str
    office: str
    scope: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A main office with its places of service and the people who work there."""

    code: str
    places: tuple[Place, ...]
    officers: dict[str, list[Actor]]
    analysts: list[Actor]
    supervisors: list[Actor]


@dataclass(frozen=True, slots=True)
class Team:
    """All offices with their staff, and how the accounts sign in."""

    branches: tuple[Branch, ...]
    credentials: tuple[Credential, ...]


def found_offices(session: Session, *, count: int, officers: int, seed: int) -> Team:
    """Add the offices and their accounts; the passwords are new and random."""
    branches, credentials = [], []
    for number in range(count):
        places = _add_offices(session, number)
        opened = list(_accounts(places, number, officers, seed))
        for new in opened:
            accounts.create_account(session, system_actor(), new)
        branches.append(_branch(session, places, opened))
        credentials += [_credential(new) for new in opened]
    return Team(tuple(branches), tuple(credentials))


def places_of(number: int) -> tuple[Place, ...]:
    """Return the places of the first, second, ... office; the first has sub-units."""
    if number:
        return (Place(f"K{number:03}", len(_PLACES) + number, None, "counter", 1.0),)
    return tuple(
        Place(code, index, regency, str(offices.channel_of(kind)), weight)
        for index, (code, _, _, kind, regency, weight) in enumerate(_PLACES, start=1)
    )


def _add_offices(session: Session, number: int) -> tuple[Place, ...]:
    for view in _views(number):
        offices.create_office(session, system_actor(), view)
    return places_of(number)


def _views(number: int) -> list[OfficeView]:
    if not number:
        return [
            OfficeView(code, name, parent, REGION, kind, 12)
            for code, name, parent, kind, _, _ in _PLACES
        ]
    code = f"K{number:03}"
    region = REGION
    if number > _PER_REGION:
        region = _OTHER_REGION.format(number=(number - 1) // _PER_REGION)
    return [OfficeView(code, f"Kantor Imigrasi {code}", None, region, "kantor", 12)]


def _accounts(
    places: tuple[Place, ...], number: int, officers: int, seed: int
) -> Iterator[NewAccount]:
    """Yield the accounts of one office: first its officers, then one role after another."""
    main = places[0].code
    prefix = "" if number == 0 else f"{main.lower()}-"
    chance = stream(seed, "staff", main)
    serial = number * 100

    for index in range(officers):
        serial += 1
        post = places[_POSTS[index % len(_POSTS)] % len(places)].code
        yield _account(chance, f"{prefix}officer{index + 1}", Role.OFFICER, post, serial)
    for role, count in (*_STAFF, *_ALONE):
        for index in range(count):
            serial += 1
            username = f"{prefix}{role.value}{index + 1}"
            yield _account(chance, username, role, main, serial, is_first=number == 0)
    if number == 0:
        yield _account(chance, "supervisor-kanwil", Role.SUPERVISOR, main, 9001, scope=Scope.REGION)
        yield _account(
            chance, "supervisor-pusat", Role.SUPERVISOR, main, 9002, scope=Scope.NATIONAL
        )


def _account(  # noqa: PLR0913 - one account is these words
    chance: random.Random,
    username: str,
    role: Role,
    office: str,
    serial: int,
    *,
    is_first: bool = False,
    scope: Scope | None = None,
) -> NewAccount:
    wide = Scope.NATIONAL if is_first and role in _NATIONWIDE else Scope.OFFICE
    chosen = scope or wide
    return NewAccount(
        username=username,
        name=name_of(chance, Sex.P if chance.random() < 0.5 else Sex.L),  # noqa: PLR2004 - half of staff
        person_no=f"SIM{serial:05}",
        role=role.value,
        scope=chosen.value,
        office=office,
        region=REGION if chosen is Scope.REGION else None,
        password=passwords.one_time_password(),
    )


def _branch(session: Session, places: tuple[Place, ...], opened: list[NewAccount]) -> Branch:
    officers: dict[str, list[Actor]] = {}
    by_role: dict[str, list[Actor]] = {}
    for new in opened:
        if new.scope != Scope.OFFICE:
            continue
        actor = signin.actor_named(session, new.username)
        if new.role == Role.OFFICER:
            officers.setdefault(new.office or "", []).append(actor)
        else:
            by_role.setdefault(new.role, []).append(actor)
    return Branch(
        code=places[0].code,
        places=tuple(place for place in places if place.code in officers),
        officers=officers,
        analysts=by_role["analyst"],
        supervisors=by_role["supervisor"],
    )


def _credential(new: NewAccount) -> Credential:
    return Credential(new.username, new.password or "", new.role, new.office or "", new.scope)
