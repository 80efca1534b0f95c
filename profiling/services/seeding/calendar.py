"""When people come: working days, seasons, the fasting month, and the day's slots."""

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from profiling.services.seeding.world import World
from profiling.services.workdays import due_on, is_workday

OPENS = time(8)
_SLOT_MINUTES, _SLOTS_A_DAY = 15, 28
_FEASTS = tuple(
    map(date.fromisoformat, ("2024-04-10", "2025-03-31", "2026-03-20", "2027-03-10", "2028-02-26"))
)
"""Idul Fitri: few come in the fasting month before it, many in the weeks after it."""


@dataclass(frozen=True, slots=True)
class Season:
    """How busy a day is, and with which purposes."""

    volume: float
    purposes: dict[str, float]


def season_of(day: date, world: World) -> Season:
    """Return how many come on a day, relative to others, and for what."""
    weights = {
        code: sketch.share * sketch.months[day.month - 1] for code, sketch in world.purposes.items()
    }
    volume = (
        sum(weights.values()) * _feast_factor(day) * (1.12, 1.0, 1.0, 0.98, 0.85)[day.weekday()]
    )
    return Season(volume, weights)


def quotas(days: Sequence[date], total: int, *, chance: random.Random, world: World) -> list[int]:
    """Spread a number of interviews over working days; their sum is exactly the total."""
    volumes = [season_of(day, world).volume for day in days]
    edges = list(accumulate(volumes))
    counts = [0] * len(days)
    for _ in range(total):
        counts[bisect_right(edges, chance.random() * edges[-1])] += 1
    return counts


def workdays_before(today: date, months: int) -> list[date]:
    """Return the working days of the last months, without today."""
    first = today - timedelta(days=round(months * 30.44))
    days = (first + timedelta(days=past) for past in range((today - first).days))
    return [day for day in days if is_workday(day)]


def slots(day: date, count: int, zone: ZoneInfo) -> list[datetime]:
    """Return the times at which appointments begin, evenly over the office hours."""
    opens = datetime.combine(day, OPENS, tzinfo=zone)
    places = max(count, 1)
    return [
        opens + timedelta(minutes=_SLOT_MINUTES * (number * _SLOTS_A_DAY // places))
        for number in range(count)
    ]


def office_moment(chance: random.Random, day: date, zone: ZoneInfo) -> datetime:
    """Return a moment within the office hours of a day."""
    minutes = chance.randrange(20, 420)
    return datetime.combine(day, OPENS, tzinfo=zone) + timedelta(minutes=minutes, seconds=7)


def later_workday(day: date, count: int) -> date:
    """Return the working day so many working days later; none means the day itself."""
    return due_on(day, days=count) if count else day


def _feast_factor(day: date) -> float:
    for feast in _FEASTS:
        days = (day - feast).days
        if -25 <= days < 0:  # noqa: PLR2004 - the fasting month
            return 0.62
        if 6 <= days <= 30:  # noqa: PLR2004 - the weeks after the holidays
            return 1.25
    return 1.0
