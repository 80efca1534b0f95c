"""siaga seed: simulated offices, people and history in an empty database."""

import csv
import os
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from profiling import clock
from profiling.cli.context import opened_database
from profiling.database import filling
from profiling.services.seeding.opening import Sizes, seed_world
from profiling.services.seeding.staffing import Credential

_COLUMNS = ("username", "password", "totp_seed", "role", "office", "scope")


@click.command()
@click.option("--offices", default=1, show_default=True, type=click.IntRange(1, 500))
@click.option("--officers-per-office", default=8, show_default=True, type=click.IntRange(1, 90))
@click.option(
    "--interviews", default=6000, show_default=True, type=click.IntRange(1), help="For each office."
)
@click.option("--months", default=24, show_default=True, type=click.IntRange(1, 120))
@click.option("--seed", default=1, show_default=True, type=int)
@click.option(
    "--accounts-file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the accounts and their passwords are written.",
)
def seed(  # noqa: PLR0913, PLR0917 - one parameter for each option
    offices: int,
    officers_per_office: int,
    interviews: int,
    months: int,
    seed: int,
    accounts_file: Path,
) -> None:
    """Fill an empty database with simulated offices, people and history.

    The same seed and sizes give the same people, answers and history; passwords are always new.
    The database is marked as simulated for good. Nobody in it exists.
    """
    sizes = Sizes(offices, officers_per_office, interviews, months, seed)
    if not accounts_file.parent.is_dir():
        raise click.UsageError(f"The folder {accounts_file.parent} does not exist.")
    with opened_database() as database, filling(database) as transaction, _bar() as bar:
        task = bar.add_task("Interviews", total=offices * interviews)
        made = seed_world(
            transaction,
            sizes,
            until=clock.now(),
            progress=lambda count: bar.update(task, completed=count),
        )
    _write(accounts_file, made.credentials)
    click.echo(f"{made.interviews} interviews; {len(made.credentials)} accounts in {accounts_file}")


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )


def _write(path: Path, credentials: tuple[Credential, ...]) -> None:
    """Write the accounts, readable by the owner only."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(_COLUMNS)
        for each in credentials:
            rows.writerow((each.username, each.password, "", each.role, each.office, each.scope))
