"""siaga user: accounts of staff."""

from dataclasses import dataclass

import click

from profiling.cli.context import opened_database
from profiling.security.access import Role, Scope, system_actor
from profiling.services import accounts
from profiling.services.accounts import NewAccount


@dataclass(frozen=True, slots=True)
class _Place:
    office: str | None
    region: str | None


@click.group()
def user() -> None:
    """Look after accounts."""


@user.command()
@click.option("--username", required=True, help="3-40 small letters, digits, dots or dashes.")
@click.option("--name", required=True, help="The holder's name.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--office", help="Office code; for scope region the region's code.")
@click.option(
    "--scope",
    type=click.Choice([str(scope) for scope in Scope]),
    default=str(Scope.OFFICE),
    show_default=True,
    help="How far the account sees.",
)
@click.option("--person-no", required=True, help="The holder's staff number.")
def create(**given: str | None) -> None:
    """Add an account and print its one-time password, this once, as the last word."""
    place = _place(given["scope"], given["office"])
    new = NewAccount(
        username=given["username"] or "",
        name=given["name"] or "",
        person_no=given["person_no"] or "",
        role=given["role"] or "",
        scope=given["scope"] or "",
        office=place.office,
        region=place.region,
    )
    with opened_database() as database, database.transaction() as session:
        _, password = accounts.create_account(session, system_actor(), new)
    click.echo(f"Account {new.username} was made. Its one-time password: {password}")


@user.command()
@click.option("--username", required=True)
@click.option("--reason", default="", help="Why; kept with the account.")
def disable(username: str, reason: str) -> None:
    """End an account's access at once; what it did stays."""
    with opened_database() as database, database.transaction() as session:
        accounts.disable_account(session, system_actor(), username=username, reason=reason)
    click.echo(f"Account {username} is disabled.")


def _place(scope: str | None, office: str | None) -> _Place:
    if scope == Scope.REGION:
        return _Place(None, office)
    return _Place(office, None)
