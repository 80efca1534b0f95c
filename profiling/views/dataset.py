"""The page on which the intelligence dataset is taken out."""

import tempfile
from pathlib import Path

from flask import g, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from forms.base import SelectChoice
from forms.dataset import DatasetForm
from profiling import clock, database
from profiling.errors import Invalid
from profiling.security.access import Permission
from profiling.services import dataset as exports
from profiling.services.dataset import ExportWish
from profiling.services.dataset_register import register_of_exports
from profiling.views.frame.context import role_words
from profiling.views.texts import gettext, said

_DIGITS = 18
_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


def show() -> str:
    """Ask for format, period and purpose; auditors get the register of what was taken out."""
    if g.actor.may(Permission.DATASET_REGISTER):
        return _register()
    return render_template("dataset/page.html", form=_form())


def export() -> Response | tuple[str, int]:
    """Write the file, keep that it was taken, and send it."""
    form = _form()
    if not form.validate():
        return render_template("dataset/page.html", form=form), 422
    wish = ExportWish(
        form=form.form.data,
        purpose=form.purpose.data or "",
        first=form.first.data or None,
        last=form.last.data or None,
        office=form.office.data or None,
    )
    try:
        return _send(wish)
    except Invalid as refusal:
        form.take_errors(said(refusal))
        return render_template("dataset/page.html", form=form), 422


def _register() -> str:
    before = request.args.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) < _DIGITS
    with database.current().reading() as reading:
        page = register_of_exports(reading, g.actor, before=int(before) if is_number else None)
    older = url_for("dataset.show", before=page.next_before) if page.next_before else None
    newest = url_for("dataset.show") if is_number else None
    return render_template(
        "dataset/register.html", page=page, newer=newest, older=older, roles=role_words()
    )


def _send(wish: ExportWish) -> Response:
    """Send the file; its name is gone from the disk as soon as it is open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset"
        with database.current().reading() as reading:
            written = exports.write_export(reading, g.actor, wish, path)
        with database.current().transaction() as writing:
            exports.record_export(writing, g.actor, wish, written)
        stream = path.open("rb")
    day = clock.now().date().isoformat()
    return send_file(
        stream,
        mimetype=_TYPES[wish.form],
        as_attachment=True,
        download_name=f"dataset-{day}.{wish.form}",
    )


def _form() -> DatasetForm:
    form = DatasetForm(request.form)
    with database.current().reading() as reading:
        offices = exports.offices_to_choose(reading, g.actor)
    every = SelectChoice("", gettext("All offices in my scope"))
    form.office.choices = [every, *(SelectChoice(each.code, each.name) for each in offices)]
    return form
