"""siaga db: the schema."""

import click

from profiling.cli.context import reachable_database
from profiling.config import read_settings
from profiling.database import upgrade as upgrade_schema


@click.group()
def db() -> None:
    """Look after the database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    with reachable_database():
        upgrade_schema(read_settings())
    click.echo("The schema is current.")
