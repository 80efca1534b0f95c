"""Has the end of the audit trail signed, and reads what was signed before."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Invalid
from profiling.exchange.checkpoint_files import read_checkpoints, write_checkpoint
from profiling.records import AuditEvent
from profiling.security.checkpoints import Checkpoint
from profiling.services import audit

Witnesses = dict[int, str]
"""The MAC that was signed for an event, by its number."""


def sign_end(session: Session, folder: Path, key: Ed25519PrivateKey) -> Checkpoint:
    """Sign where the trail ends and keep it in the folder.

    Refused when the trail no longer holds what was signed last: that is for a verification.
    """
    witnesses = signed_before(folder, key.public_key())
    seq, mac = audit.end_of_trail(session)
    if witnesses and not _is_held(session, max(witnesses), witnesses):
        words = (
            f"Event {max(witnesses)} is not the one that was signed: run "
            f"`siaga audit verify --checkpoints {folder}`. Nothing was signed."
        )
        raise Invalid({"checkpoints": [words]})
    checkpoint = Checkpoint(seq, mac, clock.now().isoformat(timespec="seconds")).signed_by(key)
    write_checkpoint(folder, checkpoint)
    return checkpoint


def signed_before(folder: Path, key: Ed25519PublicKey) -> Witnesses:
    """Return what was signed; a file that is not signed for the key is refused by its name."""
    witnesses: Witnesses = {}
    for path, checkpoint in read_checkpoints(folder).items():
        if not checkpoint.is_signed_for(key):
            words = f"{path.name} is not signed with the key that belongs to checkpoint.pub."
            raise Invalid({"checkpoints": [words]})
        if witnesses.setdefault(checkpoint.seq, checkpoint.mac) != checkpoint.mac:
            words = f"{path.name} contradicts another checkpoint of event {checkpoint.seq}."
            raise Invalid({"checkpoints": [words]})
    return witnesses


def _is_held(session: Session, seq: int, witnesses: Witnesses) -> bool:
    mac = session.scalar(select(AuditEvent.mac).where(AuditEvent.seq == seq))
    return seq == 0 or mac == witnesses[seq]
