"""siaga queue: the appointments that the booking system hands over."""

from pathlib import Path

import click
from rich.progress import Progress

from profiling.cli.context import opened_database
from profiling.errors import Invalid
from profiling.exchange.queue_csv import read_queue_csv
from profiling.security.access import system_actor
from profiling.services import appointments, offices
from profiling.services.seeding.opening import queue_today

_MOST_SHOWN = 50


@click.group()
def queue() -> None:
    """Take in the day's appointments."""


@queue.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--office", help="Code of the office; needed where there is more than one.")
def import_(file: Path, office: str | None) -> None:
    """Take in FILE, a CSV with a row for each appointment: all rows or none.

    The first line names the columns application_no, nik, name, birth_date, sex, slot and, where
    known, phone, purpose, kk_number, mother_name, village, guardian, passport_service,
    passport_issued, passport_event_date, status. A row whose application number is known updates
    that appointment until its interview starts.
    """
    try:
        rows = read_queue_csv(file.read_bytes())
        with opened_database() as database, Progress(transient=True) as bar:
            task = bar.add_task("Taking in appointments", total=len(rows))
            with database.transaction() as session:
                code = office or _only_office(offices.list_offices(session))
                wanted = appointments.Import(code, lambda count: bar.advance(task, count))
                report = appointments.import_queue(session, system_actor(), rows, wanted=wanted)
    except Invalid as problem:
        _show_rows(problem)
        raise click.exceptions.Exit(2) from None
    click.echo(
        f"{report.added} added, {report.updated} updated, "
        f"{report.begun} left alone because their interview has begun."
    )


@queue.command()
def simulate() -> None:
    """Add invented appointments for the present day to a simulated database.

    Nothing is added on a day that has appointments already, or to a database of real people.
    """
    with opened_database() as database, database.transaction() as session:
        added = queue_today(session)
    click.echo(f"{added} simulated appointments added for today.")


def _only_office(known: list[offices.OfficeView]) -> str:
    main = [office.code for office in known if office.parent is None]
    if len(main) != 1:
        raise click.UsageError("There is more than one office: name it with --office CODE.")
    return main[0]


def _show_rows(problem: Invalid) -> None:
    click.echo("Nothing was taken in.", err=True)
    for place, sentences in list(problem.errors.items())[:_MOST_SHOWN]:
        number, _, column = place.partition(".")
        where = f"row {number}, {column}" if column else place
        for sentence in sentences:
            click.echo(f"{where}: {sentence}", err=True)
    if len(problem.errors) > _MOST_SHOWN:
        click.echo(f"and {len(problem.errors) - _MOST_SHOWN} more", err=True)
