"""Points of all dimensions packed in one whole number, so that they add in one step.

A mask of fired indicators is looked up in tables of eleven bits each; the sum of what they hold
has one field of ten bits for each dimension, and above those a count of weak indicators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

from checklist.rules import Rules, RulesError
from checklist.vocabulary import Strength

CHUNK = 11
CHUNK_MASK = (1 << CHUNK) - 1
_FIELD, _COUNT = 10, 6
_FIELD_MASK, _HIGH = (1 << _FIELD) - 1, 1 << (_FIELD - 1)
_COUNT_MASK = (1 << _COUNT) - 1
MOST_POINTS = 255
"""No dimension may reach more, so that batch scoring can count in single bytes."""

_Cell = TypeVar("_Cell", int, tuple[str, ...])
Tables: TypeAlias = tuple[tuple[int, Sequence[_Cell]], ...]


class Verdict(NamedTuple):
    """What a set of positive dimensions means."""

    positive: tuple[str, ...]
    severity: int


@dataclass(frozen=True, slots=True)
class Packing:
    """Where the dimensions lie in the packed number, and what it means."""

    shifts: tuple[int, ...]
    zero: tuple[int, ...]
    weak_from: int
    weak_points: int
    weak_cap: int
    lift: int
    high: int
    units: Mapping[tuple[str, Strength | None], int]
    verdicts: Mapping[int, Verdict]

    def with_weak(self, total: int) -> int:
        """Turn the counts of weak indicators into points, capped in each dimension."""
        counts = total >> self.weak_from
        total &= (1 << self.weak_from) - 1
        for place, shift in enumerate(self.shifts):
            count = counts >> place * _COUNT & _COUNT_MASK
            if count:
                total += min(self.weak_cap, self.weak_points * count) << shift
        return total

    def lowered(self, total: int, place: int, relief: int) -> int:
        """Take points from one dimension, never below zero."""
        shift = self.shifts[place]
        return total - (min(relief, total >> shift & _FIELD_MASK) << shift)

    def points(self, total: int) -> tuple[int, ...]:
        """Unpack the points."""
        if not total:
            return self.zero
        return tuple([total >> shift & _FIELD_MASK for shift in self.shifts])

    def verdict(self, total: int) -> Verdict:
        """Return which dimensions are positive and what that means."""
        return self.verdicts[total + self.lift & self.high]


def packing_of(rules: Rules) -> Packing:
    """Lay out the packed number for these rules."""
    places = range(len(rules.dimensions))
    shifts = tuple(place * _FIELD for place in places)
    weak_from = len(shifts) * _FIELD
    points = rules.strength_points
    units: dict[tuple[str, Strength | None], int] = {
        (name, strength): points[strength] << shifts[place]
        for place, name in enumerate(rules.dimensions)
        for strength in (Strength.STRONG, Strength.MEDIUM)
    }
    units |= {
        (name, Strength.WEAK): 1 << weak_from + place * _COUNT
        for place, name in enumerate(rules.dimensions)
    }
    units |= {(name, none): 0 for name in rules.dimensions for none in (Strength.NONE, None)}
    _check_room(rules)
    return Packing(
        shifts=shifts,
        zero=(0,) * len(shifts),
        weak_from=weak_from,
        weak_points=points[Strength.WEAK],
        weak_cap=rules.weak_cap,
        lift=sum(_HIGH - rules.positive_at << shift for shift in shifts),
        high=sum(_HIGH << shift for shift in shifts),
        units=units,
        verdicts={
            sum(_HIGH << shifts[place] for place in places if number >> place & 1): _verdict(
                rules, number
            )
            for number in range(1 << len(shifts))
        },
    )


def point_tables(units: Sequence[int]) -> Tables[int]:
    """Return tables of packed points; `units` holds what each bit adds, the lowest first."""
    return _tables(units, 0)


def name_tables(names: Sequence[str | None]) -> Tables[tuple[str, ...]]:
    """Return tables of names; a bit without a name adds none."""
    return _tables([() if name is None else (name,) for name in names], ())


def _tables(cells: Sequence[_Cell], empty: _Cell) -> Tables[_Cell]:
    return tuple(
        (start, _table(cells[start : start + CHUNK], empty))
        for start in range(0, len(cells), CHUNK)
    )


def _table(cells: Sequence[_Cell], empty: _Cell) -> Sequence[_Cell]:
    table = [empty]
    for cell in cells:
        table += [known + cell for known in table]
    return table


def _verdict(rules: Rules, number: int) -> Verdict:
    positive = tuple(name for place, name in enumerate(rules.dimensions) if number >> place & 1)
    holding = [row.code.severity for row in rules.bands if row.holds(frozenset(positive))]
    return Verdict(positive, max(holding, default=0))


def _check_room(rules: Rules) -> None:
    heaviest = max(rules.strength_points.values())
    for name in rules.dimensions:
        members = sum(item.dimension == name for item in rules.indicators)
        if members > _COUNT_MASK or members * heaviest + rules.weak_cap > MOST_POINTS:
            raise RulesError(f"{name} has more points than the tables hold")
