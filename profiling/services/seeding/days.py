"""One simulated day at the counters: who booked, who came, when they sat down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from profiling.exchange.queue_csv import QueueRow
from profiling.services.seeding.applicants import Applicant, Arrival, come_again, draw_household
from profiling.services.seeding.calendar import season_of, slots
from profiling.services.seeding.interviewing import Officer, Sitting, officer_of, seconds_of
from profiling.services.seeding.scene import Scene
from profiling.services.seeding.staffing import Branch, Place
from profiling.services.seeding.world import pick

_WALK_INS, _NOT_COMING = 0.03, 0.05
_NOTED = {"tidak_hadir": 0.5, "batal": 0.2, "menunggu": 0.3}
"""What the counter noted of those who did not come; of some it noted nothing."""

_GROUP = 0.12
_SLOWEST = timedelta(minutes=22)


@dataclass(frozen=True, slots=True)
class Booked:
    """One applicant at one place, with the slot they booked."""

    applicant: Applicant
    place: Place
    slot: datetime
    status: str | None = None


def expected(scene: Scene, branch: Branch, day: date, count: int) -> list[Booked]:
    """Return who comes to an office on a day, and who booked and does not come."""
    chance = scene.chance("day", branch.code, day)
    arrivals = _arrivals(scene, branch, day, count)
    absent = round(count * _NOT_COMING + chance.random() - 0.5)
    statuses: list[str | None] = [None] * len(arrivals)
    for _ in range(max(absent, 0)):
        arrivals.append(next(_fresh(scene, branch, day, f"absent{len(arrivals)}")))
        statuses.append(pick(chance, _NOTED))
    weights = {place: place.weight for place in branch.places}
    placed: dict[str, list[tuple[Place, Applicant, str | None]]] = {}
    for applicant, status in zip(arrivals, statuses, strict=True):
        place = pick(chance, weights)
        placed.setdefault(place.code, []).append((place, applicant, status))
    booked = []
    for entries in placed.values():
        times = slots(day, len(entries), scene.zone)
        for number, ((place, applicant, status), slot) in enumerate(
            zip(entries, times, strict=True), start=1
        ):
            walks_in = status is None and chance.random() < _WALK_INS
            code = None if walks_in else f"{day:%Y}-{day:%m%d}{place.number:03}{number:03}"
            numbered = replace(applicant, application_no=code)
            booked.append(Booked(numbered, place, slot, status))
    return booked


def queue_rows(booked: list[Booked], place: Place) -> list[QueueRow]:
    """Return the booking system's list for one place."""
    chosen = [each for each in booked if each.place == place and each.applicant.application_no]
    return [QueueRow(number, queue_cells(each)) for number, each in enumerate(chosen, start=2)]


def queue_cells(booked: Booked) -> dict[str, str]:
    """Return the cells of one appointment, by the names of the list's columns."""
    applicant, person = booked.applicant, booked.applicant.person
    passport = applicant.passport or {}
    return {
        "application_no": applicant.application_no or "",
        "nik": person.nik,
        "name": person.name,
        "birth_date": person.birth_date.isoformat(),
        "sex": str(person.sex),
        "slot": booked.slot.isoformat(timespec="minutes"),
        "phone": person.phone,
        "purpose": str(applicant.purpose),
        "kk_number": person.kk_number,
        "mother_name": person.mother_name,
        "village": person.village,
        "guardian": person.guardian or "",
        "passport_service": passport.get("service", ""),
        "passport_issued": passport.get("issued", ""),
        "passport_event_date": passport.get("event_date", ""),
        "status": booked.status or "",
    }


def sittings(
    scene: Scene, branch: Branch, booked: list[Booked]
) -> Iterator[tuple[Booked, Sitting]]:
    """Give each applicant who comes an officer and a time; officers do one thing at a time."""
    free: dict[str, datetime] = {}
    turn = 0
    for each in sorted(booked, key=lambda one: one.slot):
        if each.status is not None:
            continue
        officers = [officer_of(actor, scene.seed) for actor in branch.officers[each.place.code]]
        officer = officers[turn % len(officers)]
        turn += 1
        yield each, _sitting(scene, each, officer, free)


def _sitting(scene: Scene, booked: Booked, officer: Officer, free: dict[str, datetime]) -> Sitting:
    chance = scene.chance("sit", booked.place.code, booked.slot, booked.applicant.person.nik)
    waited = timedelta(minutes=chance.uniform(2, 15))
    name = officer.actor.username
    started = max(booked.slot + waited, free.get(name, booked.slot) + timedelta(seconds=75))
    taken = timedelta(seconds=round(seconds_of(chance, booked.applicant, officer)))
    started = started.replace(microsecond=0)
    free[name] = started + min(taken, _SLOWEST)
    is_paper = chance.random() < 0.006  # noqa: PLR2004 - share written on paper first
    channel = "paper" if is_paper else booked.place.channel
    return Sitting(officer, booked.place.code, channel, started, free[name])


def _arrivals(scene: Scene, branch: Branch, day: date, count: int) -> list[Applicant]:
    """Return exactly so many applicants: first those who come again, then new ones."""
    waiting = scene.returning.get(branch.code, [])
    due = [applicant for when, applicant in waiting if when <= day][:count]
    if due:
        later = [entry for entry in waiting if not (entry[0] <= day)]
        late = [entry for entry in waiting if entry[0] <= day][count:]
        scene.returning[branch.code] = late + later
    fresh = _fresh(scene, branch, day, "new")
    return due + [next(fresh) for _ in range(count - len(due))]


def _fresh(scene: Scene, branch: Branch, day: date, purpose: str) -> Iterator[Applicant]:
    season = season_of(day, scene.world)
    number = 0
    while True:
        number += 1
        chance = scene.chance(purpose, branch.code, day, number)
        regency = pick(chance, {place.regency: place.weight for place in branch.places})
        arrival = Arrival(day, regency, season.purposes)
        household = draw_household(chance, arrival, scene.world)
        first = household[0]
        if first.recruiter is not None and first.truth.code == "irregular":
            _bring_others(scene, branch, day, first)
        yield from household


def _bring_others(scene: Scene, branch: Branch, day: date, first: Applicant) -> None:
    """Sometimes a recruiter sends several households within days."""
    chance = scene.chance("group", branch.code, day, first.person.nik)
    if chance.random() > _GROUP:
        return
    season = season_of(day, scene.world)
    for _ in range(chance.randint(2, 4)):
        arrival = Arrival(day, None, season.purposes)
        other = draw_household(chance, arrival, scene.world)[0]
        again = come_again(chance, replace(first, person=other.person), day, scene.world)
        scene.come_back(branch.code, day + timedelta(days=chance.randint(1, 4)), again)
