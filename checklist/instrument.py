"""The instrument: questions, opening questions, papers and dated lists of one version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from checklist.canonical import Json
from checklist.conditions import Condition
from checklist.vocabulary import Answer, Purpose, Strength


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    id: str = ""
    en: str = ""

    def of(self, lang: str) -> str:
        """Return the text in this language."""
        return self.en if lang == "en" else self.id

    def __bool__(self) -> bool:
        """Whether both languages are there."""
        return bool(self.id and self.en)


class AnswerKind(StrEnum):
    """Which answers an indicator takes."""

    TRI = "tri"
    SPELLING = "tri+ejaan"
    DUPLICATE = "duplicate"
    COMPUTED = "computed"

    @property
    def allowed(self) -> tuple[Answer, ...]:
        """The answers a person may give."""
        return _ALLOWED[self]

    @property
    def worst(self) -> Answer:
        """What an unknown is taken as when everything turns out badly."""
        return Answer.IDENTITAS_BERBEDA if self is AnswerKind.DUPLICATE else Answer.YA


_ALLOWED = {
    AnswerKind.TRI: (Answer.YA, Answer.TIDAK, Answer.TD),
    AnswerKind.SPELLING: (Answer.YA, Answer.EJAAN, Answer.TIDAK, Answer.TD),
    AnswerKind.DUPLICATE: (
        Answer.IDENTITAS_SAMA,
        Answer.IDENTITAS_BERBEDA,
        Answer.TIDAK,
        Answer.TD,
    ),
    AnswerKind.COMPUTED: (),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An extra button beside Ya, Tidak and Belum diketahui."""

    value: Answer
    label: Text
    fact: Text


@dataclass(frozen=True, slots=True)
class Screen:
    """How a question looks and reads at the counter."""

    section: str = ""
    order: int = 0
    reversed: bool = False
    ask: Text = field(default_factory=Text)
    ask_child: Text = field(default_factory=Text)
    ask_by_purpose: Mapping[str, Text] = field(default_factory=dict)
    say: Text = field(default_factory=Text)
    fact_ya: Text = field(default_factory=Text)
    fact_tidak: Text = field(default_factory=Text)
    choices: tuple[Choice, ...] = ()
    guidance: Text = field(default_factory=Text)
    example: Text = field(default_factory=Text)
    counter_example: Text = field(default_factory=Text)
    basis: Text = field(default_factory=Text)

    def question(self, *, purpose: Purpose | None = None, is_child: bool = False) -> Text:
        """Return the wording for this applicant."""
        if is_child and self.ask_child:
            return self.ask_child
        return self.ask_by_purpose.get(purpose or "", self.ask)

    def fact(self, answer: Answer) -> Text:
        """Return how the stored answer reads afterwards."""
        for choice in self.choices:
            if choice.value is answer:
                return choice.fact
        return self.fact_ya if answer.is_adverse else self.fact_tidak


@dataclass(frozen=True, slots=True)
class Variant:
    """A strength that holds instead of the usual one while its condition holds."""

    when: Condition
    strength: Strength


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named reading of the answers; a protective one carries points below zero."""

    code: str
    dimension: str
    strength_adult: Strength | None
    strength_child: Strength | None
    points: int
    variants: tuple[Variant, ...]
    answer: AnswerKind
    purposes: frozenset[str]
    applies_if: Condition
    fires_when: Condition
    assumed_when_empty: str | None
    routed_when: str | None
    kind: str
    gate: str | None
    ilo_item: str | None
    wording: Text
    evidence: str
    source: str
    screen: Screen

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it."""
        return self.answer is not AnswerKind.COMPUTED

    @property
    def is_protective(self) -> bool:
        """Whether it lowers points instead of adding them."""
        return self.points < 0

    def strength(self, *, is_child: bool) -> Strength | None:
        """Return the usual strength for this age."""
        return self.strength_child if is_child else self.strength_adult

    def needs_note(self, answer: Answer | None, *, is_child: bool) -> bool:
        """Whether this stored answer must be explained by a short note."""
        if answer is not Answer.YA and answer is not Answer.IDENTITAS_BERBEDA:
            return False
        return self.strength(is_child=is_child) in {Strength.STRONG, Strength.MEDIUM}


@dataclass(frozen=True, slots=True)
class Gate:
    """An opening question that stands for several indicators."""

    code: str
    indicators: tuple[str, ...]
    screen: Screen


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when something holds, both days included."""

    valid_from: date
    valid_to: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it holds on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper asked for with one purpose."""

    code: str
    purpose: str
    is_obligatory: bool
    group: str
    validity: Validity
    label: Text
    how_to_check: Text
    basis: Text


@dataclass(frozen=True, slots=True)
class ListedCountry:
    """A country on a dated list."""

    code: str
    validity: Validity
    basis: Text


@dataclass(frozen=True, slots=True)
class LicensedBureau:
    """A licensed bureau that serves many households lawfully."""

    licence: str
    name: str
    kind: str
    phone: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class Heading:
    """A coded heading with its text: a section, a purpose, a dimension."""

    code: str
    label: Text
    short: Text
    intro: Text


@dataclass(frozen=True, eq=False)
class Instrument:
    """One frozen version of the checklist; `content` is what its digest is taken of."""

    version: str
    valid_from: date
    title: Text
    sha256: str
    content: Mapping[str, Json] = field(repr=False)
    indicators: Mapping[str, Indicator] = field(repr=False)
    gates: Mapping[str, Gate] = field(repr=False)
    papers: tuple[Paper, ...] = field(repr=False)
    sections: tuple[Heading, ...] = field(repr=False)
    purposes: Mapping[str, Heading] = field(repr=False)
    dimensions: Mapping[str, Heading] = field(repr=False)
    countries: Mapping[str, Text] = field(repr=False)
    closed_placement_rows: tuple[ListedCountry, ...] = field(repr=False)
    licensed_bureau_rows: tuple[LicensedBureau, ...] = field(repr=False)
    adult_age: int
    departure_window_days: int

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The asked indicators in catalogue order: the order of coded answers."""
        return tuple(code for code, item in self.indicators.items() if item.is_asked)

    @cached_property
    def paper_codes(self) -> frozenset[str]:
        """Every paper that is known, obligatory or not, of whatever date."""
        return frozenset(paper.code for paper in self.papers)

    @cached_property
    def on_screen(self) -> tuple[Gate | Indicator, ...]:
        """Opening questions and questions in screen order."""
        asked = [item for item in self.indicators.values() if item.is_asked]
        items: list[Gate | Indicator] = [*self.gates.values(), *asked]
        return tuple(sorted(items, key=lambda item: (item.screen.section, item.screen.order)))

    @cached_property
    def asked_on_screen(self) -> tuple[Indicator, ...]:
        """The questions in screen order, without the opening questions."""
        return tuple(item for item in self.on_screen if isinstance(item, Indicator))

    def papers_for(self, purpose: str, on: date) -> tuple[Paper, ...]:
        """Return the obligatory papers of a purpose in force on this day."""
        return _papers_for(self, purpose, on)

    def closed_placements(self, on: date) -> frozenset[str]:
        """Return the countries closed to placement on this day."""
        return frozenset(r.code for r in self.closed_placement_rows if r.validity.covers(on))

    def licensed_bureaus(self, on: date) -> tuple[LicensedBureau, ...]:
        """Return the bureaus licensed on this day."""
        return tuple(row for row in self.licensed_bureau_rows if row.validity.covers(on))

    def as_json(self, lang: str | None = None) -> Json:
        """Return the whole content; with a language, each text in that language only."""
        return self.content if lang is None else _in_language(self.content, lang)


@lru_cache(maxsize=256)
def _papers_for(instrument: Instrument, purpose: str, on: date) -> tuple[Paper, ...]:
    return tuple(
        paper
        for paper in instrument.papers
        if paper.is_obligatory and paper.purpose == purpose and paper.validity.covers(on)
    )


def _in_language(value: Json, lang: str) -> Json:
    match value:
        case {"id": str() as indonesian, "en": str() as english, **rest} if not rest:
            return english if lang == "en" else indonesian
        case Mapping():
            return {key: _in_language(item, lang) for key, item in value.items()}
        case list() | tuple():
            return [_in_language(item, lang) for item in value]
        case _:
            return value
