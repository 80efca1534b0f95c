"""Puts the API together: one table of operations makes the routes and their documentation."""

from functools import cache
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from profiling.api import cases, decisions, instrument, interviews, reports
from profiling.api.openapi import describe
from profiling.api.operations import PREFIX, Operation
from profiling.api.replies import reply
from profiling.security.access import Permission
from profiling.security.routes import ScopeRule, requires

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)


@requires(Permission.ACCOUNT_OWN, scope=ScopeRule.NONE)
def openapi() -> Response:
    """Describe the API."""
    return reply(document())


OPERATIONS: tuple[Operation, ...] = (
    *instrument.OPERATIONS,
    *interviews.OPERATIONS,
    *decisions.OPERATIONS,
    *cases.OPERATIONS,
    *reports.OPERATIONS,
    Operation(
        name="describeApi",
        method="GET",
        path="/openapi.json",
        view=openapi,
        summary="This description of the API, OpenAPI 3.1.",
        answer={"type": "object"},
    ),
)
"""Every operation of the API; a subject's own are listed in its module."""


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return describe(OPERATIONS)


@blueprint.after_request
def name_the_scheme(response: Response) -> Response:
    """Say how to sign in where nobody is signed in."""
    if response.status_code == 401:  # noqa: PLR2004 - the status that asks for a token
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


for _each in OPERATIONS:
    blueprint.add_url_rule(
        _each.path, endpoint=_each.name, view_func=_each.view, methods=[_each.method]
    )
