"""What the rules read of a stored assessment: its own rules, its facts and its answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

import orjson

from checklist.assessment import load_rules
from checklist.coding import Answers, decode_answers, encode_answers
from checklist.compilation import CompiledRules
from checklist.facts import Facts, age_on, missing_documents, replacement_months
from checklist.instrument import Instrument
from checklist.loading import InstrumentError, load
from checklist.routing import expand_gates
from checklist.vocabulary import Answer, PaperState, Purpose
from profiling.services.sealed_rows import answers_text

_FACTS = frozenset(field.name for field in fields(Facts))
_NUMBERS = frozenset(
    name for name, field in Facts.__dataclass_fields__.items() if field.type in {int, int | None}
)
_FLAGS = frozenset(
    name for name, field in Facts.__dataclass_fields__.items() if field.type == bool | None
)
_NUMBER, _FLAG = frozenset({int, type(None)}), frozenset({bool, type(None)})
_PURPOSES: Mapping[str, Purpose] = {purpose.value: purpose for purpose in Purpose}
_VERSION = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}")
_KNOWN_TEXTS = 4096


class UnreadableError(ValueError):
    """A stored value is not what was sealed; the text says which, without the value."""


@dataclass(frozen=True, slots=True)
class Release:
    """The instrument and rules of one version, as this release holds them."""

    instrument: Instrument
    rules: CompiledRules
    codes_of: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Said:
    """What the sealed version itself says of the facts."""

    purpose: str
    destination: str | None
    stay_days: int | None
    birth_date: str
    documents: str
    passport: str


def find_release(rules: str, instrument: str) -> Release | None:
    """Return the rules and the instrument of these versions, or None where one is not held."""
    if not all(_VERSION.fullmatch(str(version)) for version in (rules, instrument)):
        return None
    try:
        return _release(rules, instrument)
    except InstrumentError:
        return None


def read_facts(text: str) -> Facts:
    """Return the facts that were stored; raises UnreadableError."""
    try:
        stored = orjson.loads(text)
        if stored.keys() != _FACTS or not _are_of_kind(stored):
            raise UnreadableError("facts")
        stored["interview_date"] = date.fromisoformat(stored["interview_date"])
        stored["purpose"] = _PURPOSES[stored["purpose"]]
        earlier = stored["prior_np_refusal_purpose"]
        stored["prior_np_refusal_purpose"] = earlier and _PURPOSES[earlier]
        return Facts(**stored)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UnreadableError("facts") from None


def read_codes(codes: bytes, release: Release) -> Answers:
    """Return the answers that the codes stand for; raises UnreadableError."""
    try:
        return decode_answers(codes, release.rules.questions)
    except ValueError:
        raise UnreadableError("answers_coded") from None


def facts_said(said: Said, on: date, instrument: Instrument) -> Mapping[str, Any]:
    """Return the facts that follow from the sealed version alone; raises UnreadableError."""
    try:
        passport = orjson.loads(said.passport)
        return {
            "purpose": said.purpose,
            "destination": said.destination,
            "stay_days": said.stay_days,
            "age": age_on(date.fromisoformat(said.birth_date), on),
            "missing_documents": missing_documents(
                instrument.papers_for(said.purpose, on), _papers(said.documents)
            ),
            "replacement_months": _months(passport) if passport else None,
            "replacements_5y": passport.get("replacements_5y"),
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UnreadableError("birth_date, documents or passport") from None


@cache
def _release(rules: str, instrument: str) -> Release:
    named = load(instrument)
    codes_of = lru_cache(_KNOWN_TEXTS)(partial(_codes, named))
    return Release(named, load_rules(rules), codes_of)


def _codes(instrument: Instrument, text: str) -> bytes:
    """Return the codes of the answers as sealed; raises UnreadableError.

    Whole sheets repeat from one applicant to the next: most are met again.
    """
    try:
        words = {code: Answer(word) for code, word in orjson.loads(text).items()}
    except (ValueError, AttributeError):
        raise UnreadableError("answers") from None
    known = words.keys() <= {*instrument.gates, *instrument.questions}
    if not known or answers_text(words) != text:
        raise UnreadableError("answers")
    return encode_answers(expand_gates(words, instrument), instrument.questions)


def _are_of_kind(stored: Mapping[str, Any]) -> bool:
    """Whether numbers are numbers: a text that reads the same would be scored otherwise."""
    return all(type(stored[name]) in _NUMBER for name in _NUMBERS) and all(
        type(stored[name]) in _FLAG for name in _FLAGS
    )


@lru_cache(_KNOWN_TEXTS)
def _papers(text: str) -> Mapping[str, PaperState]:
    return {code: PaperState(word) for code, word in orjson.loads(text).items()}


def _months(passport: Mapping[str, Any]) -> int | None:
    dates = (passport[name] for name in ("issued", "event_date"))
    issued, event_date = (date.fromisoformat(day) if day else None for day in dates)
    return replacement_months(passport["service"], issued=issued, event_date=event_date)
