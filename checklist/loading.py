"""Reading an instrument: from the TOML of a folder, or from stored content."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from checklist.canonical import Json, digest
from checklist.conditions import ConditionError, parse_condition
from checklist.instrument import (
    AnswerKind,
    Choice,
    Gate,
    Heading,
    Indicator,
    Instrument,
    LicensedBureau,
    ListedCountry,
    Paper,
    Screen,
    Text,
    Validity,
    Variant,
)
from checklist.vocabulary import Answer, Purpose, Strength

FOLDER = Path(__file__).parent / "instruments"
DEFAULT_VERSION = "tppo-2026.1"

_LISTS = {
    "gates.toml": ("gate",),
    "papers.toml": ("paper",),
    "purposes.toml": ("purpose",),
    "sections.toml": ("section",),
    "lists.toml": ("closed_placement", "licensed_bureau"),
    "countries.toml": ("country",),
}
_SCREEN_TEXTS = (
    "ask",
    "ask_child",
    "say",
    "fact_ya",
    "fact_tidak",
    "guidance",
    "example",
    "counter_example",
    "basis",
)


class InstrumentError(ValueError):
    """The content is not an instrument."""


@cache
def load(version: str = DEFAULT_VERSION) -> Instrument:
    """Load a version that ships with the code."""
    folder = FOLDER / version
    if not (folder / "instrument.toml").is_file():
        raise InstrumentError(f"there is no instrument {version}")
    return instrument_from(read_folder(folder))


def read_folder(folder: Path) -> dict[str, Json]:
    """Read the TOML files of one version as plain content, dates as ISO text."""
    head = _read_toml(folder / "instrument.toml")
    content: dict[str, Any] = {**head, "limits": _read_toml(folder / "limits.toml")}
    content["indicator"] = [
        entry
        for name in head["indicator_files"]
        for entry in _read_toml(folder / "indicators" / f"{name}.toml")["indicator"]
    ]
    for file_name, keys in _LISTS.items():
        tables = _read_toml(folder / file_name)
        content.update({key: tables.get(key, []) for key in keys})
    return content


def instrument_from(content: Mapping[str, Any]) -> Instrument:
    """Build an instrument from its content, refusing what does not fit together."""
    try:
        return _build(content)
    except KeyError as missing:
        raise InstrumentError(f"the key {missing.args[0]} is missing") from missing
    except (ValueError, TypeError, AttributeError) as reason:
        raise InstrumentError(str(reason)) from reason


def _build(content: Mapping[str, Any]) -> Instrument:
    limits = content["limits"]
    indicators = _unique(_indicator(entry) for entry in content["indicator"])
    return Instrument(
        version=content["version"],
        valid_from=date.fromisoformat(content["valid_from"]),
        title=_text(content["title"]),
        sha256=digest(content),
        content=content,
        indicators=indicators,
        gates=_gates(content["gate"], indicators),
        papers=tuple(_paper(entry) for entry in content["paper"]),
        sections=tuple(_heading(entry, "heading") for entry in content["section"]),
        purposes=_unique(_heading(entry, "label") for entry in content["purpose"]),
        dimensions=_unique(_heading(entry, "label") for entry in limits["dimension"]),
        countries={entry["code"]: _text(entry["name"]) for entry in content["country"]},
        closed_placement_rows=tuple(
            ListedCountry(entry["country"], _validity(entry), _text(entry.get("basis")))
            for entry in content["closed_placement"]
        ),
        licensed_bureau_rows=tuple(_bureau(entry) for entry in content["licensed_bureau"]),
        adult_age=int(limits["adult_age"]),
        departure_window_days=int(limits["departure_window_days"]),
    )


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    strength = entry.get("strength", {})
    adult = _strength(strength.get("adult"))
    try:
        return Indicator(
            code=entry["code"],
            dimension=entry["dimension"],
            strength_adult=adult,
            strength_child=_strength(strength.get("child")) or adult,
            points=int(entry.get("points", 0)),
            variants=tuple(_variant(row) for row in entry.get("variant", ())),
            answer=AnswerKind(entry["answer"]),
            purposes=_purposes(entry["purposes"]),
            applies_if=parse_condition(entry.get("applies_if", "")),
            fires_when=parse_condition(entry.get("fires_when", "")),
            assumed_when_empty=entry.get("assumed_when_empty"),
            routed_when=_routed_when(entry.get("routed_when")),
            kind=entry["kind"],
            gate=entry.get("gate"),
            ilo_item=entry.get("ilo_item"),
            wording=_text(entry["wording"]),
            evidence=entry["evidence"],
            source=entry["source"],
            screen=_screen(entry),
        )
    except ConditionError as reason:
        raise InstrumentError(f"{entry['code']}: {reason}") from reason


def _purposes(text: str) -> frozenset[str]:
    first, *rest = text.split()
    if first == "ALL":
        return frozenset(Purpose) - {Purpose(word.removeprefix("-")) for word in rest}
    return frozenset(Purpose(word) for word in (first, *rest))


def _routed_when(word: str | None) -> str | None:
    if word not in {None, "departure_soon", "purpose_in_doubt"}:
        raise InstrumentError(f"unknown reason to ask a question: {word}")
    return word


def _strength(word: str | None) -> Strength | None:
    return None if word is None else Strength(word)


def _variant(row: Mapping[str, Any]) -> Variant:
    return Variant(parse_condition(row["when"]), Strength(row["strength"]))


def _screen(entry: Mapping[str, Any]) -> Screen:
    texts = {name: _text(entry.get(name)) for name in _SCREEN_TEXTS}
    return Screen(
        section=entry.get("section", ""),
        order=int(entry.get("order", 0)),
        reversed=bool(entry.get("reversed", False)),
        ask_by_purpose={k: _text(v) for k, v in entry.get("ask_by_purpose", {}).items()},
        choices=tuple(
            Choice(Answer(row["value"]), _text(row["label"]), _text(row["fact"]))
            for row in entry.get("choices", ())
        ),
        **texts,
    )


def _gates(
    entries: Iterable[Mapping[str, Any]], indicators: Mapping[str, Indicator]
) -> Mapping[str, Gate]:
    behind: dict[str, list[str]] = {}
    for item in indicators.values():
        if item.gate:
            behind.setdefault(item.gate, []).append(item.code)
    screens = {entry["code"]: entry for entry in entries}
    if screens and set(screens) != set(behind):
        raise InstrumentError("the opening questions are not those the indicators name")
    for code, entry in screens.items():
        if set(entry.get("indicators", behind[code])) != set(behind[code]):
            raise InstrumentError(f"{code}: its indicators are not those that name it")
    return {
        code: Gate(code, tuple(behind[code]), _screen(screens.get(code, {})))
        for code in sorted(behind)
    }


def _paper(entry: Mapping[str, Any]) -> Paper:
    return Paper(
        code=entry["code"],
        purpose=Purpose(entry["purpose"]),
        is_obligatory=bool(entry["obligatory"]),
        group=entry.get("group", ""),
        validity=_validity(entry),
        label=_text(entry.get("label")),
        how_to_check=_text(entry.get("how_to_check")),
        basis=_text(entry.get("basis")),
    )


def _bureau(entry: Mapping[str, Any]) -> LicensedBureau:
    return LicensedBureau(
        licence=entry["licence"],
        name=entry["name"],
        kind=entry.get("kind", ""),
        phone=entry.get("phone", ""),
        validity=_validity(entry),
    )


def _heading(entry: Mapping[str, Any], label: str) -> Heading:
    texts = (_text(entry.get(key)) for key in (label, "short", "intro"))
    return Heading(entry["code"], *texts)


def _validity(entry: Mapping[str, Any]) -> Validity:
    end = entry.get("valid_to")
    return Validity(date.fromisoformat(entry["valid_from"]), end and date.fromisoformat(end))


def _text(entry: Mapping[str, str] | None) -> Text:
    return Text() if entry is None else Text(entry["id"], entry["en"])


def _unique(items: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if item.code in found:
            raise InstrumentError(f"{item.code} is given twice")
        found[item.code] = item
    return found


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        tables: dict[str, Any] = _plain(tomllib.load(file))
    return tables


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case float():
            raise InstrumentError("numbers are whole")
        case _:
            return value
