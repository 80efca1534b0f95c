"""The command line: one explicit list of commands, each loaded only when it is called."""

import os
import sys
from importlib import import_module

import click

from profiling.errors import Invalid, SiagaError

COMMANDS = {
    "audit": "profiling.cli.audit:audit",
    "backup": "profiling.cli.backup:backup",
    "daily": "profiling.cli.daily:daily",
    "dataset": "profiling.cli.dataset:dataset",
    "db": "profiling.cli.database:db",
    "decision": "profiling.cli.decision:decision",
    "keys": "profiling.cli.keys:keys",
    "queue": "profiling.cli.queue:queue",
    "report": "profiling.cli.report:report",
    "restore": "profiling.cli.backup:restore",
    "routes": "profiling.cli.routes:routes",
    "score": "profiling.cli.scoring:score",
    "seed": "profiling.cli.seed:seed",
    "serve": "profiling.cli.serve:serve",
    "token": "profiling.cli.token:token",
    "user": "profiling.cli.user:user",
}
"""Command name -> where its click command lives. One line adds a command."""

_NEGATIVE, _BAD_INPUT = 1, 2


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup)
def group() -> None:
    """SIAGA: early-warning interviews at the passport counter."""


def main() -> None:
    """Run the command line; exit status 0, 1 for a negative finding, 2 for bad input."""
    # Databases, exports and reports are about persons: what is written is its owner's alone.
    os.umask(0o077)
    try:
        # An Exit inside a command comes back as its status.
        status = group(standalone_mode=False)
    except click.Abort:
        sys.exit(_NEGATIVE)
    except click.ClickException as problem:
        problem.show()
        sys.exit(_BAD_INPUT)
    except Invalid as problem:
        for field, sentences in problem.errors.items():
            for sentence in sentences:
                click.echo(f"{field}: {sentence}", err=True)
        sys.exit(_BAD_INPUT)
    except SiagaError as problem:
        click.echo(str(problem), err=True)
        sys.exit(_BAD_INPUT)
    except OSError as problem:
        # A folder that is not there, a file that may not be written, a full disk.
        named = f"{problem.filename}: " if problem.filename else ""
        click.echo(f"{named}{problem.strerror or problem}", err=True)
        sys.exit(_BAD_INPUT)
    sys.exit(status or 0)
