"""One line of JSON for each request: what was asked and how it ended, never who was asked about."""

import logging
import secrets
import sys
import time
import traceback

import structlog
from flask import Flask, Response, g, request

from profiling.services import audit

_log = structlog.get_logger("siaga")
_CODE_LENGTH = 4


def configure_logs(level: int = logging.INFO) -> None:
    """Write events as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


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
        _log.info(
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
    _log.error(
        "fault",
        id=request_id(),
        kind=type(error).__name__,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )


def log_event(name: str, **facts: object) -> None:
    """Log a named event of the web edge."""
    _log.warning(name, id=request_id(), **facts)
