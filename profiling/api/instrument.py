"""The instrument in use: wording, routing, papers and lists; the rules for those who read them."""

from functools import cache
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from checklist.assessment import rules_for
from checklist.canonical import digest
from checklist.instrument import Instrument
from checklist.loading import load
from checklist.publication import published
from checklist.rules import compile_artefact
from profiling.api.operations import Operation
from profiling.api.replies import caller, reply
from profiling.api.schemas import ANYTHING, DATE, TEXT, Schema, keyed, obj, rows
from profiling.security.access import Permission
from profiling.security.routes import ScopeRule, requires


@requires(Permission.INSTRUMENT_READ, scope=ScopeRule.NONE)
def read() -> Response:
    """Give the instrument, unless the caller has it already."""
    instrument = load()
    content = dict(_published(instrument))
    if caller().may(Permission.RULES_READ):
        content["rules"] = _rules(instrument)
    response = reply(content)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest([instrument.sha256, sorted(content)]))
    return response.make_conditional(request)


@cache
def _published(instrument: Instrument) -> dict[str, Any]:
    return published(instrument)


@cache
def _rules(instrument: Instrument) -> dict[str, Any]:
    return {"sha256": rules_for(instrument).sha256, "artefact": compile_artefact(instrument)}


_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_ENTRIES: Schema = rows(keyed(ANYTHING))
_PARTS = (
    "indicator",
    "section",
    "gate",
    "purpose",
    "paper",
    "closed_placement",
    "licensed_bureau",
    "country",
)

OPERATIONS = (
    Operation(
        name="readInstrument",
        method="GET",
        path="/instrument",
        view=read,
        summary="The instrument in use; its compiled rules only for those who read the rules.",
        answer=obj(
            {
                "version": TEXT,
                "sha256": _DIGEST,
                "valid_from": DATE,
                "title": obj({"id": TEXT, "en": TEXT}),
                "routing": keyed(ANYTHING),
                **dict.fromkeys(_PARTS, _ENTRIES),
                "rules": obj({"sha256": _DIGEST, "artefact": keyed(ANYTHING)}),
            },
            optional=["rules"],
        ),
    ),
)
