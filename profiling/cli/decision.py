"""siaga decision: stored results worked out again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click
from rich.console import Console
from rich.progress import Progress

from profiling.cli.context import opened_database
from profiling.services import decision_replay
from profiling.services.decision_replay import Replayed

_SAME, _DIFFERENT = 0, 1


@dataclass(slots=True)
class _Tally:
    """How many were looked at, and how many of them came out as stored."""

    checked: int = 0
    same: int = 0

    def differing(self, found: Iterable[Replayed]) -> Iterator[Replayed]:
        """Count what passes, and let through what differs."""
        for each in found:
            self.checked += 1
            self.same += each.is_same
            if not each.is_same:
                yield each


@click.group()
def decision() -> None:
    """Work stored results out again."""


@decision.command()
@click.argument("wanted", metavar="[ID]", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every stored result.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def replay(wanted: str | None, *, is_all: bool, as_json: bool) -> None:
    """Recompute stored results from their own versions and compare each stored column.

    ID is an interview's id or its application number, as printed on the notice. Exit status 0
    when all are as stored, 1 when any differs or cannot be worked out again. Nothing is written,
    and nothing that is printed says who was interviewed.
    """
    if is_all == (wanted is not None):
        raise click.UsageError("Give either an ID or --all.")
    tally, show = _Tally(), _print_json if as_json else _print_lines
    show(tally, _replayed(wanted))
    raise click.exceptions.Exit(_SAME if tally.same == tally.checked else _DIFFERENT)


def _replayed(wanted: str | None) -> Iterator[Replayed]:
    """Give the findings while one state of the database is read."""
    who = decision_replay.operator()
    with opened_database() as database, database.reading() as session:
        if wanted is not None:
            yield from decision_replay.replay_one(session, who, wanted)
            return
        with Progress(transient=True, console=Console(stderr=True)) as bar:
            task = bar.add_task("Replaying", total=decision_replay.count_stored(session, who))
            for block in decision_replay.replay_all(session, who):
                yield from block
                bar.advance(task, len(block))


def _print_json(tally: _Tally, found: Iterable[Replayed]) -> None:
    """Print each difference as it is found: none is kept."""
    separator = '{"different": ['
    for each in tally.differing(found):
        # A column of SQLite may hold anything, bytes too.
        click.echo(separator + json.dumps(each.as_json(), default=repr), nl=False)
        separator = ",\n"
    opening = "" if tally.same < tally.checked else separator
    click.echo(f'{opening}], "checked": {tally.checked}, "same": {tally.same}}}')


def _print_lines(tally: _Tally, found: Iterable[Replayed]) -> None:
    for each in tally.differing(found):
        click.echo("\n".join(_lines(each)))
    click.echo(f"{tally.checked} checked, {tally.same} as stored.")


def _lines(each: Replayed) -> Sequence[str]:
    """Say one finding: where it is, then column by column."""
    head = f"{each.interview} version {each.version} (receipt {each.receipt}, rules {each.rules})"
    problem = [f"  {each.problem}"] if each.problem else []
    columns = [
        f"  {one.column}: stored {one.stored!r}, recomputed {one.recomputed!r}"
        for one in each.differences
    ]
    return [head, *problem, *columns]
