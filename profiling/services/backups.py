"""Backups: everything of one moment into one file, and back into an empty database."""

import hmac
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, inspect, select, text
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import BadSetting, Invalid
from profiling.exchange.backup_file import BackupReader, BackupWriter, Manifest, TablePart
from profiling.records import AuditEvent, Person, Record, WebSession
from profiling.records.base import table_of
from profiling.security import crypto
from profiling.security.digests import Sealer
from profiling.security.keys import Keyring, derive
from profiling.services import audit

_EVENTS = table_of(AuditEvent)
_LEFT_OUT = frozenset({WebSession.__tablename__})
"""Who was signed in is not kept: after a restore people sign in again."""

_BATCH = 500

Progress = Callable[[str], None]


def back_up(session: Session, path: Path, *, schema: str, progress: Progress) -> Manifest:
    """Write one consistent state of the database to a new file, whole or not at all."""
    if path.exists():
        raise Invalid({"backup": [f"{path} exists already: choose another name."]})
    draft = path.with_name(f".{path.name}.partial")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as target:
            writer = BackupWriter(target)
            try:
                manifest = _write(session, writer, schema, progress)
            finally:
                writer.abandon()
            target.flush()
            os.fsync(target.fileno())
        draft.rename(path)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        words = f"The backup could not be written ({reason}). Nothing was kept."
        raise Invalid({"backup": [words]}) from problem
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def check_keys(reader: BackupReader, keyring: Keyring) -> None:
    """Refuse a backup that belongs to other keys, or whose manifest was altered."""
    if not hmac.compare_digest(_seal(reader.manifest, keyring), reader.manifest.seal):
        raise BadSetting(
            "The backup was made with other keys, or its manifest was altered: set SIAGA_KEYS to "
            "the folder of keys that belongs to it. Nothing was restored."
        )


def fill_from(session: Session, reader: BackupReader, *, progress: Progress) -> int:
    """Put every row of a backup into an empty database and prove it; returns how many.

    Raises Invalid or BadSetting for whatever does not fit; the caller then drops the database.
    """
    tables = _tables(session)
    if set(tables) != set(reader.manifest.tables):
        raise Invalid({"backup": ["It holds other tables than this version of SIAGA."]})
    _refuse_content(session, tables)
    connection = session.connection()
    for name, table in tables.items():
        rows = reader.rows(name)
        while batch := list(islice(rows, _BATCH)):
            connection.execute(insert(table), batch)
        _check_count(session, table, reader.manifest.tables[name])
        progress(name)
    _check_trail(session, reader.manifest)
    _check_fields(session)
    return sum(part.rows for part in reader.manifest.tables.values())


def _write(session: Session, writer: BackupWriter, schema: str, progress: Progress) -> Manifest:
    engine = session.get_bind().dialect.name
    if engine == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    for name, table in _tables(session).items():
        writer.add_table(name, _rows(session, table))
        progress(name)
    seq, mac = audit.end_of_trail(session)
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        app_version=version("siaga"),
        schema=schema,
        engine=engine,
        audit_seq=seq,
        audit_mac=mac,
        tables=writer.tables,
    )
    manifest = replace(manifest, seal=_seal(manifest, session.info["keyring"]))
    writer.finish(manifest)
    return manifest


def _tables(session: Session) -> dict[str, Table]:
    """Return all tables, those that others refer to first; one that is unknown is a fault."""
    tables = {table.name: table for table in Record.metadata.sorted_tables}
    stored = set(inspect(session.connection()).get_table_names()) - {"alembic_version"}
    if stored != set(tables):
        strange = ", ".join(sorted(stored ^ set(tables)))
        raise Invalid({"database": [f"Its tables are not those of this version: {strange}"]})
    return tables


def _rows(session: Session, table: Table) -> Iterator[Mapping[str, Any]]:
    if table.name in _LEFT_OUT:
        return
    query = select(table).order_by(*table.primary_key)
    result = session.connection().execution_options(yield_per=_BATCH).execute(query)
    for row in result.mappings():
        yield dict(row)


def _seal(manifest: Manifest, keyring: Keyring) -> str:
    key = derive(keyring.audit, "backup/v1")
    return hmac.digest(key, manifest.sealed_text(), "sha256").hex()


def _refuse_content(session: Session, tables: Mapping[str, Table]) -> None:
    if any(session.execute(select(table).limit(1)).first() for table in tables.values()):
        raise Invalid({"database": ["It is not empty: a backup is never restored over records."]})


def _check_count(session: Session, table: Table, part: TablePart) -> None:
    found = session.scalar(select(func.count()).select_from(table))
    if found != part.rows:
        raise Invalid({"backup": [f"Table {table.name} has {found} rows instead of {part.rows}."]})


def _check_trail(session: Session, manifest: Manifest) -> None:
    """Compute the last link of the audit trail anew, from the restored row and the keys."""
    if audit.end_of_trail(session) != (manifest.audit_seq, manifest.audit_mac):
        raise Invalid({"backup": ["The audit trail does not end where the manifest says."]})
    row = (
        session.execute(select(_EVENTS).where(_EVENTS.c.seq == manifest.audit_seq))
        .mappings()
        .first()
    )
    if row is None:
        return
    values = {name: value for name, value in row.items() if name != "mac"}
    sealer: Sealer = session.info["sealer"]
    if audit.link_of(sealer, row["previous_mac"], values) != manifest.audit_mac:
        raise Invalid({"backup": ["The last event of the audit trail was altered."]})


def _check_fields(session: Session) -> None:
    """Open one person's data key, so that a missing field key is noticed now and not later."""
    row = session.execute(
        select(Person.id, Person.wrapped_key)
        .where(Person.wrapped_key.is_not(None))
        .order_by(Person.created_at.desc())
        .limit(1)
    ).first()
    if row is not None and row.wrapped_key is not None:
        crypto.unwrap(session.info["keyring"], row.id, row.wrapped_key)
