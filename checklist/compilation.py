"""The rules as tables: what one record is scored with.

Every indicator is one bit. Coded answers become bits by `bytes.translate`; everything that
depends only on purpose, age and date is worked out once, in a plan.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial, reduce
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter, or_

from checklist.coding import CODES
from checklist.conditions import Atom
from checklist.fact_tests import FactChecks, Test, fact_checks, fact_test
from checklist.facts import Facts
from checklist.instrument import Validity
from checklist.packing import Packing, Tables, name_tables, packing_of, point_tables
from checklist.rules import IndicatorRule, Rules, RulesError
from checklist.vocabulary import Answer, Band, Dimension, Strength

BANDS = tuple(sorted(Band))


@dataclass(frozen=True, slots=True)
class VariantBit:
    """Another strength for one indicator, decided by its coded answer or by a fact."""

    bit: int
    place: int
    code: int | None
    test: Test | None
    strength: Strength
    difference: int

    def holds(self, codes: bytes, facts: Facts) -> bool:
        """Whether this strength counts for these answers and facts."""
        return codes[self.place] == self.code if self.test is None else self.test(facts)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is fixed once purpose, age and date are known."""

    base: int
    triggers: int
    openings: tuple[tuple[int, int], ...]
    computed: FactChecks
    assumed: tuple[tuple[Callable[[Facts], object], int], ...]
    points: Tables[int]
    strengths: Mapping[str, Strength | None]
    varying: int
    variants: tuple[VariantBit, ...]
    has_papers: bool


@dataclass(frozen=True, slots=True)
class Period:
    """The dated lists between two dates on which one of them changes."""

    closed: frozenset[str]
    with_papers: frozenset[str]
    plans: dict[tuple[str, bool], Plan] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class CompiledRules:
    """Rules ready to score with."""

    rules: Rules
    questions: tuple[str, ...]
    bits: Mapping[str, int]
    scoring: int
    protective: int
    protections: tuple[tuple[int, int, int], ...]
    removing: int
    supersedes: tuple[tuple[int, int], ...]
    packing: Packing
    names: Tables[tuple[str, ...]]
    fired_severities: tuple[tuple[int, int], ...]
    order: Mapping[str, int]
    starts: tuple[date, ...]
    periods: tuple[Period, ...]

    @property
    def version(self) -> str:
        """The version of the rules."""
        return self.rules.version

    @property
    def sha256(self) -> str:
        """The digest of the rules."""
        return self.rules.sha256

    @cached_property
    def of_purpose(self) -> int:
        """The indicators, other than protective ones, that speak about the stated purpose."""
        return sum(self.bits[item.code] for item in self._about_purpose)

    @cached_property
    def assumed_of_purpose(self) -> tuple[tuple[int, str], ...]:
        """Those of them that are assumed while a fact is empty, with that fact."""
        assumed = ((self.bits[i.code], i.assumed_when_empty) for i in self._about_purpose)
        return tuple((bit, fact) for bit, fact in assumed if fact is not None)

    @property
    def _about_purpose(self) -> list[IndicatorRule]:
        items = self.rules.indicators
        return [i for i in items if i.dimension == Dimension.TP and not i.is_protective]

    def plan_for(self, facts: Facts) -> Plan:
        """Return the plan of this purpose, age and date."""
        period = self.periods[bisect_right(self.starts, facts.interview_date)]
        is_child = facts.age < self.rules.adult_age
        plan = period.plans.get((facts.purpose, is_child))
        if plan is None:
            plan = _plan(self, period, facts.purpose, is_child=is_child)
            period.plans[facts.purpose, is_child] = plan
        return plan


def compile_rules(rules: Rules) -> CompiledRules:
    """Lay the rules out as tables."""
    asked = [item for item in rules.indicators if item.is_asked]
    # int(text, 2) reads the first answer as the highest bit; computed facts lie above.
    lowest_first = [*reversed(asked), *(i for i in rules.indicators if not i.is_asked)]
    bits = {item.code: 1 << place for place, item in enumerate(lowest_first)}
    everything = (1 << len(lowest_first)) - 1
    shields = [item for item in asked if item.is_protective]
    protective = _mask(bits, (item.code for item in shields))
    starts, periods = _periods(rules)
    return CompiledRules(
        rules=rules,
        questions=tuple(item.code for item in asked),
        bits=bits,
        scoring=everything & ~protective,
        protective=protective,
        protections=tuple(
            (bits[item.code], rules.dimensions.index(item.dimension), -item.points)
            for item in shields
        ),
        removing=_mask(bits, (by for by, _ in rules.supersedes)),
        supersedes=tuple(
            (bits[by], everything & ~_mask(bits, removed)) for by, removed in rules.supersedes
        ),
        packing=packing_of(rules),
        names=name_tables([item.code for item in lowest_first]),
        fired_severities=tuple(
            (_mask(bits, row.fired), row.code.severity) for row in rules.bands if row.fired
        ),
        order=_dependency_order(rules),
        starts=starts,
        periods=periods,
    )


def _plan(compiled: CompiledRules, period: Period, purpose: str, *, is_child: bool) -> Plan:
    rules, bits = compiled.rules, compiled.bits
    here = [item for item in rules.indicators if purpose in item.purposes]
    alternatives = {item.code: _alternatives(item, purpose, is_child=is_child) for item in here}
    possible = [item for item in here if alternatives[item.code]]
    computed = [item for item in possible if not item.is_asked]
    test = partial(fact_test, rules=rules, closed=period.closed, purpose=purpose)
    strengths = {item.code: item.child if is_child else item.adult for item in possible}
    variants = _variants(compiled, possible, strengths, test)
    openings = _openings(compiled, alternatives)
    return Plan(
        base=_mask(bits, (i.code for i in possible if () in alternatives[i.code])),
        triggers=_either(opener for opener, _ in openings),
        openings=openings,
        computed=fact_checks(
            [(item.fires_when, bits[item.code]) for item in computed],
            rules=rules,
            closed=period.closed,
            purpose=purpose,
        ),
        assumed=tuple(
            (attrgetter(item.assumed_when_empty), bits[item.code])
            for item in possible
            if item.assumed_when_empty
        ),
        points=point_tables(_units(compiled, possible, strengths)),
        strengths=strengths,
        varying=_either(row.bit for row in variants),
        variants=variants,
        has_papers=purpose in period.with_papers,
    )


def _units(
    compiled: CompiledRules,
    items: Iterable[IndicatorRule],
    strengths: Mapping[str, Strength | None],
) -> list[int]:
    units = dict.fromkeys(sorted(compiled.bits.values()), 0)
    for item in items:
        units[compiled.bits[item.code]] = compiled.packing.units[
            item.dimension, strengths[item.code]
        ]
    return list(units.values())


def _variants(
    compiled: CompiledRules,
    items: Iterable[IndicatorRule],
    strengths: Mapping[str, Strength | None],
    test: Callable[..., Test],
) -> tuple[VariantBit, ...]:
    units = compiled.packing.units
    return tuple(
        VariantBit(
            bit=compiled.bits[item.code],
            place=compiled.questions.index(item.code) if item.is_asked else 0,
            code=CODES[row.answer] if row.answer else None,
            test=None if row.answer else test(row.when),
            strength=row.strength,
            difference=units[item.dimension, row.strength]
            - units[item.dimension, strengths[item.code]],
        )
        for item in items
        for row in item.variants
    )


def _openings(
    compiled: CompiledRules, alternatives: Mapping[str, tuple[tuple[str, ...], ...]]
) -> tuple[tuple[int, int], ...]:
    """Return what opens what, in an order in which an opener is settled before it is asked."""
    opened: dict[tuple[str, ...], list[str]] = {}
    for code, sets in alternatives.items():
        if () not in sets:
            for names in sets:
                opened.setdefault(names, []).append(code)
    in_order = sorted(opened, key=lambda names: max(map(compiled.order.__getitem__, names)))
    return tuple((_mask(compiled.bits, n), _mask(compiled.bits, opened[n])) for n in in_order)


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
    return reduce(or_, masks, 0)


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
