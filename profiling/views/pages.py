"""The pages that belong to nobody's task: first page, language, guide, health."""

import json

from flask import g, redirect, render_template, request, session
from werkzeug.wrappers import Response

from profiling import database
from profiling.errors import Unavailable
from profiling.views import guides
from profiling.views.addresses import safe_address
from profiling.views.catalogues import LANGUAGES
from profiling.views.frame import logs
from profiling.views.frame.language import language
from profiling.views.frame.navigation import home_of

_LONGEST_REPORT = 8_192


def home() -> Response:
    """Go to the first page of the person's work."""
    return redirect(home_of(g.actor))


def choose_language() -> Response:
    """Keep the chosen language and come back to the same page."""
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(safe_address(request.form.get("next")), 303)


def guide() -> str:
    """Show the guide of the person's role."""
    text = guides.read_guide(g.actor.role, language())
    return render_template("pages/guide.html", guide=text)


def is_alive() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


def is_ready() -> dict[str, str]:
    """Say whether the database answers and its schema is current."""
    if not database.is_ready(database.current()):
        raise Unavailable
    return {"status": "ready"}


def csp_report() -> tuple[str, int]:
    """Log what a browser refused to load: the rule and the kind of source, nothing of the page."""
    body = request.get_data(cache=False)[:_LONGEST_REPORT]
    try:
        report = json.loads(body).get("csp-report", {})
        directive = str(report.get("effective-directive", ""))[:40]
    except (ValueError, AttributeError):
        return "", 204
    logs.log_event("csp", directive=directive)
    return "", 204
