"""The API's description of itself, from what each subject says of its operations."""

from functools import cache
from typing import Any

from werkzeug.wrappers import Response

from profiling.api import cases, decisions, instrument, interviews, reports
from profiling.api.openapi import describe
from profiling.api.operations import Operation
from profiling.api.replies import reply

OPERATIONS: tuple[Operation, ...] = (
    *instrument.OPERATIONS,
    *interviews.OPERATIONS,
    *decisions.OPERATIONS,
    *cases.OPERATIONS,
    *reports.OPERATIONS,
    Operation(
        name="describeApi",
        summary="This description of the API, OpenAPI 3.1.",
        answer={"type": "object"},
    ),
)
"""Every operation of the API; a subject's own are listed in its module."""


def read() -> Response:
    """Describe the API."""
    return reply(document())


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return describe(OPERATIONS)
