"""From a sealed version to the page that completes or corrects it, and back to what changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from checklist.instrument import Instrument
from checklist.vocabulary import Answer
from forms.base import tidy
from forms.dates import UNKNOWN
from forms.interview_state import (
    APPLICANT_FIELDS,
    JOURNEY_FIELDS,
    PAIRED_NOTE,
    PARTY_FIELDS,
    PASSPORT_FIELDS,
    State,
    iso,
    known_names,
)

_MAPPINGS = ("applicant", "passport", "documents", "answers", "notes")
_PLAIN = (*JOURNEY_FIELDS, "third_parties")
_DATES = frozenset({"birth_date", "issued", "event_date"})
_TICKS = ("companion", "interpreter")
_LONGEST = 2_000

Payload = Mapping[str, Any]


def state_of(payload: Payload, instrument: Instrument, lang: str) -> dict[str, str]:
    """Return the fields of the page for what was sealed."""
    state = {
        **_inside("applicant", payload["applicant"], APPLICANT_FIELDS),
        **_inside("passport", payload["passport"] or {}, PASSPORT_FIELDS),
        **_journey(payload, instrument, lang),
        **{f"documents.{code}": str(seen) for code, seen in payload["documents"].items()},
        **{f"answers.{code}": str(word) for code, word in payload["answers"].items()},
        **_notes(payload["notes"]),
    }
    for number, party in enumerate(payload["third_parties"]):
        state.update(_inside(f"third_parties.{number}", party, PARTY_FIELDS))
    state.update({name: "yes" for name in _TICKS if payload[name]})
    for gate in instrument.gates.values():
        # Programs may hand in the questions behind an opening question without it.
        behind = any(f"answers.{code}" in state for code in gate.indicators)
        if behind:
            state.setdefault(f"answers.{gate.code}", str(Answer.YA))
    return state


def put_in(
    state: State, sent: Iterable[tuple[str, str]], instrument: Instrument, prefixes: tuple[str, ...]
) -> dict[str, str]:
    """Return the state with what was sent put in; fields outside the page's prefixes stay."""
    known = frozenset(known_names(instrument))
    merged = dict(state)
    for name, value in sent:
        if name in known and name.startswith(prefixes):
            merged[name] = (tidy(value) or "")[:_LONGEST]
    return {name: text for name, text in merged.items() if text}


def changes_between(old: Payload, new: Payload) -> dict[str, Any]:
    """Return what differs, in the form in which corrections are handed in; None takes away."""
    changed: dict[str, Any] = {}
    for name in _MAPPINGS:
        before, after = _filled(old[name]), _filled(new[name])
        keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        if keys:
            changed[name] = {key: after.get(key) for key in sorted(keys)}
    for name in _PLAIN:
        if _plain(old[name]) != _plain(new[name]):
            changed[name] = new[name]
    for name in _TICKS:
        if bool(old[name]) != bool(new[name]):
            changed[name] = new[name]
    if "passport" in changed and not (old["passport"] and new["passport"]):
        changed["passport"] = new["passport"]
    return changed


def _inside(prefix: str, part: Payload, names: Iterable[str]) -> dict[str, str]:
    return {
        f"{prefix}.{name}": _day(part[name]) if name in _DATES else str(part[name])
        for name in names
        if part.get(name) is not None
    }


def _day(written: str) -> str:
    return iso(date.fromisoformat(written))


def _journey(payload: Payload, instrument: Instrument, lang: str) -> dict[str, str]:
    country = payload["destination"]
    name = instrument.countries[country].of(lang) if country in instrument.countries else country
    days, departure = payload["stay_days"], payload["departure_date"]
    return {
        "purpose": str(payload["purpose"]),
        "destination": name or UNKNOWN,
        "departure_date": _day(departure) if departure else UNKNOWN,
        "stay_days": UNKNOWN if days is None else str(days),
    }


def _notes(notes: Mapping[str, str]) -> dict[str, str]:
    state = {f"notes.{code}": note for code, note in notes.items()}
    first, mark, second = notes.get(PAIRED_NOTE, "").partition(" / ")
    if mark:
        state[f"notes.{PAIRED_NOTE}"] = first
        state[f"notes.{PAIRED_NOTE}.second"] = second
    return state


def _filled(part: Payload | None) -> dict[str, Any]:
    return {key: value for key, value in (part or {}).items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_filled(item) for item in value if _filled(item)]
    return value or None
