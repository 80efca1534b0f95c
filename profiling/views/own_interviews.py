"""An officer's own interviews of the last 30 days, and finding one by its number."""

from flask import g, redirect, render_template, request
from werkzeug.wrappers import Response

from forms.base import tidy
from profiling import database
from profiling.errors import NotFound
from profiling.services import own_interviews
from profiling.views.frame.language import language
from profiling.views.texts import gettext

_LONGEST_SEARCH = 60
_LAST_PAGE = 999


def show() -> str:
    """List the person's own interviews."""
    return _page()


def find() -> Response | tuple[str, int]:
    """Open an interview by its number; a POST, so that the number stands in no address."""
    wanted = (tidy(request.form.get("number")) or "")[:_LONGEST_SEARCH]
    try:
        with database.current().reading() as session:
            found = own_interviews.find(session, g.actor, text=wanted)
    except NotFound:
        return _page(wanted=wanted, error=gettext("No interview of yours has this number.")), 422
    return redirect(f"/interviews/{found}", 303)


def _page(*, wanted: str = "", error: str | None = None) -> str:
    typed = request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() else 1
    number = min(max(number, 1), _LAST_PAGE)
    with database.current().reading() as session:
        page = own_interviews.own_interviews(session, g.actor, page=number)
    return render_template(
        "results/own.html",
        page=page,
        wanted=wanted,
        errors=[("number", error)] if error else [],
        states={
            "sealed": gettext("waits for your decision"),
            "with_supervisor": gettext("waits for the supervisor"),
            "decided": gettext("finished"),
            "postponed": gettext("postponed"),
            "voided": gettext("voided"),
        },
        lang=language(),
    )
