"""siaga backup and siaga restore."""

from dataclasses import replace
from pathlib import Path

import click
from rich.progress import Progress

from profiling.cli.context import opened_database
from profiling.config import Settings, read_settings
from profiling.database import (
    StorageFailure,
    filling,
    open_database,
    schema_revision,
    upgrade,
)
from profiling.errors import Invalid
from profiling.exchange.backup_file import BackupReader, Manifest
from profiling.security.keys import Keyring, load_keys
from profiling.services import backups

_DATABASE = "siaga.db"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a backup of the whole database to FILE while the service goes on.

    FILE holds one consistent moment and a manifest with the schema, the rows of each table, their
    SHA-256 and the end of the audit trail. The keys are not in it: keep a copy of SIAGA_KEYS in
    another place, since without them no backup can be read.
    """
    if not file.absolute().parent.is_dir():
        raise click.UsageError(f"The folder {file.absolute().parent} does not exist.")
    with opened_database() as database, Progress(transient=True) as bar:
        task = bar.add_task("Backing up", total=None)
        with database.reading() as session:
            manifest = backups.back_up(
                session,
                file,
                schema=schema_revision(database),
                progress=lambda name: bar.update(task, advance=1, description=name),
            )
    click.echo(f"{_total(manifest)} rows of {len(manifest.tables)} tables in {file}")
    click.echo("The keys are not in it: keep a copy of SIAGA_KEYS in another place.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that becomes SIAGA_HOME of the restored service.",
)
def restore(file: Path, into: Path) -> None:
    """Restore FILE into a new database and prove that it is whole.

    Without SIAGA_DATABASE_URL the database is made in the folder; with the address of a PostgreSQL
    database that database is filled, which must be empty. The keys of SIAGA_KEYS must be those of
    the backup. Nothing that exists is overwritten; what does not fit leaves nothing behind.
    """
    settings = read_settings()
    keyring = load_keys(settings.keys)
    reader = BackupReader(file)
    try:
        backups.check_keys(reader, keyring)
        target = _target(settings, into)
        rows = _restore(target, keyring, reader)
    finally:
        reader.close()
    _tell(reader.manifest, target, rows, into)


def _target(settings: Settings, into: Path) -> Settings:
    """Return the settings of the database to be made; refuse one that exists."""
    if not settings.is_sqlite:
        return replace(settings, home=into.absolute())
    if (into / _DATABASE).exists():
        raise Invalid({"into": [f"{into} holds a database already: choose an empty folder."]})
    url = f"sqlite:///{into.absolute() / _draft_name()}"
    return replace(settings, home=into.absolute(), database_url=url, migrate_database_url=url)


def _restore(target: Settings, keyring: Keyring, reader: BackupReader) -> int:
    try:
        rows = _fill(target, keyring, reader)
    except BaseException:
        _remove_draft(target)
        raise
    if target.is_sqlite:
        target.sqlite_path.rename(target.home / _DATABASE)
        _remove_draft(target)
    return rows


def _fill(target: Settings, keyring: Keyring, reader: BackupReader) -> int:
    try:
        upgrade(target)
        database = open_database(target, keyring)
        try:
            _check_schema(schema_revision(database), reader.manifest)
            with filling(database) as transaction, Progress(transient=True) as bar:
                task = bar.add_task("Restoring", total=len(reader.manifest.tables))
                with transaction() as session:
                    return backups.fill_from(
                        session,
                        reader,
                        progress=lambda name: bar.update(task, advance=1, description=name),
                    )
        finally:
            database.close()
    except (OSError, StorageFailure) as problem:
        reason = getattr(problem, "strerror", None) or getattr(problem, "orig", problem)
        words = f"The database could not be written ({reason}). Nothing was kept."
        raise Invalid({"into": [words]}) from problem


def _check_schema(present: str, manifest: Manifest) -> None:
    if present == manifest.schema:
        return
    words = (
        f"It has schema {manifest.schema}, this version of SIAGA has {present}: "
        f"restore it with SIAGA {manifest.app_version}, then upgrade."
    )
    raise Invalid({"backup": [words]})


def _draft_name() -> str:
    return f".{_DATABASE}.partial"


def _remove_draft(target: Settings) -> None:
    if target.is_sqlite:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{target.sqlite_path}{ending}").unlink(missing_ok=True)


def _total(manifest: Manifest) -> int:
    return sum(part.rows for part in manifest.tables.values())


def _tell(manifest: Manifest, target: Settings, rows: int, into: Path) -> None:
    click.echo(
        f"Restored {rows} rows of {manifest.made_at}: hashes, counts and the last event of the "
        f"audit trail (number {manifest.audit_seq}) agree."
    )
    if target.is_sqlite:
        click.echo(f"Next: set SIAGA_HOME={into.absolute()} and SIAGA_KEYS, then `siaga serve`.")
    else:
        click.echo("Next: start the service with this SIAGA_DATABASE_URL, `siaga serve`.")
