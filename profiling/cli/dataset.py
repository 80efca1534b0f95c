"""siaga dataset: the intelligence dataset as a file."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import Progress

from profiling.cli.context import opened_database
from profiling.services import dataset as exports
from profiling.services.dataset import ExportWish, Written

_PURPOSE = "siaga dataset export, run by an operator"


@click.group()
def dataset() -> None:
    """Take out the intelligence dataset: keyed pseudonyms, no names, no NIK."""


@dataset.command()
@click.option(
    "--format", "form", type=click.Choice(list(exports.FORMATS)), required=True, help="Format."
)
@click.option("--from", "first", metavar="PERIOD", help="First day, month or year, as 2026-10.")
@click.option("--to", "last", metavar="PERIOD", help="Last day, month or year, as 2026-12.")
@click.option("--office", metavar="CODE", help="One office with its sub-units; else all.")
@click.option("--purpose", default=_PURPOSE, show_default=True, help="What it is for.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; standard output when left out.",
)
def export(out: Path | None, **wished: str) -> None:
    """Write one row for each sealed interview, as decided at the time.

    The export is an audit event with the number of rows and the SHA-256 of the file. Columns are
    described in docs/dataset.md.
    """
    wish = ExportWish(**wished)
    written = _print(wish) if out is None else _export(wish, out)
    click.echo(f"{written.rows} rows, SHA-256 {written.sha256}", err=out is None)


def _print(wish: ExportWish) -> Written:
    """Export to a file of our own and hand its content to standard output."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dataset"
        written = _export(wish, file)
        with file.open("rb") as content:
            shutil.copyfileobj(content, sys.stdout.buffer)
    return written


def _export(wish: ExportWish, out: Path) -> Written:
    """Write beside the target, record the event, and only then give the file its name."""
    actor = exports.operator()
    draft = out.with_name(f".{out.name}.part")
    try:
        with opened_database() as database:
            with database.reading() as session, _progress() as bar:
                total = exports.count_export(session, actor, wish)
                task = bar.add_task("Exporting", total=total)
                written = exports.write_export(
                    session, actor, wish, draft, lambda n: bar.advance(task, n)
                )
            with database.transaction() as session:
                exports.record_export(session, actor, wish, written)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return written


def _progress() -> Progress:
    """Show how far it is beside the file, which may be standard output."""
    return Progress(transient=True, console=Console(stderr=True))
