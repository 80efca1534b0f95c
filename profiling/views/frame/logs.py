"""Each request in the journal: what was asked and how it ended, never who was asked about."""

import secrets
import time
import traceback

from flask import Flask, Response, g, request

from profiling import journal
from profiling.services import audit

_CODE_LENGTH = 4


def set_up_logs(app: Flask) -> None:
    """Give each request an id, and log it when it is answered."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()
        audit.request_id.set(g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        actor = g.get("actor")
        journal.write(
            "request",
            id=request_id(),
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            actor=actor.id if actor else None,
        )
        return response


def request_id() -> str:
    """Return the id of the request that is being answered."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def short_code() -> str:
    """Return the beginning of the request id: what a person can read out."""
    return request_id()[:_CODE_LENGTH].upper()


def log_fault(error: BaseException) -> None:
    """Log where a fault arose; its message is left out, for it may quote personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    journal.write(
        "fault",
        "error",
        id=request_id(),
        kind=type(error).__name__,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )


def log_event(name: str, **facts: object) -> None:
    """Log a named event of the web edge."""
    journal.write(name, "warning", id=request_id(), **facts)
