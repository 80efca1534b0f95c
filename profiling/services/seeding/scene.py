"""What the parts of the simulated history share: the agenda, the staff, the hidden truths."""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from profiling import clock
from profiling.services.seeding.applicants import Applicant
from profiling.services.seeding.calendar import later_workday, office_moment
from profiling.services.seeding.interviewing import Officer
from profiling.services.seeding.staffing import Branch, Place
from profiling.services.seeding.world import World, stream

Act = Callable[[Session], None]


class Agenda:
    """What will be done, by moment; what is equally early keeps its order."""

    def __init__(self) -> None:
        self._tasks: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def add(self, moment: datetime, act: Act) -> None:
        """Note something to be done."""
        heapq.heappush(self._tasks, (moment, next(self._numbers), act))

    def until(self, end: datetime) -> Iterator[tuple[datetime, Act]]:
        """Give what is due before the end, also what is added meanwhile."""
        while self._tasks and self._tasks[0][0] < end:
            moment, _, act = heapq.heappop(self._tasks)
            yield moment, act


@dataclass(frozen=True, slots=True)
class Visit:
    """A sealed interview with what only the simulation knows of it."""

    interview_id: str
    applicant: Applicant
    officer: Officer
    branch: Branch
    place: Place


@dataclass(slots=True)
class Scene:
    """The state of the simulated history while it runs."""

    seed: int
    zone: ZoneInfo
    world: World
    ends: datetime
    agenda: Agenda = field(default_factory=Agenda)
    visits: dict[str, Visit] = field(default_factory=dict)
    returning: dict[str, list[tuple[date, Applicant]]] = field(default_factory=dict)
    planned: set[str] = field(default_factory=set)
    watched: set[str] = field(default_factory=set)

    def chance(self, *parts: object) -> random.Random:
        """Return a source of chance of its own for these parts."""
        return stream(self.seed, *parts)

    def soon(self, act: Act, *, seconds: float) -> None:
        """Do something shortly after now."""
        self.agenda.add(clock.now() + timedelta(seconds=seconds), act)

    def after_workdays(self, chance: random.Random, act: Act, days: int) -> None:
        """Do something so many working days from now, at least ten minutes later."""
        today = clock.today(self.zone)
        moment = office_moment(chance, later_workday(today, days), self.zone)
        self.agenda.add(max(moment, clock.now() + timedelta(minutes=10)), act)

    def come_back(self, branch: str, day: date, applicant: Applicant) -> None:
        """Let an applicant come on a later day."""
        self.returning.setdefault(branch, []).append((day, applicant))
