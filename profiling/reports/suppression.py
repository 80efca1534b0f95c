"""Hiding small counts, so that no hidden one can be computed from those that are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 5
"""Counts below this are not shown."""

Counts = Mapping[str, int]
Shown = dict[str, int | None]


def hide_small(counts: Counts, *, also: Iterable[str] = ()) -> Shown:
    """Return the counts with small ones as None, and enough others to protect them.

    What is hidden must together be at least five and be spread over two keys or more: the total
    minus the shown ones then says nothing about a single hidden one. `also` are hidden anyway.
    """
    forced = set(also)
    hidden = {key for key, n in counts.items() if 0 < n < LEAST or (n and key in forced)}
    for key in sorted((k for k in counts if k not in hidden), key=lambda k: (counts[k], k)):
        if not hidden or _is_covered(counts, hidden):
            break
        if counts[key]:
            hidden.add(key)
    return {key: None if key in hidden else n for key, n in counts.items()}


def _is_covered(counts: Counts, hidden: set[str]) -> bool:
    return len(hidden) > 1 and sum(counts[key] for key in hidden) >= LEAST


@dataclass(frozen=True, slots=True)
class Level:
    """Counts of one level of places, and the parent of each key."""

    counts: Counts
    parents: Mapping[str, str]


def hide_below(
    level: Level, parents_shown: Mapping[str, int | None], *, also: Iterable[str] = ()
) -> Shown:
    """Hide within each parent; where the parent itself is hidden, everything below it is too."""
    by_parent: dict[str, dict[str, int]] = {}
    for key, n in level.counts.items():
        by_parent.setdefault(level.parents[key], {})[key] = n
    shown: Shown = {}
    for parent, counts in by_parent.items():
        if parents_shown.get(parent) is None:
            shown.update(dict.fromkeys(counts))
        else:
            shown.update(hide_small(counts, also=also))
    return {key: shown[key] for key in level.counts}


def is_deducible(parts: Iterable[tuple[int, bool]]) -> bool:
    """Whether the total of a longer period would give away a hidden part of it.

    `parts` are the count of each shorter period and whether it is shown there.
    """
    hidden = [n for n, is_shown in parts if n and not is_shown]
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < LEAST)
