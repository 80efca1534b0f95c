"""Personal fields as ciphertext, and keyed digests to look them up by."""

import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from profiling.errors import BadSetting
from profiling.security.keys import Keyring

_FORMAT = b"\x01"
_NONCE_BYTES = 12


def new_data_key(keyring: Keyring, person_id: str) -> tuple[bytes, bytes]:
    """Return a fresh data key and the same key wrapped under the current field key."""
    data_key = AESGCM.generate_key(256)
    return data_key, wrap(keyring, person_id, data_key)


def wrap(keyring: Keyring, person_id: str, data_key: bytes) -> bytes:
    """Wrap a person's data key: format, key id, nonce, AES-GCM ciphertext."""
    key_id = keyring.current.to_bytes(2, "big")
    nonce = os.urandom(_NONCE_BYTES)
    associated = _FORMAT + key_id + person_id.encode()
    box = _wrapping(keyring.fields[keyring.current]).encrypt(nonce, data_key, associated)
    return _FORMAT + key_id + nonce + box


def unwrap(keyring: Keyring, person_id: str, wrapped: bytes) -> bytes:
    """Open a person's data key; raises BadSetting when its field key is not at hand."""
    key_id = int.from_bytes(wrapped[1:3], "big")
    key = keyring.fields.get(key_id)
    if key is None:
        raise BadSetting(f"Field key {key_id} is missing: restore the key folder from its copy")
    associated = wrapped[:3] + person_id.encode()
    return _open(_wrapping(key), wrapped[3:], associated)


class FieldBox:
    """Seals and opens the personal fields of one person with that person's data key.

    The place of a field (table, column, row) is bound to its ciphertext, so that a value copied
    to another row does not open.
    """

    __slots__ = ("_cipher", "_key_id")

    def __init__(self, data_key: bytes, key_id: int) -> None:
        self._cipher = AESGCM(data_key)
        self._key_id = _FORMAT + key_id.to_bytes(2, "big")

    def seal(self, text: str, place: str) -> bytes:
        """Return the ciphertext of the text, bound to its place."""
        nonce = os.urandom(_NONCE_BYTES)
        box = self._cipher.encrypt(nonce, text.encode(), self._key_id + place.encode())
        return self._key_id + nonce + box

    def open(self, sealed: bytes, place: str) -> str:
        """Return the text; raises BadSetting when it was altered or moved."""
        return _open(self._cipher, sealed[3:], sealed[:3] + place.encode()).decode()


def lookup_digest(keyring: Keyring, kind: str, value: str) -> bytes:
    """Return the keyed digest under which a value is found again (HMAC-SHA256)."""
    return hmac.digest(keyring.index, f"{kind}/v1|{value}".encode(), "sha256")


def pseudonym(keyring: Keyring, kind: str, value: str) -> str:
    """Return a stable pseudonym for exports that cannot be turned back without the key."""
    return hmac.digest(keyring.dataset, f"{kind}/v1|{value}".encode(), "sha256").hex()[:24]


@lru_cache(maxsize=16)
def _wrapping(key: bytes) -> AESGCM:
    return AESGCM(key)


def _open(cipher: AESGCM, nonce_and_box: bytes, associated: bytes) -> bytes:
    try:
        return cipher.decrypt(
            nonce_and_box[:_NONCE_BYTES], nonce_and_box[_NONCE_BYTES:], associated
        )
    except InvalidTag:
        raise BadSetting(
            "A stored field does not open: it was altered, or belongs to another key"
        ) from None
