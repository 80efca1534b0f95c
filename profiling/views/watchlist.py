"""The watch list: what is on it, putting a number on it, taking it out of use."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from forms.dates import read_date
from forms.watchlist import EndForm, EntryForm
from profiling import database
from profiling.errors import Conflict, Invalid, sentence
from profiling.services import watchlist
from profiling.services.watchlist import NewEntry
from profiling.views.formatting import today
from profiling.views.texts import gettext
from profiling.views.writing import write_form

_Answer = str | tuple[str, int] | AnyResponse


def show_list() -> str:
    """Show the entries of the office."""
    return _page(EntryForm())


def add() -> _Answer:
    """Put a number on the list."""
    form = EntryForm(request.form)
    try:
        added = write_form(form, lambda writing: watchlist.add(writing, g.actor, _entry(form)))
    except Conflict:
        form.take_errors({"value": [gettext("This number is on the list already.")]})
        added = None
    if added is None:
        return _page(form), 422
    flash(gettext("The number is on the list."))
    return redirect(url_for("watchlist.show_list"), 303)


def show_ending(entry_id: str) -> str:
    """Ask why an entry is taken out of use."""
    return _ending(entry_id, EndForm())


def end(entry_id: str) -> _Answer:
    """Take an entry out of use."""
    form = EndForm(request.form)

    def work(writing: Any) -> str:
        reason = form.reason.data or ""
        watchlist.end(writing, g.actor, entry_id=entry_id, version=form.seen_version, reason=reason)
        return entry_id

    if write_form(form, work) is None:
        return _ending(entry_id, form), 422
    flash(gettext("The entry is out of use."))
    return redirect(url_for("watchlist.show_list"), 303)


def _page(form: EntryForm) -> str:
    with database.current().reading() as reading:
        entries = watchlist.list_entries(reading, g.actor)
    return render_template("watchlist/list.html", entries=entries, form=form)


def _ending(entry_id: str, form: EndForm) -> str:
    with database.current().reading() as reading:
        entry = watchlist.find_entry(reading, g.actor, entry_id)
    return render_template("watchlist/end.html", entry=entry, form=form)


def _entry(form: EntryForm) -> NewEntry:
    text = form.valid_from.data
    starts = read_date(text, today=today()) if text else None
    if text and starts is None:
        raise Invalid(
            {"valid_from": [sentence("The date could not be read. For example 20-12-2026.")]}
        )
    return NewEntry(
        kind=form.kind.data or "",
        value=form.value.data or "",
        label=form.label.data or "",
        reason=form.reason.data or "",
        valid_from=starts,
    )
