"""The small language in which rule data says when something applies or fires."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from checklist.canonical import Json

_ATOM = re.compile(r"([\w-]+)\s*(>=|<=|=|>|<|\bnot in\b|\bin\b)\s*(\S.*)")
_OPERATORS = frozenset({"=", ">", ">=", "<", "<=", "in", "not in"})


class ConditionError(ValueError):
    """The text is not a condition of this language."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison, such as `stay_days > stay_limit`."""

    subject: str
    operator: str
    values: tuple[str, ...]


Condition: TypeAlias = tuple[tuple[Atom, ...], ...]
"""Alternatives; one holds when all of its atoms hold. An alternative without atoms always holds."""

ALWAYS: Condition = ((),)


def parse_condition(text: str) -> Condition:
    """Read a condition; an empty text and `always` hold always."""
    if text.strip() in {"", "always"}:
        return ALWAYS
    return tuple(
        tuple(_parse_atom(atom) for atom in alternative.split(" and "))
        for alternative in text.split(" or ")
    )


def condition_as_json(condition: Condition) -> Json:
    """Return the tree as lists, the form other evaluators read."""
    return [[[a.subject, a.operator, list(a.values)] for a in atoms] for atoms in condition]


def condition_from_json(tree: Json) -> Condition:
    """Read back what `condition_as_json` wrote, refusing anything else."""
    return tuple(tuple(_read_atom(atom) for atom in _listed(atoms)) for atoms in _listed(tree))


def _parse_atom(text: str) -> Atom:
    match = _ATOM.fullmatch(text.strip())
    if match is None:
        raise ConditionError(f"not a condition: {text.strip()}")
    subject, operator, right = match.groups()
    values = tuple(right.split())
    if operator not in {"in", "not in"} and len(values) != 1:
        raise ConditionError(f"one value is expected: {text.strip()}")
    return Atom(subject, operator, values)


def _read_atom(atom: Json) -> Atom:
    match _listed(atom):
        case [str(subject), str(operator), [*values]] if operator in _OPERATORS and values:
            return Atom(subject, operator, tuple(str(value) for value in values))
    raise ConditionError("not a condition tree")


def _listed(value: Json) -> Sequence[Json]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    raise ConditionError("not a condition tree")
