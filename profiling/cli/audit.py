"""siaga audit: proof that nothing was altered past the service."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from profiling.cli.context import opened_database
from profiling.config import read_settings
from profiling.errors import Invalid
from profiling.security.checkpoints import public_key, signing_key
from profiling.services import audit_verification, checkpoints
from profiling.services.audit_verification import Kind, Verification
from profiling.services.checkpoints import Witnesses

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_SENTENCES: Mapping[Kind, str] = {
    Kind.GAP: "Event {seq} of the audit trail is missing.",
    Kind.ORDER: "Event {seq} of the audit trail is another than the one written there.",
    Kind.BAD_HASH: "Event {seq} of the audit trail was altered.",
    Kind.BAD_MAC: "Event {seq} of the audit trail is not sealed with the key of the service.",
    Kind.STATE_MISMATCH: "Row {row} of {table} is not as event {seq} left it.",
    Kind.MISSING_ROW: "Row {row} of {table} is missing; event {seq} is the last about it.",
    Kind.UNAUDITED_ROW: "Row {row} of {table} was added without an event.",
    Kind.SHORTER_THAN_CHECKPOINT: "Events from {seq} on were cut off: a checkpoint names them.",
    Kind.DIFFERS_FROM_CHECKPOINT: "Event {seq} is another than the one that was signed.",
    Kind.ROLLBACK: "This is an older state: event {seq} and later ones are not in it any more.",
}


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the finding as JSON.")
@click.option(
    "--checkpoints", "folder", type=_FOLDER, help="Folder of signed checkpoints to hold it to."
)
@click.pass_context
def verify(context: click.Context, *, as_json: bool, folder: Path | None) -> None:
    """Prove that the audit trail is whole and every row is as its last event left it.

    Reads one moment of the database and writes nothing; the service may go on. Every event is
    computed anew with the keys of SIAGA_KEYS. The first bad place is named with its kind: gap,
    order, bad_hash, bad_mac (the trail), state_mismatch, missing_row, unaudited_row (a row), and
    with signed checkpoints also shorter_than_checkpoint, differs_from_checkpoint, rollback (what
    was cut off, written anew, or put back as a whole). Exit status 0 when all is whole, 1 when not.
    """
    finding = _verified(folder)
    click.echo(_document(finding) if as_json else _words(finding))
    context.exit(0 if finding.fault is None else 1)


@audit.command()
@click.argument("folder", type=_FOLDER)
@click.option(
    "--key",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The private key made by `siaga keys checkpoint`.",
)
def checkpoint(folder: Path, key: Path) -> None:
    """Sign where the audit trail ends and keep the statement in FOLDER, away from the database.

    The service never needs the key. Run this as another user than the service, every few minutes.
    """
    with opened_database() as database, database.reading() as session:
        made = checkpoints.sign_end(session, folder, signing_key(key))
    click.echo(f"Event {made.seq} signed at {made.at}: {made.mac}")


def _verified(folder: Path | None) -> Verification:
    witnesses = _witnesses(folder) if folder else None
    with (
        opened_database() as database,
        database.reading() as session,
        Progress(transient=True, console=Console(stderr=True)) as bar,
    ):
        total = audit_verification.work_ahead(session)
        task = bar.add_task("Verifying", total=total)
        return audit_verification.verify(
            session, progress=lambda count: bar.advance(task, count), witnesses=witnesses
        )


def _witnesses(folder: Path) -> Witnesses:
    witnesses = checkpoints.signed_before(folder, public_key(read_settings().keys))
    if not witnesses:
        raise Invalid({"checkpoints": [f"{folder} holds no checkpoint."]})
    return witnesses


def _document(finding: Verification) -> str:
    fault = finding.fault
    document = {
        "ok": fault is None,
        "size": finding.size,
        "head": finding.head,
        "first_bad_seq": fault and fault.first_bad_seq,
        "kind": fault and fault.kind,
        "table": fault and fault.table,
        "row": fault and fault.row,
    }
    return json.dumps(document)


def _words(finding: Verification) -> str:
    if finding.fault is None:
        return (
            f"The audit trail is whole: {finding.size} events, and every row is as its last event "
            f"left it. Its last seal is {finding.head}."
        )
    fault = finding.fault
    sentence = _SENTENCES[fault.kind].format(
        seq=fault.first_bad_seq, row=fault.row, table=fault.table
    )
    return f"{sentence} The first {finding.size} events are whole, up to the seal {finding.head}."
