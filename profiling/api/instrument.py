"""The instrument in use: wording, routing, papers and lists; the rules for those who keep them."""

from dataclasses import asdict
from functools import cache
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from checklist.assessment import rules_for
from checklist.canonical import digest
from checklist.instrument import Heading, Instrument, Paper, Screen, Validity
from checklist.loading import load
from checklist.routing import routing_tables
from checklist.rules import compile_artefact
from profiling.api.operations import Operation
from profiling.api.replies import caller, reply
from profiling.api.schemas import ANYTHING, DATE, TEXT, Schema, keyed, obj, rows
from profiling.security.access import Permission


def read() -> Response:
    """Give the instrument, unless the caller has it already."""
    instrument = load()
    content = dict(as_json(instrument))
    if caller().may(Permission.RULES_READ):
        content["rules"] = _rules(instrument)
    response = reply(content)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest([instrument.sha256, sorted(content)]))
    return response.make_conditional(request)


@cache
def as_json(instrument: Instrument) -> dict[str, Any]:
    """Return what a counter needs of the instrument: no points, strengths or bands."""
    return {
        "version": instrument.version,
        "sha256": instrument.sha256,
        "valid_from": instrument.valid_from.isoformat(),
        "title": asdict(instrument.title),
        "routing": routing_tables(instrument),
        "wording": {
            "sections": _headings(instrument.sections),
            "purposes": _headings(instrument.purposes.values()),
            "dimensions": _headings(instrument.dimensions.values()),
            "questions": {item.code: _screen(item.screen) for item in instrument.on_screen},
        },
        "papers": [_paper(each) for each in instrument.papers],
        "lists": {name: _list(entries) for name, entries in _lists(instrument).items()},
    }


@cache
def _rules(instrument: Instrument) -> dict[str, Any]:
    return {"sha256": rules_for(instrument).sha256, "artefact": compile_artefact(instrument)}


def _headings(headings: Any) -> list[dict[str, Any]]:
    return [asdict(each) for each in headings if isinstance(each, Heading)]


def _screen(screen: Screen) -> dict[str, Any]:
    return {
        name: text
        for name, text in asdict(screen).items()
        if name not in ("section", "order", "reversed")
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "code": paper.code,
        "purpose": paper.purpose,
        "obligatory": paper.is_obligatory,
        "group": paper.group or None,
        **_validity(paper.validity),
        "label": asdict(paper.label),
        "how_to_check": asdict(paper.how_to_check),
        "basis": asdict(paper.basis),
    }


def _lists(instrument: Instrument) -> dict[str, list[dict[str, Any]]]:
    return {
        "countries": [
            {"code": code, "name": asdict(name)} for code, name in instrument.countries.items()
        ],
        "closed_placements": [
            {"country": row.code, "basis": asdict(row.basis), **_validity(row.validity)}
            for row in instrument.closed_placement_rows
        ],
        "licensed_bureaus": [
            {"licence": row.licence, "name": row.name, "kind": row.kind, "phone": row.phone}
            | _validity(row.validity)
            for row in instrument.licensed_bureau_rows
        ],
    }


def _list(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"sha256": digest(entries), "entries": entries}


def _validity(validity: Validity) -> dict[str, str | None]:
    until = validity.valid_to
    return {
        "valid_from": validity.valid_from.isoformat(),
        "valid_to": until.isoformat() if until else None,
    }


_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_BOTH: Schema = obj({"id": TEXT, "en": TEXT})
_HEADINGS: Schema = rows(obj({"code": TEXT, "label": _BOTH, "short": _BOTH, "intro": _BOTH}))
_LIST: Schema = obj({"sha256": _DIGEST, "entries": rows(keyed(ANYTHING))})

OPERATIONS = (
    Operation(
        name="readInstrument",
        summary="The instrument in use; its compiled rules only for those who read the rules.",
        answer=obj(
            {
                "version": TEXT,
                "sha256": _DIGEST,
                "valid_from": DATE,
                "title": _BOTH,
                "routing": keyed(ANYTHING),
                "wording": obj(
                    {
                        "sections": _HEADINGS,
                        "purposes": _HEADINGS,
                        "dimensions": _HEADINGS,
                        "questions": keyed(keyed(ANYTHING)),
                    }
                ),
                "papers": rows(keyed(ANYTHING)),
                "lists": keyed(_LIST),
                "rules": obj({"sha256": _DIGEST, "artefact": keyed(ANYTHING)}),
            },
            optional=["rules"],
        ),
    ),
)
