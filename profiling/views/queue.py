"""The queue: who waits today, found, absent, taken in from the booking system."""

from flask import abort, flash, g, redirect, render_template, request
from werkzeug.wrappers import Response

from checklist.vocabulary import Purpose
from forms.base import tidy
from profiling import database
from profiling.errors import Conflict, Invalid
from profiling.exchange.queue_csv import read_queue_csv
from profiling.services import appointments, attempts, offices, queue
from profiling.services.queue import QueueEntry
from profiling.views.formatting import today
from profiling.views.frame.language import language
from profiling.views.texts import gettext, ngettext

_MOST_ERRORS = 50
_LONGEST_SEARCH = 120
Problems = list[tuple[str | None, str]]


def show() -> str:
    """Show the day's queue."""
    return _page()


def search() -> str:
    """Find applicants; a POST, so that neither name nor NIK stands in an address."""
    text = request.form.get("text", "")[:_LONGEST_SEARCH]
    if queue.is_nik(text):
        with database.current().transaction() as counting:
            attempts.look_up(counting, g.actor)
    with database.current().reading() as session:
        found = queue.search(session, g.actor, text=text, on=today())
    return _page(found=found, wanted=text)


def mark_absent() -> Response:
    """Note that an applicant did not come, or take that back."""
    number = tidy(request.form.get("application_no")) or ""
    is_absent = request.form.get("step") != "undo"
    try:
        with database.current().transaction() as session:
            appointments.mark_absent(session, g.actor, application_no=number, is_absent=is_absent)
    except Conflict:
        flash(gettext("This interview has begun. Nothing was changed."))
        return redirect("/queue", 303)
    flash(gettext("Noted as absent.") if is_absent else gettext("Waiting again."))
    return redirect("/queue", 303)


def take_in() -> Response | tuple[str, int]:
    """Take in a day's appointments from a CSV file: all rows or none."""
    sent = request.files.get("file")
    office = request.form.get("office", "")
    if sent is None or not sent.filename:
        return _page(errors=[("file", gettext("Choose a file."))]), 422
    try:
        rows = read_queue_csv(sent.read())
        with database.current().transaction() as session:
            wanted = appointments.Import(office)
            report = appointments.import_queue(session, g.actor, rows, wanted=wanted)
    except Invalid as refused:
        return _page(errors=_row_report(refused)), 422
    flash(
        gettext(
            "List received: %(added)s new, %(updated)s updated, %(begun)s already begun.",
            added=report.added,
            updated=report.updated,
            begun=report.begun,
        )
    )
    return redirect("/queue", 303)


def _page(
    *,
    found: tuple[QueueEntry, ...] | None = None,
    wanted: str = "",
    errors: Problems | None = None,
) -> str:
    if g.actor.offices is None and g.actor.office is None:
        abort(404)
    with database.current().reading() as session:
        page = queue.queue_page(session, g.actor, on=today())
        places = offices.list_offices(session, g.actor.offices)
    lang = language()
    return render_template(
        "queue/page.html",
        page=page,
        found=found,
        wanted=wanted,
        errors=errors or [],
        offices=places,
        purposes={str(each): each.label(lang) for each in Purpose},
        states=_state_words(),
    )


def _state_words() -> dict[str, str]:
    return {
        queue.WAITING: gettext("waiting"),
        queue.DRAFT: gettext("draft"),
        queue.SEALED: gettext("sealed"),
        queue.DONE: gettext("finished"),
        queue.AWAY: gettext("absent"),
    }


def _row_report(refused: Invalid) -> Problems:
    """Return one sentence for each cell that could not be read."""
    problems: Problems = []
    for place, sentences in refused.errors.items():
        number, _, column = place.partition(".")
        for words in map(gettext, sentences):
            is_row = column and number.isdigit()
            where = gettext("Row %(number)s, %(column)s: ", number=number, column=column)
            problems.append(("file", f"{where if is_row else ''}{words}"))
    hidden = len(problems) - _MOST_ERRORS
    if hidden > 0:
        rest = ngettext("And %(num)s more.", "And %(num)s more.", hidden)
        problems = [*problems[:_MOST_ERRORS], ("file", rest)]
    return problems
