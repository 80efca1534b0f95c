"""The anchor of one assessment: straight-line Python generated from the same rules.

It finds what fired, the points, the positive dimensions and the band of the answers as given; it
does not work out the range, the papers or the reasons.
"""

from collections.abc import Callable
from typing import Any

from checklist.coding import CODES
from checklist.conditions import Atom, Condition
from checklist.facts import Facts
from checklist.rules import CLOSED, STAY_LIMIT, IndicatorRule, Rules
from checklist.vocabulary import Answer, Strength

Decide = Callable[[bytes, Facts], tuple[list[str], list[int], list[str], str]]


def generate(rules: Rules) -> Decide:
    """Return the generated function of a set of rules."""
    questions = [item.code for item in rules.indicators if item.is_asked]
    lines = ["def decide(codes, facts):", "    purpose = facts.purpose", "    age = facts.age"]
    lines += [f"    c{n} = codes[{n}]" for n in range(len(questions))]
    for item in sorted(rules.indicators, key=_dependence):
        lines.append(f"    {_name(item.code)} = {_fires(item, rules, questions)}")
    lines += _removals(rules)
    lines.append("    fired = []")
    for dimension in rules.dimensions:
        lines += _points(dimension, rules, questions)
    lines += _bands(rules)
    scope: dict[str, Any] = {}
    exec("\n".join(lines), scope)
    return scope["decide"]


def _dependence(item: IndicatorRule) -> bool:
    return any(atom.values == ("ya",) for atoms in item.applies_if for atom in atoms)


def _name(code: str) -> str:
    return "f_" + code.replace("-", "_")


def _fires(item: IndicatorRule, rules: Rules, questions: list[str]) -> str:
    parts = []
    if item.is_asked:
        parts.append(f"c{questions.index(item.code)} > {CODES[Answer.TD]}")
    else:
        parts.append(_condition(item.fires_when, rules))
    if len(item.purposes) < 13:
        parts.append(f"purpose in {set(item.purposes)!r}")
    if item.applies_if != ((),):
        parts.append(_condition(item.applies_if, rules))
    return " and ".join(f"({part})" for part in parts)


def _condition(condition: Condition, rules: Rules) -> str:
    alternatives = [
        " and ".join(_atom(atom, rules) for atom in atoms) or "True" for atoms in condition
    ]
    return " or ".join(f"({each})" for each in alternatives) or "False"


def _atom(atom: Atom, rules: Rules) -> str:
    if atom.subject == "purpose":
        return f"purpose in {set(atom.values)!r}"
    if atom.subject == "age":
        return f"age {atom.operator} {atom.values[0]}"
    if "-" in atom.subject:
        return _name(atom.subject)
    fact = f"facts.{atom.subject}"
    if atom.values == (CLOSED,):
        closed = {country for country, _ in rules.closed_placements}
        return f"{fact} {atom.operator} {closed!r}"
    if atom.operator in {"in", "not in"}:
        return f"({fact} is not None and {fact} {atom.operator} {set(atom.values)!r})"
    if atom.operator == "=":
        return fact
    limit = atom.values[0]
    if limit == STAY_LIMIT:
        text = f"{rules.stay_limits!r}.get(purpose, 1 << 30)"
    else:
        text = limit if limit.isdecimal() else str(rules.thresholds[limit])
    return f"({fact} is not None and {fact} {atom.operator} {text})"


def _removals(rules: Rules) -> list[str]:
    removed: dict[str, list[str]] = {}
    for by, codes in rules.supersedes:
        for code in codes:
            removed.setdefault(code, []).append(_name(by))
    return [
        f"    {_name(code)} = {_name(code)} and not ({' or '.join(by)})"
        for code, by in removed.items()
    ]


def _points(dimension: str, rules: Rules, questions: list[str]) -> list[str]:
    p, w = f"p_{dimension}", f"w_{dimension}"
    lines = [f"    {p} = {w} = 0"]
    members = [item for item in rules.indicators if item.dimension == dimension]
    for item in (each for each in members if not each.is_protective):
        lines += [f"    if {_name(item.code)}:", f"        fired.append({item.code!r})"]
        lines += _add(item, rules, questions, (p, w))
    lines.append(f"    {p} += {w} if {w} < {rules.weak_cap} else {rules.weak_cap}")
    for item in (each for each in members if each.is_protective):
        lines += [f"    if {_name(item.code)}:", f"        {p} += {item.points}"]
    lines += [f"    if {p} < 0:", f"        {p} = 0"]
    return lines


def _add(
    item: IndicatorRule, rules: Rules, questions: list[str], into: tuple[str, str]
) -> list[str]:
    lines, indent = [], "        "
    for variant in item.variants:
        test = (
            f"c{questions.index(item.code)} == {CODES[variant.answer]}"
            if variant.answer
            else _condition(variant.when, rules)
        )
        lines += [f"{indent}if {test}:", indent + "    " + _plus(variant.strength, rules, into)]
        lines.append(f"{indent}else:")
        indent += "    "
    if item.adult == item.child or item.child is None or item.adult is None:
        return [*lines, indent + _plus(item.adult or item.child, rules, into)]
    adult, child = _plus(item.adult, rules, into), _plus(item.child, rules, into)
    return [
        *lines,
        f"{indent}if age >= {rules.adult_age}:",
        f"{indent}    {adult}",
        f"{indent}else:",
        f"{indent}    {child}",
    ]


def _plus(strength: Strength | None, rules: Rules, into: tuple[str, str]) -> str:
    points = rules.strength_points[strength or Strength.NONE]
    return f"{into[1]} += {points}" if strength is Strength.WEAK else f"{into[0]} += {points}"


def _bands(rules: Rules) -> list[str]:
    lines = ["    positive = []", "    band = 'hijau'"]
    for dimension in rules.dimensions:
        lines += [
            f"    if p_{dimension} >= {rules.positive_at}:",
            f"        positive.append({dimension!r})",
        ]
    for row in reversed(rules.bands):
        tests = [f"p_{each} >= {rules.positive_at}" for each in sorted(row.positive)]
        tests += [_name(code) for code in sorted(row.fired)]
        tests += [
            "(" + " and ".join(f"p_{each} >= {rules.positive_at}" for each in sorted(pair)) + ")"
            for pair in row.together
        ]
        lines += [f"    if {' or '.join(tests)}:", f"        band = {row.code.value!r}"]
    points = ", ".join(f"p_{dimension}" for dimension in rules.dimensions)
    return [*lines, f"    return fired, [{points}], positive, band"]
