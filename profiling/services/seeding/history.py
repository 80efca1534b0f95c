"""Makes the simulated history, day by day, through the services that real work goes through."""

import uuid
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from checklist.vocabulary import Judgement
from profiling import clock
from profiling.security.access import system_actor
from profiling.services import appointments, daily, interviews
from profiling.services.interviews import Order
from profiling.services.seeding.calendar import quotas, workdays_before
from profiling.services.seeding.days import Booked, expected, queue_rows, sittings
from profiling.services.seeding.deciding import follow_up
from profiling.services.seeding.interviewing import Sitting, payload_of
from profiling.services.seeding.parties import parties_of
from profiling.services.seeding.reviewing import plan_reviews
from profiling.services.seeding.scene import Scene, Visit
from profiling.services.seeding.staffing import Branch

Transaction = Callable[[], AbstractContextManager[Session]]
Progress = Callable[[int], None]

_REMEMBERED = timedelta(days=45)
_QUEUE_OF_A_DAY = 36


@dataclass(frozen=True, slots=True)
class Past:
    """How long and how much history is made."""

    months: int
    interviews: int


@dataclass(frozen=True, slots=True)
class _Day:
    """One working day: how many come to each office."""

    day: date
    counts: tuple[tuple[Branch, int], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who is expected at an office on a day, and who is interviewed."""

    booked: list[Booked]
    sittings: list[tuple[Booked, Sitting]]


class History:
    """Runs the simulated days in order; one transaction for each."""

    def __init__(self, scene: Scene, branches: tuple[Branch, ...], past: Past) -> None:
        self._scene, self._branches, self._past = scene, branches, past
        self._recent: deque[tuple[datetime, str]] = deque()
        self._sealed = 0
        self._today = {branch.code: self._plan_today(branch) for branch in branches}

    def run(self, transaction: Transaction, progress: Progress) -> int:
        """Make the history; returns how many interviews were sealed."""
        for day in self._days():
            with transaction() as session:
                self._run_day(session, day)
            progress(self._sealed)
        return self._sealed

    def _days(self) -> list[_Day]:
        """Spread each office's interviews over the past, with today's share at the end."""
        scene = self._scene
        today = clock.local_date(scene.ends, scene.zone)
        past = workdays_before(today, self._past.months)
        counts: dict[date, list[tuple[Branch, int]]] = {day: [] for day in past}
        for branch in self._branches:
            total = self._past.interviews - len(self._today[branch.code].sittings)
            chance = scene.chance("quotas", branch.code)
            spread = quotas(past, total, chance=chance, world=scene.world)
            for day, count in zip(past, spread, strict=True):
                counts[day].append((branch, count))
        days = [_Day(day, tuple(entries)) for day, entries in counts.items()]
        return [*days, _Day(today, tuple((branch, 0) for branch in self._branches))]

    def _plan_today(self, branch: Branch) -> _Plan:
        """Return the present day: at most a third has been interviewed, whatever the hour."""
        scene = self._scene
        size = queue_size(self._past.interviews)
        booked = expected(scene, branch, clock.local_date(scene.ends, scene.zone), size)
        ready = scene.ends - timedelta(seconds=30)
        over = [pair for pair in sittings(scene, branch, booked) if pair[1].finished < ready]
        return _Plan(booked, over[: size // 3])

    def _run_day(self, session: Session, day: _Day) -> None:
        scene = self._scene
        morning = clock.start_of_day(day.day, scene.zone) + timedelta(hours=5)
        scene.agenda.add(morning, partial(_nightly, day.day))
        for branch, count in day.counts:
            plan = self._plan(branch, day.day, count)
            arrive = partial(_import, branch, plan.booked)
            scene.agenda.add(morning + timedelta(hours=1, minutes=30), arrive)
            for each, sitting in plan.sittings:
                seal = partial(self._seal, branch, each, sitting)
                scene.agenda.add(sitting.finished + timedelta(seconds=9), seal)
        for hours in (2.5, 7.5):
            scene.agenda.add(morning + timedelta(hours=hours), partial(plan_reviews, scene))
        self._work(session, min(morning + timedelta(hours=18), scene.ends))

    def _plan(self, branch: Branch, day: date, count: int) -> _Plan:
        if day == clock.local_date(self._scene.ends, self._scene.zone):
            return self._today[branch.code]
        booked = expected(self._scene, branch, day, count)
        return _Plan(booked, list(sittings(self._scene, branch, booked)))

    def _work(self, session: Session, until: datetime) -> None:
        for moment, act in self._scene.agenda.until(until):
            with clock.at(moment):
                act(session)
                self._forget(moment)

    def _seal(self, branch: Branch, booked: Booked, sitting: Sitting, session: Session) -> None:
        scene, applicant = self._scene, booked.applicant
        chance = scene.chance("answers", booked.place.code, booked.slot, applicant.person.nik)
        day = sitting.started.date()
        parties = parties_of(scene.seed, branch.code, applicant, day)
        payload = payload_of(chance, applicant, sitting, world=scene.world, parties=parties)
        submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
        order = Order(_id_at(clock.now(), chance.getrandbits(74)))
        receipt = interviews.seal(session, sitting.officer.actor, submission, order=order)
        visit = Visit(receipt["id"], applicant, sitting.officer, branch, booked.place)
        scene.visits[visit.interview_id] = visit
        self._recent.append((clock.now(), visit.interview_id))
        self._sealed += 1
        follow_up(scene, visit, Judgement(payload["officer_judgement"]))

    def _forget(self, now: datetime) -> None:
        """Keep only what a new case can still ask for, so that memory stays constant."""
        while self._recent and self._recent[0][0] < now - _REMEMBERED:
            self._scene.visits.pop(self._recent.popleft()[1], None)


def queue_size(interviews_per_office: int) -> int:
    """Return how many appointments the present day has at each office."""
    return min(_QUEUE_OF_A_DAY, max(1, interviews_per_office // 10))


def _nightly(day: date, session: Session) -> None:
    daily.run(session, on=day)


def _import(branch: Branch, booked: list[Booked], session: Session) -> None:
    for place in branch.places:
        rows = queue_rows(booked, place)
        if rows:
            wanted = appointments.Import(place.code)
            appointments.import_queue(session, system_actor(), rows, wanted=wanted)


def _id_at(moment: datetime, noise: int) -> str:
    """Return a UUID, version 7, of a past moment."""
    milliseconds = int(moment.timestamp() * 1000)
    number = (milliseconds << 80) | (0x7 << 76) | (noise & ((1 << 76) - 1))
    return str(uuid.UUID(int=number & ~(0xC << 60) | (0x8 << 60)))
