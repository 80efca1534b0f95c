"""The report of a period."""

from collections.abc import Iterable

from flask import request
from werkzeug.wrappers import Response

from checklist import fields
from checklist.vocabulary import Band, Outcome, Papers, Purpose
from profiling import database
from profiling.api.bodies import fields_of
from profiling.api.operations import Operation
from profiling.api.replies import caller, reply
from profiling.api.schemas import TEXT, WHOLE, Schema, keyed, maybe, obj, short
from profiling.errors import Invalid
from profiling.services import reporting
from profiling.services.reporting import Asked


def read(period: str) -> Response:
    """Report on a period."""
    actor = caller()
    form = fields_of(request.args.to_dict(), actor.locale)
    office = form.take("office", fields.text(20))
    if form.problems.found:
        raise Invalid(form.problems.found)
    with database.current().reading() as session:
        asked = Asked(period, office, actor.locale)
        return reply(reporting.report_figures(session, actor, asked))


_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_INTERVAL = {"low": _SHARE, "high": _SHARE, "n": WHOLE}
_SECONDS: Schema = {"type": ["number", "null"], "minimum": 0}
_BY_KEY: Schema = keyed(maybe(WHOLE))


def _counts(words: Iterable[str]) -> Schema:
    return obj({str(word): WHOLE for word in words})


_FIGURES: dict[str, Schema] = {
    "period": TEXT,
    "office": maybe(TEXT),
    "interviews": WHOLE,
    "coverage": _SHARE,
    "completeness": _SHARE,
    "bands": _counts(Band),
    "papers": _counts(Papers),
    "dispositions": keyed(WHOLE),
    "purposes": _counts(Purpose),
    "destinations": keyed(WHOLE),
    "indicators": keyed(_counts(["ya", "tidak", "td"])),
    "median_interview_seconds": _SECONDS,
    "cases": obj(
        {
            "opened": WHOLE,
            "closed": WHOLE,
            "open": WHOLE,
            "overdue": WHOLE,
            "outcomes": _counts(Outcome),
        }
    ),
    "flag_precision": obj({"value": _SHARE, **_INTERVAL}),
    "audit_sample": obj({"positives": WHOLE, "miss_rate": _SHARE, **_INTERVAL}),
    "overrides": obj({"raised": WHOLE, "lowered": WHOLE}),
    "voided": WHOLE,
    "by_sex": _BY_KEY,
    "by_age_band": _BY_KEY,
    "by_regency": _BY_KEY,
    "by_district": _BY_KEY,
    "by_village": _BY_KEY,
}

OPERATIONS = (
    Operation(
        name="readReport",
        summary="The figures of a day, month, quarter, half-year or year; small counts are null.",
        # Open to more fields: figures are added without a new version of the API.
        answer={**obj(_FIGURES), "additionalProperties": True},
        query={"office": short(20)},
        refusals=(404,),
    ),
)
