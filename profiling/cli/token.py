"""siaga token: bearer tokens of the API."""

import click

from profiling.cli.context import opened_database
from profiling.security.access import system_actor
from profiling.services import accounts


@click.group()
def token() -> None:
    """Look after API tokens."""


@token.command()
@click.option("--user", required=True, help="The account on whose behalf the program asks.")
@click.option("--name", required=True, help="What the token is for.")
def create(user: str, name: str) -> None:
    """Make a token and print it, this once, as the last word."""
    with opened_database() as database, database.transaction() as session:
        made = accounts.create_token(session, system_actor(), username=user, name=name)
    click.echo(f"Token of {user} for {name}: {made}")
