"""Reports as pages and downloads."""

import json
from io import StringIO

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from profiling import database
from profiling.errors import Invalid, NotFound
from profiling.exchange.csv_writer import write_csv
from profiling.services import reporting
from profiling.services.reporting import Asked
from profiling.views.frame.language import language


def index() -> AnyResponse:
    """Go to the month in which we are."""
    with database.current().reading() as reading:
        period = reporting.current_period(reading)
    return redirect(url_for("reports.show", period=period))


def show(period: str) -> str:
    """Show one period beside the one before and the same one a year ago."""
    with database.current().reading() as reading:
        page = reporting.report_page(reading, g.actor, _asked(period))
    return render_template("reports/page.html", page=page)


def download(period: str, form: str) -> Response:
    """Send the period as a file."""
    asked = _asked(period)
    with database.current().reading() as reading:
        if form == "json":
            content = reporting.report_figures(reading, g.actor, asked)
            body = json.dumps(content, ensure_ascii=False, indent=2)
        else:
            table = StringIO()
            write_csv(table, *reporting.report_table(reading, g.actor, asked))
            body = table.getvalue()
    types = {"csv": "text/csv", "json": "application/json"}
    response = Response(body, content_type=f"{types[form]}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="laporan-{period}.{form}"'
    return response


def _asked(period: str) -> Asked:
    """Return what the address asks for; one that names no period is no page."""
    try:
        reporting.check_period(period)
    except Invalid:
        raise NotFound(period) from None
    return Asked(period, request.args.get("office"), language())
