"""The auditors' page: a stored result beside the same worked out again."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template, request

from forms.base import tidy
from profiling import database
from profiling.errors import NotFound
from profiling.services import decision_replay
from profiling.services.decision_replay import SideBySide
from profiling.views.texts import gettext

_LONGEST = 60


def show() -> str:
    """Ask which interview."""
    return render_template("audit/replay.html", wanted="", found=[], errors=[])


def replay() -> str | tuple[str, int]:
    """Show stored and worked out side by side; a POST, for the reading is noted."""
    wanted = (tidy(request.form.get("number")) or "")[:_LONGEST]
    try:
        with database.current().transaction() as session:
            found = decision_replay.read_replay(session, g.actor, wanted)
    except NotFound as refusal:
        errors = [("number", gettext(str(refusal)))]
        page = render_template("audit/replay.html", wanted=wanted, found=[], errors=errors)
        return page, 422
    return render_template(
        "audit/replay.html",
        wanted=wanted,
        found=[(each, _problem(each)) for each in found],
        errors=[],
        words=_column_words(),
        shown=_shown,
    )


def _problem(each: SideBySide) -> str | None:
    problem = each.replayed.problem
    return gettext(problem.text, **problem.values) if problem else None


def _shown(value: Any) -> str:
    """Return a stored value as it stands in its column; an empty one as a dash."""
    if isinstance(value, dict):
        value = ", ".join(f"{code} ({by})" for code, by in value.items())
    return "-" if value in ("", None) else str(value)


def _column_words() -> Mapping[str, str]:
    points = {
        name: gettext("Points of %(dimension)s", dimension=code)
        for name, code in (
            ("tp", "TP"),
            ("dr", "DR"),
            ("cr", "CR"),
            ("av", "AV"),
            ("identity", "ID"),
            ("rw", "RW"),
        )
    }
    return {
        **points,
        "positive": gettext("Positive dimensions"),
        "fired": gettext("Facts that counted"),
        "removed": gettext("Facts that another one contains"),
        "ignored": gettext("Answered without applying"),
        "band": gettext("Result by the rules"),
        "band_max": gettext("Highest possible result"),
        "papers": gettext("Papers"),
        "next_question": gettext("Next question"),
        "rules_sha256": gettext("SHA-256 of the rules"),
        "instrument_sha256": gettext("SHA-256 of the instrument"),
    }
