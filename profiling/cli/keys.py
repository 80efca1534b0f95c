"""siaga keys: the folder of keys."""

from pathlib import Path

import click

from profiling.config import read_settings
from profiling.security.checkpoints import make_signing_key
from profiling.security.keys import init_keys, rotate_field_key


@click.group()
def keys() -> None:
    """Look after the keys in SIAGA_KEYS."""


@keys.command()
def init() -> None:
    """Make the keys, unless they are there already."""
    folder = read_settings().keys
    made = init_keys(folder)
    click.echo(f"Keys made in {folder}." if made else f"Keys are already in {folder}.")


@keys.command()
def rotate() -> None:
    """Make a new field key; new records use it, old ones stay readable."""
    number = rotate_field_key(read_settings().keys)
    click.echo(f"Field key {number} is in use from the next start of the service.")


@keys.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def checkpoint(file: Path) -> None:
    """Make the key that signs checkpoints of the audit trail, in FILE.

    FILE belongs to whoever signs, on another host or under another user than the service; its
    public half goes into SIAGA_KEYS.
    """
    make_signing_key(file, read_settings().keys)
    click.echo(f"Key made in {file}: keep it where the service cannot read it.")
