"""Signed statements of where the audit trail stood, by a key that the service does not hold."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from profiling.errors import BadSetting
from profiling.security.keys import read_key, write_key

_FORMAT = "siaga-checkpoint-1"
_PUBLIC_NAME = "checkpoint.pub"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The number and the MAC of the last event at a moment, with the signature over them."""

    seq: int
    mac: str
    at: str
    signature: str = ""

    def signed_by(self, key: Ed25519PrivateKey) -> Self:
        """Return the statement with its signature."""
        return type(self)(self.seq, self.mac, self.at, key.sign(self._text()).hex())

    def is_signed_for(self, key: Ed25519PublicKey) -> bool:
        """Whether the holder of the key's other half signed exactly this."""
        try:
            key.verify(bytes.fromhex(self.signature), self._text())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _text(self) -> bytes:
        return "\n".join((_FORMAT, str(self.seq), self.mac, self.at, "")).encode()


def make_signing_key(private: Path, keys: Path) -> None:
    """Make the pair: the private half in its own file, the public one in the folder of keys."""
    public = keys / _PUBLIC_NAME
    for path in (private, public):
        if path.exists():
            raise BadSetting(f"{path} exists already: a new key would disown what was signed.")
    if private.absolute().parent == keys.absolute():
        raise BadSetting(
            f"{private} would lie with the service's keys: whoever takes those could sign as well. "
            "Name a file elsewhere."
        )
    key = Ed25519PrivateKey.generate()
    private.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_key(private, key.private_bytes_raw().hex())
    write_key(public, key.public_key().public_bytes_raw().hex())


def signing_key(private: Path) -> Ed25519PrivateKey:
    """Read the private half."""
    return Ed25519PrivateKey.from_private_bytes(read_key(private))


def public_key(keys: Path) -> Ed25519PublicKey:
    """Read the public half from the folder of keys."""
    path = keys / _PUBLIC_NAME
    if not path.exists():
        raise BadSetting(f"Key {path} is missing: run `siaga keys checkpoint FILE`.")
    return Ed25519PublicKey.from_public_bytes(read_key(path))
