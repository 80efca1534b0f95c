"""Passwords: argon2id, with a cap on how many are computed at once."""

import os
import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

MIN_LENGTH = 12
MAX_LENGTH = 200

_HASHER = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_typed(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password fits; costs the same time when there is no such account."""
    if len(password) > MAX_LENGTH:
        return False
    with _AT_ONCE:
        try:
            fits = _HASHER.verify(stored or _nobody(), _typed(password))
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return fits and stored is not None


def _typed(password: str) -> str:
    """Return the password in one form: keyboards write the same letter in one sign or in two."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def one_time_password() -> str:
    """Return a random password that is easy to read out."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))
