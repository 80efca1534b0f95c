"""Process limits of a monthly series (XmR), and the four signs that something has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

BASELINE = 12
_SPREAD = 2.66
_RUN = 7
_NEAR = 2 / 3


class Signal(StrEnum):
    """A sign that the series is no longer what it was."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean and the natural limits of the first twelve values.

    `spread` is the distance from mean to limit before the limit was held to what is possible.
    """

    mean: float
    low: float
    high: float
    spread: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One signal and the positions in the series that show it."""

    signal: Signal
    positions: tuple[int, ...]
    is_above: bool


def limits_of(values: Sequence[float | None], *, floor: float, ceiling: float) -> Limits | None:
    """Return the limits, or None while there are fewer than twelve values."""
    known = [value for value in values if value is not None][:BASELINE]
    if len(known) < BASELINE:
        return None
    mean = sum(known) / len(known)
    spread = _SPREAD * sum(abs(b - a) for a, b in pairwise(known)) / (len(known) - 1)
    return Limits(mean, max(floor, mean - spread), min(ceiling, mean + spread), spread)


def findings_of(values: Sequence[float | None], limits: Limits | None) -> tuple[Finding, ...]:
    """Return what the four rules find; the last occurrence of each, on each side."""
    if limits is None:
        return ()
    found: list[Finding] = []
    for is_above in (True, False):
        found.extend(_one_side(values, limits, is_above=is_above))
    return tuple(found)


def _one_side(values: Sequence[float | None], limits: Limits, *, is_above: bool) -> list[Finding]:
    sign = 1.0 if is_above else -1.0
    limit = limits.high if is_above else limits.low
    near = limits.mean + sign * limits.spread * _NEAR

    def beyond(line: float) -> Callable[[float], bool]:
        return lambda value: (value - line) * sign > 0

    outside = _positions(values, beyond(limit))
    run = _last_run(_flags(values, beyond(limits.mean)))
    trend = _last_trend(values, sign)
    close = _last_pair(_flags(values, beyond(near)))
    named = ((Signal.OUTSIDE, outside), (Signal.RUN, run), (Signal.TREND, trend))
    # A point outside also lies near: the weaker sign is named only where the stronger is silent.
    near_found = () if set(close) & {*outside, *run} else close
    return [
        Finding(signal, positions, is_above)
        for signal, positions in (*named, (Signal.NEAR, near_found))
        if positions
    ]


def _flags(values: Sequence[float | None], test: Callable[[float], bool]) -> list[bool]:
    return [value is not None and test(value) for value in values]


def _positions(values: Sequence[float | None], test: Callable[[float], bool]) -> tuple[int, ...]:
    return tuple(i for i, flag in enumerate(_flags(values, test)) if flag)


def _last_run(flags: Sequence[bool]) -> tuple[int, ...]:
    """Return the last unbroken run of at least seven."""
    best: tuple[int, ...] = ()
    current: list[int] = []
    for position, flag in enumerate([*flags, False]):
        if flag:
            current.append(position)
            continue
        if len(current) >= _RUN:
            best = tuple(current)
        current = []
    return best


def _last_trend(values: Sequence[float | None], sign: float) -> tuple[int, ...]:
    """Return the last seven or more points that each go further the same way."""
    steps = [a is not None and b is not None and (b - a) * sign > 0 for a, b in pairwise(values)]
    best: tuple[int, ...] = ()
    begin = 0
    for position, goes_on in enumerate([*steps, False]):
        if not goes_on:
            if position - begin + 1 >= _RUN:
                best = tuple(range(begin, position + 1))
            begin = position + 1
    return best


def _last_pair(flags: Sequence[bool]) -> tuple[int, ...]:
    """Return the last two of three neighbours that lie near the limit."""
    for end in range(len(flags), 2, -1):
        window = range(end - 3, end)
        near = tuple(position for position in window if flags[position])
        if len(near) > 1:
            return near
    return ()
