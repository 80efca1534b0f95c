"""Every operation of the API: its address, the view that answers, and who may ask."""

from collections.abc import Mapping

from flask import Blueprint
from werkzeug.wrappers import Response

from profiling.security.access import Permission
from profiling.security.routes import Route, RouteRule, ScopeRule

PREFIX = "/api/v1"

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

ROUTES: Mapping[str, Route] = {
    "readInstrument": Route(
        "GET",
        "/instrument",
        "instrument.read",
        RouteRule(Permission.INSTRUMENT_READ, ScopeRule.NONE),
    ),
    "sealInterview": Route(
        "POST",
        "/interviews",
        "interviews.seal",
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OFFICE, personal_data=True),
    ),
    "readInterview": Route(
        "GET",
        "/interviews/<uuid:interview_id>",
        "interviews.read",
        RouteRule(Permission.INTERVIEW_READ, ScopeRule.OFFICE, personal_data=True),
    ),
    "correctInterview": Route(
        "POST",
        "/interviews/<uuid:interview_id>/corrections",
        "interviews.correct",
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OFFICE, personal_data=True),
    ),
    "decide": Route(
        "POST",
        "/interviews/<uuid:interview_id>/decision",
        "decisions.decide",
        RouteRule(Permission.DECISION_RECORD, ScopeRule.OFFICE, personal_data=True),
    ),
    "confirmDecision": Route(
        "POST",
        "/interviews/<uuid:interview_id>/decision/confirm",
        "decisions.confirm",
        RouteRule(Permission.DECISION_CONFIRM, ScopeRule.OFFICE, personal_data=True),
    ),
    "returnDecision": Route(
        "POST",
        "/interviews/<uuid:interview_id>/decision/return",
        "decisions.give_back",
        RouteRule(Permission.DECISION_CONFIRM, ScopeRule.OFFICE, personal_data=True),
    ),
    "listCases": Route(
        "GET",
        "/cases",
        "cases.list_cases",
        RouteRule(Permission.CASE_READ, ScopeRule.OFFICE, personal_data=True),
    ),
    "readCase": Route(
        "GET",
        "/cases/<uuid:case_id>",
        "cases.read",
        RouteRule(Permission.CASE_READ, ScopeRule.OFFICE, personal_data=True),
    ),
    "takeCase": Route(
        "POST",
        "/cases/<uuid:case_id>/take",
        "cases.take",
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE, personal_data=True),
    ),
    "addFinding": Route(
        "POST",
        "/cases/<uuid:case_id>/findings",
        "cases.add_finding",
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE, personal_data=True),
    ),
    "closeCase": Route(
        "POST",
        "/cases/<uuid:case_id>/close",
        "cases.close",
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE, personal_data=True),
    ),
    "confirmCase": Route(
        "POST",
        "/cases/<uuid:case_id>/confirm",
        "cases.confirm",
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE, personal_data=True),
    ),
    "reopenCase": Route(
        "POST",
        "/cases/<uuid:case_id>/reopen",
        "cases.reopen",
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE, personal_data=True),
    ),
    "readReport": Route(
        "GET",
        "/reports/<period>",
        "reports.read",
        RouteRule(Permission.REPORT_READ, ScopeRule.OFFICE),
    ),
    "describeApi": Route(
        "GET", "/openapi.json", "document.read", RouteRule(Permission.ACCOUNT_OWN, ScopeRule.NONE)
    ),
}
"""The operations by name; each is described where its view is."""


@blueprint.after_request
def name_the_scheme(response: Response) -> Response:
    """Say how to sign in where nobody is signed in."""
    if response.status_code == 401:  # noqa: PLR2004 - the status that asks for a token
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


for _name, _route in ROUTES.items():
    blueprint.add_url_rule(
        _route.path, endpoint=_name, view_func=_route.view("profiling.api"), methods=[_route.method]
    )
