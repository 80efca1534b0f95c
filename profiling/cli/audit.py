"""siaga audit: proof that nothing was altered past the service."""

import json
from collections.abc import Mapping

import click
from rich.console import Console
from rich.progress import Progress

from profiling.cli.context import opened_database
from profiling.services import audit_verification
from profiling.services.audit_verification import Kind, Verification

_SENTENCES: Mapping[Kind, str] = {
    Kind.GAP: "Event {seq} of the audit trail is missing.",
    Kind.ORDER: "Event {seq} of the audit trail is another than the one written there.",
    Kind.BAD_HASH: "Event {seq} of the audit trail was altered.",
    Kind.BAD_MAC: "Event {seq} of the audit trail is not sealed with the key of the service.",
    Kind.STATE_MISMATCH: "Row {row} of {table} is not as event {seq} left it.",
    Kind.MISSING_ROW: "Row {row} of {table} is missing; event {seq} is the last about it.",
    Kind.UNAUDITED_ROW: "Row {row} of {table} was added without an event.",
}


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the finding as JSON.")
@click.pass_context
def verify(context: click.Context, *, as_json: bool) -> None:
    """Prove that the audit trail is whole and every row is as its last event left it.

    Reads one moment of the database and writes nothing; the service may go on. The first bad place
    is named with its kind: gap, order, bad_hash, bad_mac (the trail), state_mismatch, missing_row,
    unaudited_row (a row). Exit status 0 when all is whole, 1 when not. Every event is computed
    anew with the keys of SIAGA_KEYS.
    """
    finding = _verified()
    click.echo(_document(finding) if as_json else _words(finding))
    context.exit(0 if finding.fault is None else 1)


def _verified() -> Verification:
    with (
        opened_database() as database,
        database.reading() as session,
        Progress(transient=True, console=Console(stderr=True)) as bar,
    ):
        total = audit_verification.work_ahead(session)
        task = bar.add_task("Verifying", total=total)
        return audit_verification.verify(session, progress=lambda count: bar.advance(task, count))


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
