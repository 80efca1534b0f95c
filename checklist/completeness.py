"""What an instrument still lacks before it may be used, in sentences."""

from collections.abc import Iterator

from checklist.instrument import Gate, Indicator, Instrument, Text
from checklist.vocabulary import Answer, Purpose

_ALWAYS_NEEDED = ("fact_ya", "fact_tidak", "guidance", "example", "counter_example", "basis")
_ASKED_NEEDED = ("ask", "say", *_ALWAYS_NEEDED)
_PLAIN = {Answer.YA, Answer.TIDAK, Answer.TD}


def missing_content(instrument: Instrument) -> list[str]:
    """List what is missing, one sentence each; an instrument with none may be used."""
    return [
        *_missing_wording(instrument),
        *_missing_headings(instrument),
        *_missing_papers(instrument),
        *_unclear_order(instrument),
    ]


def _missing_wording(instrument: Instrument) -> Iterator[str]:
    items: list[Gate | Indicator] = [*instrument.gates.values(), *instrument.indicators.values()]
    for item in items:
        is_asked = isinstance(item, Gate) or item.is_asked
        for name in _ASKED_NEEDED if is_asked else _ALWAYS_NEEDED:
            if not getattr(item.screen, name):
                yield f"{item.code} has no {name} in both languages."
        if is_asked and not item.screen.section:
            yield f"{item.code} has no section."
        if isinstance(item, Indicator):
            yield from _missing_choices(item)


def _missing_choices(item: Indicator) -> Iterator[str]:
    given = {choice.value for choice in item.screen.choices}
    for answer in item.answer.allowed:
        if answer not in _PLAIN | given:
            yield f"{item.code} has no button for {answer}."


def _missing_headings(instrument: Instrument) -> Iterator[str]:
    sections = {heading.code for heading in instrument.sections}
    for item in instrument.on_screen:
        if item.screen.section and item.screen.section not in sections:
            yield f"{item.code} is in section {item.screen.section}, which has no heading."
    for purpose in Purpose:
        if purpose not in instrument.purposes:
            yield f"Purpose {purpose} has no label."
    if not instrument.countries:
        yield "There is no list of countries."


def _missing_papers(instrument: Instrument) -> Iterator[str]:
    for paper in instrument.papers:
        for name in ("label", "how_to_check", "basis"):
            text: Text = getattr(paper, name)
            if not text:
                yield f"Paper {paper.code} has no {name} in both languages."


def _unclear_order(instrument: Instrument) -> Iterator[str]:
    seen: dict[tuple[str, int], str] = {}
    for item in instrument.on_screen:
        place = (item.screen.section, item.screen.order)
        if item.screen.section and place in seen:
            yield f"{item.code} and {seen[place]} have the same place on the screen."
        seen[place] = item.code
