"""How sure a share is: Wilson's interval, and the exact one for small samples."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

_Z95 = 1.959963984540054
_TAIL = 0.025
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with its 95 % interval; all three are None when nothing was counted."""

    part: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def wilson(part: int, n: int) -> Share:
    """Return the share with Wilson's score interval (Wilson 1927, JASA 22:209-212)."""
    if n == 0:
        return Share(part, 0, None, None, None)
    share, square = part / n, _Z95 * _Z95
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = _Z95 / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if part == 0 else max(0.0, centre - half)
    high = 1.0 if part == n else min(1.0, centre + half)
    return Share(part, n, share, low, high)


def exact(part: int, n: int) -> Share:
    """Return the share with the exact interval (Clopper and Pearson 1934, Biometrika 26:404-413).

    Each bound is the proportion at which the tail of the binomial distribution is 2.5 %.
    """
    if n == 0:
        return Share(part, 0, None, None, None)
    low = 0.0 if part == 0 else _root(lambda p: 1 - _at_most(part - 1, n, p) - _TAIL)
    high = 1.0 if part == n else _root(lambda p: _TAIL - _at_most(part, n, p))
    return Share(part, n, part / n, low, high)


def _at_most(k: int, n: int, p: float) -> float:
    """Return the chance of at most k successes in n trials; in logarithms, so that n may be big."""
    whole, yes, no = lgamma(n + 1), log(p), log(1 - p)
    return min(
        1.0,
        sum(
            exp(whole - lgamma(i + 1) - lgamma(n - i + 1) + i * yes + (n - i) * no)
            for i in range(k + 1)
        ),
    )


def _root(rising: Callable[[float], float]) -> float:
    """Return where a rising function of a proportion crosses zero."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
