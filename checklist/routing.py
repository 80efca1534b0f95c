"""Which questions are asked, in screen order, given what is known so far.

Routing decides what is asked, never what counts: an answer that was given is scored wherever it
applies. The same tables leave as JSON for the browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from checklist.assessment import Record, assess
from checklist.canonical import Json
from checklist.coding import answers_of
from checklist.compilation import CompiledRules
from checklist.conditions import condition_as_json
from checklist.facts import Facts
from checklist.instrument import Gate, Indicator, Instrument
from checklist.vocabulary import Answer, Dimension


@dataclass(frozen=True, slots=True)
class Situation:
    """What routing reads beside the answers."""

    facts: Facts
    departure_date: date | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """What this applicant is asked; both lists are in screen order."""

    steps: tuple[str, ...]
    questions: tuple[str, ...]
    applicable: frozenset[str]

    def unanswered(self, answers: Mapping[str, Answer], instrument: Instrument) -> tuple[str, ...]:
        """Return the questions that still lack an answer of their own or from their gate."""
        return tuple(
            code
            for code in self.questions
            if code not in answers
            and answers.get(instrument.indicators[code].gate or "") not in _CLOSING
        )


_CLOSING = frozenset({Answer.TIDAK, Answer.TD})


def expand_gates(answers: Mapping[str, Answer], instrument: Instrument) -> dict[str, Answer]:
    """Return the answers of all questions, those behind a closed opening question filled in."""
    expanded = {
        code: word
        for gate in instrument.gates.values()
        if (word := answers.get(gate.code)) in _CLOSING
        for code in gate.indicators
    }
    expanded.update({c: word for c, word in answers.items() if c not in instrument.gates})
    return expanded


def route(
    situation: Situation,
    answers: Mapping[str, Answer],
    *,
    instrument: Instrument,
    rules: CompiledRules,
) -> Route:
    """Work out what is asked after these answers, opening questions among them or not."""
    record = Record(situation.facts, answers_of(expand_gates(answers, instrument), rules.questions))
    assessment = assess(record, rules)
    applicable = assessment.applicable
    reasons = {"departure_soon": _departs_soon(situation, instrument)}
    reasons["purpose_in_doubt"] = assessment.is_purpose_in_doubt
    held = frozenset(name for name, is_held in reasons.items() if is_held)
    opened = frozenset(code for code in instrument.gates if answers.get(code) == Answer.YA)
    return _route(instrument, applicable, held, opened)


@lru_cache(maxsize=1024)
def _route(
    instrument: Instrument,
    applicable: frozenset[str],
    held: frozenset[str],
    opened: frozenset[str],
) -> Route:
    """Return what is asked; applicants differ in few ways, so most are asked the same."""
    questions = tuple(
        item.code
        for item in instrument.asked_on_screen
        if item.code in applicable and (item.routed_when is None or item.routed_when in held)
    )
    return Route(_steps(questions, opened, instrument), questions, applicable)


def routing_tables(instrument: Instrument) -> Json:
    """Return what the browser needs to route by itself."""
    return {
        "departure_window_days": instrument.departure_window_days,
        "adult_age": instrument.adult_age,
        "purpose_dimension": Dimension.TP,
        "steps": [_step_json(item) for item in instrument.on_screen],
    }


def _step_json(item: Gate | Indicator) -> Json:
    place: dict[str, Json] = {
        "code": item.code,
        "section": item.screen.section,
        "order": item.screen.order,
    }
    if isinstance(item, Gate):
        return {**place, "opens": list(item.indicators)}
    return {
        **place,
        "answers": [str(answer) for answer in item.answer.allowed],
        "reversed": item.screen.reversed,
        "purposes": sorted(item.purposes),
        "applies_if": condition_as_json(item.applies_if),
        "routed_when": item.routed_when,
        "gate": item.gate,
        "note": {
            age: [str(a) for a in item.answer.allowed if item.needs_note(a, is_child=is_child)]
            for age, is_child in (("adult", False), ("child", True))
        },
    }


def _steps(
    questions: tuple[str, ...], opened: frozenset[str], instrument: Instrument
) -> tuple[str, ...]:
    shown, asked = [], frozenset(questions)
    for item in instrument.on_screen:
        if isinstance(item, Gate):
            is_shown = not asked.isdisjoint(item.indicators)
        else:
            is_shown = item.code in asked and (item.gate is None or item.gate in opened)
        if is_shown:
            shown.append(item.code)
    return tuple(shown)


def _departs_soon(situation: Situation, instrument: Instrument) -> bool:
    departure = situation.departure_date
    if departure is None:
        return True
    return (departure - situation.facts.interview_date).days <= instrument.departure_window_days
