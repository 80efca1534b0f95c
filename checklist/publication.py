"""What an instrument shows to whoever fills it in: wording, routing, papers, lists; no weights."""

from collections.abc import Mapping
from typing import Any

from checklist.canonical import Json
from checklist.instrument import Instrument
from checklist.routing import routing_tables

_WEIGHTS = frozenset({"strength", "variant", "points", "fires_when", "assumed_when_empty"})
_LISTS = ("section", "gate", "purpose", "paper", "closed_placement", "licensed_bureau", "country")


def published(instrument: Instrument, lang: str | None = None) -> dict[str, Json]:
    """Return the public face of an instrument, in one language or in both.

    How much an indicator weighs stays with the rules: who coaches applicants would read it here.
    """
    content: Any = instrument.as_json(lang)
    return {
        "version": instrument.version,
        "sha256": instrument.sha256,
        "valid_from": instrument.valid_from.isoformat(),
        "title": content["title"],
        "indicator": [_without_weights(entry) for entry in content["indicator"]],
        **{name: content[name] for name in _LISTS},
        "routing": routing_tables(instrument),
    }


def _without_weights(entry: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in entry.items() if key not in _WEIGHTS}
