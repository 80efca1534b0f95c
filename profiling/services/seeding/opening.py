"""Seeds an empty database with a simulated world, and a later day with a new queue."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Invalid
from profiling.records import Account, Appointment
from profiling.security.access import Actor, Role, Scope, system_actor
from profiling.services import appointments, signin, site
from profiling.services.office_time import zone_of
from profiling.services.seeding.days import expected, queue_rows
from profiling.services.seeding.history import History, Past, Progress, Transaction, queue_size
from profiling.services.seeding.scene import Scene
from profiling.services.seeding.staffing import Branch, Credential, found_offices, places_of
from profiling.services.seeding.world import read_world

_SIZES = "simulation"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the world is; interviews are counted for each office."""

    offices: int
    officers: int
    interviews: int
    months: int
    seed: int


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made."""

    interviews: int
    credentials: tuple[Credential, ...]


def seed_world(
    transaction: Transaction, sizes: Sizes, *, until: datetime, progress: Progress
) -> Seeded:
    """Fill an empty database: offices and accounts first, then the history up to a moment.

    The database is marked as simulated in the first transaction, so an interrupted run can never
    pass for a real one.
    """
    with transaction() as session:
        if not site.is_empty(session):
            raise Invalid({"database": ["It is not empty: only an empty one is seeded."]})
        site.mark_simulated(session, system_actor())
        site.keep_fact(session, system_actor(), _SIZES, json.dumps(asdict(sizes)))
        scene = Scene(sizes.seed, zone_of(session), read_world(), until)
        team = found_offices(session, count=sizes.offices, officers=sizes.officers, seed=sizes.seed)
    past = Past(sizes.months, sizes.interviews)
    sealed = History(scene, team.branches, past).run(transaction, progress)
    return Seeded(sealed, team.credentials)


def queue_today(session: Session) -> int:
    """Add simulated appointments for the present day; returns how many.

    Only in a simulated database, and only on a day that has no appointments yet.
    """
    how = site.fact(session, _SIZES)
    if how is None:
        raise Invalid({"database": ["It is not simulated: real appointments are imported."]})
    sizes = Sizes(**json.loads(how))
    now = clock.now()
    scene = Scene(sizes.seed, zone_of(session), read_world(), now)
    today = clock.local_date(now, scene.zone)
    if session.scalar(select(Appointment.application_no).where(Appointment.slot_on == today)):
        return 0
    added = 0
    for number in range(sizes.offices):
        branch = _branch(session, number)
        booked = expected(scene, branch, today, queue_size(sizes.interviews))
        for place in branch.places:
            rows = queue_rows(booked, place)
            wanted = appointments.Import(place.code)
            report = appointments.import_queue(session, system_actor(), rows, wanted=wanted)
            added += report.added
    return added


def _branch(session: Session, number: int) -> Branch:
    """Return an office that was seeded earlier, with the officers it has now."""
    places = places_of(number)
    codes = {place.code for place in places}
    officers: dict[str, list[Actor]] = {}
    for actor in _officers(session, codes):
        officers.setdefault(actor.office or "", []).append(actor)
    manned = tuple(place for place in places if place.code in officers)
    return Branch(places[0].code, manned, officers, [], [])


def _officers(session: Session, offices: Iterable[str]) -> list[Actor]:
    names = session.scalars(
        select(Account.username)
        .where(
            Account.role == Role.OFFICER.value,
            Account.scope == Scope.OFFICE.value,
            Account.office.in_(sorted(offices)),
            Account.disabled_at.is_(None),
        )
        .order_by(Account.username)
    )
    return [signin.actor_named(session, name) for name in names]
