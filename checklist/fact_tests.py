"""Conditions on computed facts, laid out so that one record is checked quickly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from checklist.conditions import ALWAYS, Atom, Condition
from checklist.facts import Facts
from checklist.rules import CLOSED, STAY_LIMIT, Rules

Test: TypeAlias = Callable[[Facts], bool]
_FAR = 1 << 62


@dataclass(frozen=True, slots=True)
class FactChecks:
    """The computed indicators of a plan: those always raised, by range, and by any other test."""

    always: int
    read: Callable[[Facts], Iterable[int | None]]
    ranges: tuple[tuple[int, int, int], ...]
    tests: tuple[tuple[Test, int], ...]

    def raised(self, facts: Facts) -> int:
        """Return the bits of the indicators whose condition holds; unknown facts hold nothing."""
        raised = self.always
        for value, (low, high, bit) in zip(self.read(facts), self.ranges, strict=False):
            if value is not None and low <= value <= high:
                raised |= bit
        for test, bit in self.tests:
            if test(facts):
                raised |= bit
        return raised


def fact_checks(
    conditions: Iterable[tuple[Condition, int]],
    *,
    rules: Rules,
    closed: frozenset[str],
    purpose: str,
) -> FactChecks:
    """Lay the conditions of computed indicators out; each comes with its bit."""
    always, names = 0, []
    ranges, tests = [], []
    for condition, bit in conditions:
        if condition == ALWAYS:
            always |= bit
            continue
        for atoms in condition:
            bounds = _bounds(atoms[0], rules, purpose) if len(atoms) == 1 else None
            if bounds is None:
                tests.append(
                    (fact_test((atoms,), rules=rules, closed=closed, purpose=purpose), bit)
                )
            else:
                names.append(atoms[0].subject)
                ranges.append((*bounds, bit))
    # attrgetter gives a tuple only for two names or more, and surplus values are not looked at.
    read = attrgetter(*names, "stay_days", "stay_days")
    return FactChecks(always, read, tuple(ranges), tuple(tests))


def fact_test(condition: Condition, *, rules: Rules, closed: frozenset[str], purpose: str) -> Test:
    """Return a function that says whether the condition holds; an unknown fact never does."""
    alternatives = [
        [_atom_test(atom, rules, closed, purpose) for atom in atoms] for atoms in condition
    ]
    if len(alternatives) == 1 and len(alternatives[0]) == 1:
        return alternatives[0][0]
    return lambda facts: any(all(test(facts) for test in tests) for tests in alternatives)


def _atom_test(atom: Atom, rules: Rules, closed: frozenset[str], purpose: str) -> Test:
    value = attrgetter(atom.subject)
    bounds = _bounds(atom, rules, purpose)
    if bounds is not None:
        low, high = bounds
        return lambda facts: (known := value(facts)) is not None and low <= known <= high
    listed = closed if atom.values == (CLOSED,) else frozenset(atom.values)
    is_wanted = atom.operator == "in"
    return lambda facts: (known := value(facts)) is not None and (known in listed) is is_wanted


def _bounds(atom: Atom, rules: Rules, purpose: str) -> tuple[int, int] | None:
    """Return the range a fact must lie in, or None where it is looked up in a list."""
    if atom.operator in {"in", "not in"}:
        return None
    if atom.operator == "=":
        return 1, 1
    limit = _limit(atom.values[0], rules, purpose)
    if limit is None:
        return _FAR, -_FAR
    return {
        ">": (limit + 1, _FAR),
        ">=": (limit, _FAR),
        "<": (-_FAR, limit - 1),
        "<=": (-_FAR, limit),
    }[atom.operator]


def _limit(word: str, rules: Rules, purpose: str) -> int | None:
    if word == STAY_LIMIT:
        return rules.stay_limits.get(purpose)
    return int(word) if word.isdecimal() else rules.thresholds[word]
