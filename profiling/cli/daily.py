"""siaga daily: the nightly work."""

from datetime import datetime

import click

from profiling.cli.context import opened_database
from profiling.services import daily as nightly
from profiling.services.office_time import today_of


@click.group()
def daily() -> None:
    """Do the nightly work."""


@daily.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today when left out.")
def run(on: datetime | None) -> None:
    """Let what is over lapse and open cases for bursts; running it again changes nothing."""
    with opened_database() as database, database.transaction() as session:
        day = on.date() if on else today_of(session)
        report = nightly.run(session, on=day)
    click.echo(f"{report.day}: {report.lapsed} lapsed, {report.bursts} bursts")
