"""siaga report: the figures of a period as a file."""

import json
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from profiling.cli.context import opened_database
from profiling.exchange.csv_writer import write_csv
from profiling.reports.sheet import Sheet
from profiling.services import reporting
from profiling.services.reporting import Asked

_PACKAGE = Path(__file__).parents[1]


@click.command()
@click.argument("period")
@click.option("--office", metavar="CODE", help="One office with its sub-units; else all.")
@click.option(
    "--format", "form", type=click.Choice(["json", "html", "csv"]), required=True, help="Format."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write."
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", help="Language of html and csv."
)
def report(period: str, office: str | None, form: str, out: Path, lang: str) -> None:
    """Write the report of PERIOD: 2026-10-31, 2026-10, 2026-Q4, 2026-S2 or 2026."""
    asked = Asked(period, office, lang)
    who = reporting.operator()
    with opened_database() as database, database.reading() as session:
        match form:
            case "json":
                text = _as_json(reporting.report_figures(session, who, asked))
            case "csv":
                text = _as_csv(*reporting.report_table(session, who, asked))
            case _:
                text = _as_html(reporting.report_sheet(session, who, asked))
    out.write_text(text, encoding="utf-8", newline="")
    click.echo(f"Wrote the report of {period} to {out}.")


def _as_json(figures: dict[str, Any]) -> str:
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


def _as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    table = StringIO()
    write_csv(table, heads, rows)
    return table.getvalue()


def _as_html(sheet: Sheet) -> str:
    """Return one printable page that needs no other file."""
    pages = Environment(loader=PackageLoader("profiling"), autoescape=True)
    files = [_PACKAGE / "static" / "css" / name for name in ("siaga.css", "reports.css")]
    css = "\n".join(file.read_text(encoding="utf-8") for file in files)
    style = Markup(f"<style>{css}</style>")  # noqa: S704 - our own files, no text of a person
    return pages.get_template("reports/file.html").render(sheet=sheet, style=style)
