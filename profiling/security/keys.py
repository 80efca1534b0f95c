"""The keys: made, read and rotated in one folder that lies off the database."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from profiling.errors import BadSetting

_FIELDS_FILE = "fields.json"
_SINGLE_KEYS = ("index", "audit", "web", "dataset", "device")
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """All keys of the service.

    `fields` wraps the data key of each person, by key id; `current` is the id used for new ones.
    `index` makes keyed look-up digests, `audit` the chain, `web` cookies and forms, `dataset`
    pseudonyms, `device` the keys handed to browsers.
    """

    current: int
    fields: dict[int, bytes] = field(repr=False)
    index: bytes
    audit: bytes
    web: bytes
    dataset: bytes
    device: bytes

    def __repr__(self) -> str:
        return f"Keyring(current={self.current})"


def init_keys(folder: Path) -> bool:
    """Make the keys that are missing; returns whether any was made.

    A folder that holds only some of the keys is refused: a lost key must be restored from its
    copy, since a new one would make what was stored unreadable.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = [_FIELDS_FILE, *(f"{name}.key" for name in _SINGLE_KEYS)]
    present = [name for name in names if (folder / name).exists()]
    if len(present) == len(names):
        return False
    if present:
        missing = ", ".join(name for name in names if name not in present)
        raise BadSetting(f"Keys are missing in {folder}: {missing}. Restore them from their copy.")
    for name in _SINGLE_KEYS:
        write_key(folder / f"{name}.key", secrets.token_hex(_KEY_BYTES))
    write_key(folder / _FIELDS_FILE, json.dumps(_fields_document({1: secrets.token_bytes(32)}, 1)))
    return True


def rotate_field_key(folder: Path) -> int:
    """Add a new field key and make it the current one; returns its id. Old keys stay readable."""
    keyring = load_keys(folder)
    new_id = max(keyring.fields) + 1
    keys = {**keyring.fields, new_id: secrets.token_bytes(_KEY_BYTES)}
    write_key(folder / _FIELDS_FILE, json.dumps(_fields_document(keys, new_id)))
    return new_id


def load_keys(folder: Path) -> Keyring:
    """Read the keys; raises BadSetting with the way to put it right."""
    single = {name: read_key(folder / f"{name}.key") for name in _SINGLE_KEYS}
    current, fields = _read_fields(folder / _FIELDS_FILE)
    return Keyring(current=current, fields=fields, **single)


def derive(key: bytes, purpose: str) -> bytes:
    """Derive a 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
    hkdf = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode())
    return hkdf.derive(key)


def device_key(keyring: Keyring, account_id: str, epoch: int) -> bytes:
    """Return the key with which an account's browsers keep drafts as ciphertext.

    A new epoch (password, role or office changed) gives a new key.
    """
    return derive(keyring.device, f"device/v1|{account_id}|{epoch}")


def _fields_document(keys: dict[int, bytes], current: int) -> dict[str, object]:
    return {"current": current, "keys": {str(number): key.hex() for number, key in keys.items()}}


def write_key(path: Path, text: str) -> None:
    """Write whole or not at all, readable by the owner only."""
    draft = path.with_suffix(path.suffix + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise BadSetting(
            f"Key {path.name} is missing in {path.parent}: run `siaga keys init`, "
            "or restore the folder from its copy"
        ) from None
    except (OSError, UnicodeDecodeError):
        raise BadSetting(f"Key {path} cannot be read") from None


def read_key(path: Path) -> bytes:
    """Read a key of 32 bytes; raises BadSetting with the way to put it right."""
    text = _read_text(path).strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise BadSetting(f"Key {path} is damaged: restore it from its copy")
    return key


def _read_fields(path: Path) -> tuple[int, dict[int, bytes]]:
    text = _read_text(path)
    try:
        document = json.loads(text)
        keys = {int(number): bytes.fromhex(key) for number, key in document["keys"].items()}
        current = int(document["current"])
    except (ValueError, KeyError, TypeError, AttributeError):
        keys, current = {}, 0
    if current not in keys or any(len(key) != _KEY_BYTES for key in keys.values()):
        raise BadSetting(f"Key file {path} is damaged: restore it from its copy")
    return current, keys
