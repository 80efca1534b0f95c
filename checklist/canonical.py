"""One text for one value: canonical JSON, the form that digests are taken of."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Never, TypeAlias

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | bool | None"

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class CanonicalError(ValueError):
    """The value has no canonical form."""


def canonical_bytes(value: Json) -> bytes:
    """Write the value with sorted keys, composed characters, no blanks and no floats."""
    text = _ENCODER.encode(_canonical(value))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise CanonicalError("text holds half of a character pair") from None


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def read_canonical(text: str | bytes) -> Json:
    """Read JSON that could have been written canonically: no floats, no key given twice."""
    try:
        parsed: Json = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_float=_refuse_float,
            parse_constant=_refuse_float,
        )
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise CanonicalError("not valid JSON") from None
    return parsed


def _canonical(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return _unique_keys([(_key(key), _canonical(item)) for key, item in value.items()])
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_canonical(item) for item in value]
    raise CanonicalError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise CanonicalError("keys are text")
    return key if key.isascii() else unicodedata.normalize("NFC", key)


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise CanonicalError("a key is given twice")
    return unique


def _refuse_float(_text: str) -> Never:
    raise CanonicalError("numbers are whole")
