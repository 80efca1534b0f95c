"""Timing two pieces of work in turn, so that their ratio holds when the machine drifts."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Measured:
    """The median of some rounds, with the least and the most."""

    median: float
    least: float
    most: float


def interleaved(
    work: Mapping[str, Callable[[], object]], *, times: int, rounds: int = ROUNDS
) -> dict[str, Measured]:
    """Time each piece `times` times a round, the pieces in turn; seconds for one time."""
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for name, piece in work.items():
        _once(piece, max(1, times // 10))
        seconds[name].clear()
    for _ in range(rounds):
        for name, piece in work.items():
            seconds[name].append(_once(piece, times))
    return {name: measured(each) for name, each in seconds.items()}


def measured(values: list[float]) -> Measured:
    """Return median, least and most of these values."""
    return Measured(statistics.median(values), min(values), max(values))


def _once(piece: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        piece()
    return (time.perf_counter() - start) / times
