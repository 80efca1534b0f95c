"""The reasons of a result in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklist.instrument import Instrument
from checklist.reasons import visible_code
from checklist.vocabulary import Answer


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that the rules raised; the watch list has no code for an officer."""

    code: str | None
    dimension: str
    heading: str
    text: str
    note: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return the reason as the API gives it."""
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True, slots=True)
class Heard:
    """What fired, with the answers and notes it rests on."""

    fired: Sequence[str]
    answers: Mapping[str, str]
    notes: Mapping[str, str]


def for_officer(heard: Heard, *, instrument: Instrument, lang: str) -> list[Reason]:
    """Return what fired as facts, grouped by dimension, without points."""
    headings = {code: each.label.of(lang) for code, each in instrument.dimensions.items()}
    order = list(headings)
    items = [instrument.indicators[code] for code in heard.fired]
    items.sort(key=lambda item: order.index(item.dimension))
    return [
        Reason(
            code=visible_code(item.code),
            dimension=item.dimension,
            heading=headings[item.dimension],
            text=item.screen.fact(Answer(heard.answers.get(item.code, Answer.YA))).of(lang),
            note=heard.notes.get(item.code),
        )
        for item in items
    ]
