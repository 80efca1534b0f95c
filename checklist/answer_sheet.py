"""Answers and notes of one interview: opening questions expanded, nothing routed left open."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checklist.assessment import rules_for
from checklist.coding import answers_of
from checklist.fields import FieldProblem, Fields, Problems, Reader, text, word
from checklist.instrument import Instrument
from checklist.routing import Situation, expand_gates, route
from checklist.submission import Sheet
from checklist.vocabulary import Answer

NOTE_MIN = 10
NOTE_LIMIT = 500
_GATE_WORDS = (Answer.YA, Answer.TIDAK, Answer.TD)


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What stands on the sheet: answers by question or opening question, and notes."""

    answers: Mapping[str, Answer]
    notes: Mapping[str, str]


def read_given(form: Fields, instrument: Instrument) -> Given:
    """Read the answers and notes of a payload."""
    answers = form.inside("answers", required=True)
    notes = form.inside("notes")
    given = answers.take_given(_readers(instrument))
    written = notes.take_given(_note_readers(instrument))
    answers.refuse_others("unknown_question")
    notes.refuse_others("unknown_question")
    return Given(given, written)


def check_sheet(
    given: Given, situation: Situation, *, instrument: Instrument, problems: Problems
) -> Sheet:
    """Expand the opening questions and name every gap, contradiction and missing note."""
    rules = rules_for(instrument)
    expanded = expand_gates(given.answers, instrument)
    asked = route(situation, given.answers, instrument=instrument, rules=rules)
    is_child = situation.facts.age < instrument.adult_age
    _check_gates(given, instrument, problems)
    for code in asked.unanswered(given.answers, instrument):
        item = instrument.indicators[code]
        question = item.screen.question(purpose=situation.facts.purpose, is_child=is_child)
        wording = question.of(problems.lang)
        name = f"{wording[:1].lower()}{wording[1:]}"
        problems.add(f"answers.{code}", "missing_answer", question=name)
    for code, answer in expanded.items():
        if not instrument.indicators[code].needs_note(answer, is_child=is_child):
            continue
        if len(given.notes.get(code, "")) < NOTE_MIN and code in asked.applicable:
            problems.add(f"notes.{code}", "note_needed", low=NOTE_MIN)
    return Sheet(
        given=given.answers,
        answers=answers_of(expanded, rules.questions),
        set_by_gate=frozenset(expanded.keys() - given.answers.keys()),
        notes=given.notes,
        routed=asked.questions,
    )


def _check_gates(given: Given, instrument: Instrument, problems: Problems) -> None:
    for gate in instrument.gates.values():
        if given.answers.get(gate.code) is Answer.TIDAK:
            for code in gate.indicators:
                answer = given.answers.get(code)
                if answer is not None and answer.is_adverse:
                    problems.add(f"answers.{code}", "closed_gate")


@lru_cache(maxsize=16)
def _readers(instrument: Instrument) -> Mapping[str, Reader[Answer]]:
    readers = dict.fromkeys(instrument.gates, word(Answer, _GATE_WORDS))
    for item in instrument.indicators.values():
        readers[item.code] = word(Answer, item.answer.allowed) if item.is_asked else _computed
    return readers


@lru_cache(maxsize=16)
def _note_readers(instrument: Instrument) -> Mapping[str, Reader[str]]:
    return dict.fromkeys(instrument.questions, text(NOTE_LIMIT, lines=True))


def _computed(_value: object) -> Answer:
    raise FieldProblem("computed")
