"""The rules as tables of bit masks: what one record is scored with.

Each indicator has a lane of eight bits in one wide number, so that coded answers become a mask
by `bytes.translate`. Everything that depends only on purpose, age and date is worked out once,
in a plan.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter

from checklist.coding import CODES
from checklist.conditions import Atom
from checklist.fact_tests import Test, fact_test
from checklist.facts import Facts
from checklist.instrument import Validity
from checklist.rules import IndicatorRule, Rules, RulesError
from checklist.vocabulary import Answer, Band, Strength

LANE = 8


@dataclass(frozen=True, slots=True)
class VariantLane:
    """Another strength for one lane, decided by the coded answer or by a fact."""

    bit: int
    index: int
    code: int | None
    test: Test | None
    strength: Strength


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is fixed once purpose, age and date are known."""

    base: int
    triggers: int
    openings: tuple[tuple[int, int], ...]
    computed: tuple[tuple[Test, int], ...]
    assumed: tuple[tuple[Callable[[Facts], object], int], ...]
    strong: int
    medium: int
    weak: int
    variants: tuple[VariantLane, ...]
    has_papers: bool


@dataclass(frozen=True, slots=True)
class Period:
    """The dated lists between two dates on which one of them changes."""

    closed: frozenset[str]
    with_papers: frozenset[str]
    plans: dict[tuple[str, bool], Plan] = field(default_factory=dict)


@dataclass(frozen=True)
class CompiledRules:
    """Rules ready to score with."""

    rules: Rules
    codes: tuple[str, ...]
    questions: tuple[str, ...]
    bits: Mapping[str, int]
    scoring: int
    protective: int
    protections: tuple[tuple[int, int, int], ...]
    removing: int
    supersedes: tuple[tuple[int, int], ...]
    dimension_masks: tuple[int, ...]
    severities: tuple[int, ...]
    positive_names: tuple[tuple[str, ...], ...]
    fired_severities: tuple[tuple[int, int], ...]
    order: Mapping[str, int]
    starts: tuple[date, ...]
    periods: tuple[Period, ...]
    strong_points: int
    medium_points: int
    weak_points: int

    @property
    def version(self) -> str:
        """The version of the rules."""
        return self.rules.version

    @property
    def sha256(self) -> str:
        """The digest of the rules."""
        return self.rules.sha256

    def plan_for(self, facts: Facts) -> Plan:
        """Return the plan of this purpose, age and date."""
        period = self.periods[bisect_right(self.starts, facts.interview_date)]
        key = (facts.purpose, facts.age < self.rules.adult_age)
        plan = period.plans.get(key)
        if plan is None:
            plan = period.plans[key] = _plan(self, period, *key)
        return plan


def compile_rules(rules: Rules) -> CompiledRules:
    """Lay the rules out as tables."""
    asked = [item for item in rules.indicators if item.is_asked]
    lanes = [*asked, *(item for item in rules.indicators if not item.is_asked)]
    codes = tuple(item.code for item in lanes)
    bits = {code: 1 << LANE * index for index, code in enumerate(codes)}
    everything = sum(bits.values())
    protective = _mask(bits, (item.code for item in lanes if item.is_protective))
    subsets = [_subset(rules.dimensions, number) for number in range(2 ** len(rules.dimensions))]
    starts, periods = _periods(rules)
    return CompiledRules(
        rules=rules,
        codes=codes,
        questions=tuple(item.code for item in asked),
        bits=bits,
        scoring=everything & ~protective,
        protective=protective,
        protections=tuple(
            (bits[item.code], rules.dimensions.index(item.dimension), item.points)
            for item in lanes
            if item.is_protective
        ),
        removing=_mask(bits, (by for by, _ in rules.supersedes)),
        supersedes=tuple(
            (bits[by], everything & ~_mask(bits, removed)) for by, removed in rules.supersedes
        ),
        dimension_masks=tuple(
            _mask(bits, (i.code for i in lanes if i.dimension == name and not i.is_protective))
            for name in rules.dimensions
        ),
        severities=tuple(_severity(rules, frozenset(names)) for names in subsets),
        positive_names=tuple(subsets),
        fired_severities=tuple(
            (_mask(bits, row.fired), row.code.severity) for row in rules.bands if row.fired
        ),
        order=_dependency_order(rules),
        starts=starts,
        periods=periods,
        strong_points=rules.strength_points[Strength.STRONG],
        medium_points=rules.strength_points[Strength.MEDIUM],
        weak_points=rules.strength_points[Strength.WEAK],
    )


def _plan(compiled: CompiledRules, period: Period, purpose: str, is_child: bool) -> Plan:  # noqa: FBT001 - a key of the table of plans
    rules = compiled.rules
    test_of = partial(fact_test, rules=rules, closed=period.closed, purpose=purpose)
    here = [item for item in rules.indicators if purpose in item.purposes]
    alternatives = {item.code: _alternatives(item, purpose, is_child=is_child) for item in here}
    possible = [item for item in here if alternatives[item.code]]
    openings = [
        (max(map(compiled.order.__getitem__, names)), _mask(compiled.bits, names), item.code)
        for item in possible
        for names in alternatives[item.code]
        if names and () not in alternatives[item.code]
    ]
    strengths = {item.code: item.child if is_child else item.adult for item in possible}
    return Plan(
        base=_mask(compiled.bits, (i.code for i in possible if () in alternatives[i.code])),
        triggers=_either(mask for _, mask, _ in openings),
        openings=tuple((mask, compiled.bits[code]) for _, mask, code in sorted(openings)),
        computed=tuple(
            (test_of(item.fires_when), compiled.bits[item.code])
            for item in possible
            if not item.is_asked
        ),
        assumed=tuple(
            (attrgetter(item.assumed_when_empty), compiled.bits[item.code])
            for item in possible
            if item.assumed_when_empty
        ),
        strong=_of_strength(compiled, strengths, Strength.STRONG),
        medium=_of_strength(compiled, strengths, Strength.MEDIUM),
        weak=_of_strength(compiled, strengths, Strength.WEAK),
        variants=tuple(
            VariantLane(
                bit=compiled.bits[item.code],
                index=compiled.codes.index(item.code),
                code=CODES[row.answer] if row.answer else None,
                test=None if row.answer else test_of(row.when),
                strength=row.strength,
            )
            for item in possible
            for row in item.variants
        ),
        has_papers=purpose in period.with_papers,
    )


def _of_strength(
    compiled: CompiledRules, strengths: Mapping[str, Strength | None], wanted: Strength
) -> int:
    return _mask(
        compiled.bits, (code for code, strength in strengths.items() if strength is wanted)
    )


def _alternatives(
    item: IndicatorRule, purpose: str, *, is_child: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the sets of indicators that open this one; an empty set opens it always."""
    found = []
    for atoms in item.applies_if:
        fixed = [_fixed(atom, purpose, is_child=is_child) for atom in atoms]
        if False not in fixed:
            names = (a.subject for a, known in zip(atoms, fixed, strict=True) if known is None)
            found.append(tuple(names))
    return tuple(found)


def _fixed(atom: Atom, purpose: str, *, is_child: bool) -> bool | None:
    """Decide an atom about purpose or age; None when an answer decides it."""
    if atom.subject == "purpose":
        return purpose in atom.values
    if atom.subject == "age":
        return (atom.operator == "<") == is_child
    return None


def _mask(bits: Mapping[str, int], codes: Iterable[str]) -> int:
    return _either(bits[code] for code in codes)


def _either(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def _subset(names: tuple[str, ...], number: int) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if number >> place & 1)


def _severity(rules: Rules, positive: frozenset[str]) -> int:
    return max((row.code.severity for row in rules.bands if row.holds(positive)), default=0)


def _dependency_order(rules: Rules) -> dict[str, int]:
    graph = {
        item.code: {
            atom.subject
            for atoms in item.applies_if
            for atom in atoms
            if atom.values == (Answer.YA,)
        }
        for item in rules.indicators
    }
    try:
        return {code: place for place, code in enumerate(TopologicalSorter(graph).static_order())}
    except CycleError as reason:
        raise RulesError("indicators open each other in a circle") from reason


def _periods(rules: Rules) -> tuple[tuple[date, ...], tuple[Period, ...]]:
    dated: list[tuple[str, Validity]] = [*rules.closed_placements, *rules.obligatory]
    changes = {row.valid_from for _, row in dated}
    changes |= {row.valid_to + timedelta(days=1) for _, row in dated if row.valid_to}
    starts = tuple(sorted(changes))
    return starts, tuple(
        Period(
            closed=frozenset(code for code, row in rules.closed_placements if row.covers(day)),
            with_papers=frozenset(code for code, row in rules.obligatory if row.covers(day)),
        )
        for day in (date.min, *starts)
    )


BANDS = tuple(sorted(Band))
