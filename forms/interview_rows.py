"""The parts, rows and papers of the interview page, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """One button: `value` is what is stored, `label` what is read."""

    value: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """What helps to ask and to tell answers apart; shown beside the question in focus."""

    say: str
    how: str
    example: str
    counter_example: str
    basis: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question or opening question."""

    code: str
    number: str
    ask: str
    asks: Mapping[str, str]
    options: tuple[Option, ...]
    chosen: str
    facts: Mapping[str, str]
    gate: str
    is_gate: bool
    is_follow_up: bool
    is_open: bool
    is_for_purpose: bool
    note: str = field(repr=False)
    guide: Guide


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One obligatory paper."""

    code: str
    label: str
    purpose: str
    how_to_check: str
    basis: str
    options: tuple[Option, ...]
    chosen: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A lettered part with its rows."""

    letter: str
    heading: str
    intro: str
    rows: tuple[Row, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of the page that the instrument makes."""

    headings: Mapping[str, str]
    papers: tuple[PaperRow, ...]
    parts: tuple[Part, ...]
    asked: int
    answered: int
    unknown: int
    notes: int
    is_child: bool
    age: int | None
