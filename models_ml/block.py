"""One block of columns and the conditions of the rules on it, each worked out once."""

from collections.abc import Callable, Mapping
from functools import cached_property, reduce

import numpy as np

from checklist.coding import CODES
from checklist.compilation import CompiledRules, Period
from checklist.conditions import ALWAYS, Atom, Condition
from checklist.rules import CLOSED, STAY_LIMIT, IndicatorRule, VariantRule
from models_ml.columns import PLACE_OF_PURPOSE, PURPOSES, UNKNOWN, Columns, Flags

_COMPARE: Mapping[str, Callable[..., Flags]] = {
    ">": np.greater,
    ">=": np.greater_equal,
    "<": np.less,
    "<=": np.less_equal,
}


class Block:
    """A block of columns with what its rows have in common worked out once."""

    def __init__(self, columns: Columns, rules: CompiledRules) -> None:
        self.columns = columns
        self.rules = rules
        self.is_child = columns.is_child
        self._purposes: dict[frozenset[str], Flags] = {}

    @cached_property
    def is_adult(self) -> Flags:
        """Whether the applicant is of age."""
        return ~self.is_child

    @cached_property
    def nobody(self) -> Flags:
        """No record at all."""
        return np.zeros(len(self.columns), np.bool_)

    @cached_property
    def everybody(self) -> Flags:
        """Every record."""
        return np.ones(len(self.columns), np.bool_)

    @cached_property
    def periods(self) -> list[tuple[Period, Flags | None]]:
        """The periods in this block with the rows they hold; None when they hold all."""
        period = self.columns.period
        first, last = int(period.min()), int(period.max())
        known = self.rules.periods
        if first == last:
            return [(known[first], None)]
        return [(known[place], period == place) for place in range(first, last + 1)]

    def of_purpose(self, purposes: frozenset[str]) -> Flags:
        """Return the rows with one of these purposes."""
        if purposes not in self._purposes:
            self._purposes[purposes] = self._find_purpose(purposes)
        return self._purposes[purposes]

    def has_papers(self) -> Flags:
        """Return the rows whose purpose has obligatory papers on the interview date."""
        return self._by_period(lambda period: self.of_purpose(period.with_papers))

    def applies(self, item: IndicatorRule, fired: Flags, place: Mapping[str, int]) -> Flags:
        """Return the rows an indicator applies to.

        `fired` holds what fired so far; whatever opens this indicator is settled in it.
        """
        found = any_of(
            [
                all_of([self._opens(atom, fired, place) for atom in atoms])
                for atoms in item.applies_if
                if atoms
            ]
            or [self.everybody]
        )
        return found if has_all_purposes(item) else found & self.of_purpose(item.purposes)

    def raised(self, item: IndicatorRule) -> Flags:
        """Return the rows in which the condition of a computed indicator holds."""
        return self._holds(item.fires_when)

    def is_empty(self, fact: str) -> Flags:
        """Return the rows in which nothing is known of this fact."""
        column = self.columns.destination if fact == "destination" else self.columns.facts[fact]
        empty: Flags = column == (-1 if fact == "destination" else UNKNOWN)
        return empty

    def variant_holds(
        self, item: IndicatorRule, variant: VariantRule, place: Mapping[str, int]
    ) -> Flags:
        """Return the rows in which this other strength counts."""
        if variant.answer is None:
            return self._holds(variant.when)
        found: Flags = self.columns.answers[place[item.code]] == CODES[variant.answer]
        return found

    def _opens(self, atom: Atom, fired: Flags, place: Mapping[str, int]) -> Flags:
        if atom.subject == "purpose":
            return self.of_purpose(frozenset(atom.values))
        if atom.subject == "age":
            return self.is_child if atom.operator == "<" else self.is_adult
        row: Flags = fired[place[atom.subject]]
        return row

    def _holds(self, condition: Condition) -> Flags:
        if condition == ALWAYS:
            return self.everybody
        return any_of([all_of([self._atom(atom) for atom in atoms]) for atoms in condition])

    def _atom(self, atom: Atom) -> Flags:
        if atom.operator in {"in", "not in"}:
            return self._destination(atom)
        fact = self.columns.facts[atom.subject]
        if atom.operator == "=":
            is_true: Flags = fact == 1
            return is_true
        compare = _COMPARE[atom.operator]
        word = atom.values[0]
        if word == STAY_LIMIT:
            limits = self.rules.rules.stay_limits
            rows = [
                compare(fact, limit)
                & self.of_purpose(frozenset(p for p, days in limits.items() if days == limit))
                for limit in set(limits.values())
            ]
            found = any_of([self.nobody, *rows])
        else:
            limit = int(word) if word.isdecimal() else self.rules.rules.thresholds[word]
            found = compare(fact, limit)
        # What is unknown is stored below every number, so only an upper bound can take it in.
        return found & (fact != UNKNOWN) if atom.operator.startswith("<") else found

    def _destination(self, atom: Atom) -> Flags:
        if atom.values == (CLOSED,):
            listed = self._by_period(lambda period: self._to(period.closed))
        else:
            listed = self._to(frozenset(atom.values))
        return listed if atom.operator == "in" else ~listed & (self.columns.destination >= 0)

    def _find_purpose(self, purposes: frozenset[str]) -> Flags:
        if len(purposes) == 1:
            (name,) = purposes
            found: Flags = self.columns.purpose == PLACE_OF_PURPOSE[name]
            return found
        if 2 * len(purposes) > len(PURPOSES):
            return ~self.of_purpose(frozenset(PURPOSES) - purposes)
        return any_of([self.nobody, *(self.of_purpose(frozenset({name})) for name in purposes)])

    def _to(self, countries: frozenset[str]) -> Flags:
        found = self.nobody.copy()
        for place, name in enumerate(self.columns.destinations):
            if name in countries:
                found |= self.columns.destination == place
        return found

    def _by_period(self, rows_of: Callable[[Period], Flags]) -> Flags:
        found = self.nobody
        for period, rows in self.periods:
            found = rows_of(period) if rows is None else found | (rows_of(period) & rows)
        return found


def applies_to_all(item: IndicatorRule) -> bool:
    """Whether an indicator applies to every record."""
    return item.applies_if == ALWAYS and has_all_purposes(item)


def has_all_purposes(item: IndicatorRule) -> bool:
    """Whether an indicator is meant for every purpose."""
    return len(item.purposes) == len(PURPOSES)


def any_of(rows: list[Flags]) -> Flags:
    """Return where at least one row is true; a single row is returned as it is."""
    return reduce(np.logical_or, rows)


def all_of(rows: list[Flags]) -> Flags:
    """Return where every row is true; a single row is returned as it is."""
    return reduce(np.logical_and, rows)
