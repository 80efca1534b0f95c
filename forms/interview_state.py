"""What stands on the interview page: one flat mapping from field names to typed text.

The names are those under which the validator reports problems, such as `answers.TP-05`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from checklist.instrument import Instrument
from checklist.vocabulary import Answer
from forms.base import tidy

State = Mapping[str, str]

APPLICANT_FIELDS = (
    "nik",
    "name",
    "birth_date",
    "sex",
    "phone",
    "kk_number",
    "mother_name",
    "regency",
    "district",
    "village",
    "guardian",
)
PASSPORT_FIELDS = ("service", "issued", "event_date", "replacements_5y")
PARTY_FIELDS = ("role", "name", "phone", "address", "licence")
JOURNEY_FIELDS = ("purpose", "destination", "departure_date", "stay_days")
OTHER_FIELDS = ("companion", "interpreter", "officer_judgement", "judgement_reason", "reached")
PAIRED_NOTE = "TP-14"
"""The question whose note is two answers, the first and the second."""

_MAX_PARTIES = 20
_FEWEST_PARTIES = 1
_LONGEST = 2_000
_PARTY = re.compile(r"third_parties\.(\d{1,2})\.[a-z]+")


def known_names(instrument: Instrument) -> Iterator[str]:
    """Give the name of every field that the page can have."""
    yield from JOURNEY_FIELDS
    yield from OTHER_FIELDS
    yield from (f"applicant.{name}" for name in APPLICANT_FIELDS)
    yield from (f"passport.{name}" for name in PASSPORT_FIELDS)
    yield from (f"documents.{paper.code}" for paper in instrument.papers)
    yield from (f"answers.{code}" for code in (*instrument.gates, *instrument.questions))
    yield from (f"notes.{code}" for code in instrument.questions)
    yield f"notes.{PAIRED_NOTE}.second"
    for number in range(_MAX_PARTIES):
        yield from (f"third_parties.{number}.{name}" for name in PARTY_FIELDS)


def read_state(items: Iterable[tuple[str, str]], instrument: Instrument) -> dict[str, str]:
    """Keep what belongs to the page, tidied; anything else that was sent is left aside."""
    known = frozenset(known_names(instrument))
    return {
        name: text
        for name, value in items
        if name in known and isinstance(value, str) and (text := (tidy(value) or "")[:_LONGEST])
    }


def given_answers(state: State, instrument: Instrument) -> dict[str, Answer]:
    """Return the answers that stand on the page, those behind closed gates among them."""
    words = {str(answer): answer for answer in Answer}
    return {
        code: words[word]
        for code in (*instrument.gates, *instrument.questions)
        if (word := state.get(f"answers.{code}", "")) in words
    }


def used_answers(state: State, instrument: Instrument) -> dict[str, Answer]:
    """Return the answers that count: what stands behind a gate only while the gate says ya."""
    given = given_answers(state, instrument)
    return {
        code: answer
        for code, answer in given.items()
        if code in instrument.gates
        or (gate := instrument.indicators[code].gate) is None
        or given.get(gate) in {None, Answer.YA}
    }


def party_numbers(state: State) -> list[int]:
    """Return the numbers of the rows of third parties that the page shows."""
    typed = {int(match[1]) for name in state if (match := _PARTY.fullmatch(name))}
    return list(range(max((number + 1 for number in typed), default=_FEWEST_PARTIES)))


def note_of(state: State, code: str) -> str:
    """Return a question's note as it is sealed."""
    first = state.get(f"notes.{code}", "")
    if code != PAIRED_NOTE:
        return first
    second = state.get(f"notes.{code}.second", "")
    return f"{first} / {second}" if first or second else ""


def iso(day: date | None) -> str:
    """Return a stored day as the page shows it in a field."""
    return f"{day:%d-%m-%Y}" if day else ""
