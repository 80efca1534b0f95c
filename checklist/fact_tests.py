"""Conditions on computed facts as functions."""

import operator
from collections.abc import Callable
from operator import attrgetter
from typing import TypeAlias

from checklist.conditions import Atom, Condition
from checklist.facts import Facts
from checklist.rules import CLOSED, STAY_LIMIT, Rules

Test: TypeAlias = Callable[[Facts], bool | None]
_COMPARE = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


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
    if atom.operator == "=":
        return value
    if atom.operator in {"in", "not in"}:
        listed = closed if atom.values == (CLOSED,) else frozenset(atom.values)
        is_wanted = atom.operator == "in"
        return lambda facts: value(facts) is not None and (value(facts) in listed) is is_wanted
    (word,) = atom.values
    limit = _limit(word, rules, purpose)
    if limit is None:
        return lambda _facts: False
    compare = _COMPARE[atom.operator]
    return lambda facts: (known := value(facts)) is not None and compare(known, limit)


def _limit(word: str, rules: Rules, purpose: str) -> int | None:
    if word == STAY_LIMIT:
        return rules.stay_limits.get(purpose)
    return int(word) if word.isdecimal() else rules.thresholds[word]
