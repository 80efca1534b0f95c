"""From what stands on the interview page to the payload that is checked and sealed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklist.instrument import Instrument
from forms.countries import best_match
from forms.dates import UNKNOWN, Side, read_date
from forms.interview_state import (
    APPLICANT_FIELDS,
    PARTY_FIELDS,
    PASSPORT_FIELDS,
    State,
    note_of,
    party_numbers,
    used_answers,
)

_DATES_BEHIND = frozenset({"birth_date", "issued", "event_date"})
_COUNT = re.compile(r"[0-9]{1,4}")
_TRUE = "yes"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the page does not ask: where, when, by which wording."""

    office: str
    application_no: str
    channel: str
    started_at: datetime
    finished_at: datetime
    notice_version: str
    today: date


@dataclass(frozen=True, slots=True)
class Payload:
    """The payload, and for each row of third parties in it its number on the page."""

    content: Mapping[str, Any]
    party_numbers: tuple[int, ...]

    def field_of(self, problem: str) -> str:
        """Return the page's name of the field that a problem names."""
        parts = problem.split(".")
        is_party = parts[0] == "third_parties" and len(parts) > 1 and parts[1].isdigit()
        if not is_party or int(parts[1]) >= len(self.party_numbers):
            return problem
        return ".".join([parts[0], str(self.party_numbers[int(parts[1])]), *parts[2:]])


def payload_of(state: State, instrument: Instrument, told: Circumstances) -> Payload:
    """Return what is handed to the validator; text that cannot be read goes on as it is."""
    numbers = [n for n in party_numbers(state) if any(_party(state, n).values())]
    read = _reader(state, told.today)
    passport = {name: read(f"passport.{name}") for name in PASSPORT_FIELDS}
    content = {
        "office": told.office,
        "application_no": told.application_no,
        "channel": told.channel,
        "started_at": told.started_at.isoformat(),
        "finished_at": told.finished_at.isoformat(),
        "notice_version": told.notice_version,
        "instrument": instrument.version,
        "applicant": {name: read(f"applicant.{name}") for name in APPLICANT_FIELDS},
        "purpose": read("purpose"),
        "destination": _country(state.get("destination", ""), instrument),
        "departure_date": read("departure_date"),
        "stay_days": read("stay_days"),
        "documents": _documents(state, instrument),
        "passport": passport if passport["service"] else None,
        "answers": {code: str(word) for code, word in used_answers(state, instrument).items()},
        "notes": {code: note for code in instrument.questions if (note := note_of(state, code))},
        "third_parties": [_party(state, number) for number in numbers],
        "companion": state.get("companion") == _TRUE,
        "interpreter": state.get("interpreter") == _TRUE,
        "officer_judgement": state.get("officer_judgement"),
        "judgement_reason": state.get("judgement_reason"),
    }
    return Payload(content, tuple(numbers))


def _reader(state: State, today: date) -> Callable[[str], object]:
    def read(name: str) -> object:
        text = state.get(name, "")
        last = name.rpartition(".")[2]
        if text in {"", UNKNOWN}:
            return None
        if last.endswith("_date") or last == "issued":
            side = Side.BEHIND if last in _DATES_BEHIND else Side.AHEAD
            day = read_date(text, today=today, side=side)
            return day.isoformat() if day else text
        if last in {"stay_days", "replacements_5y"}:
            return int(text) if _COUNT.fullmatch(text) else text
        if last == "nik":
            return text.replace(" ", "")
        return text

    return read


def _country(typed: str, instrument: Instrument) -> str | None:
    if typed in {"", UNKNOWN}:
        return None
    return best_match(typed, instrument.countries) or typed


def _documents(state: State, instrument: Instrument) -> dict[str, str]:
    purpose = state.get("purpose")
    return {
        paper.code: seen
        for paper in instrument.papers
        if paper.purpose == purpose and (seen := state.get(f"documents.{paper.code}"))
    }


def _party(state: State, number: int) -> dict[str, str | None]:
    return {name: state.get(f"third_parties.{number}.{name}") for name in PARTY_FIELDS}
