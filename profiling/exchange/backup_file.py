"""The backup file: a ZIP with one line of JSON for each row, and a manifest that proves it whole.

It is the same for both engines, so a backup of one can be restored into the other. The keys are
not in it: personal fields stay ciphertext.
"""

import hashlib
import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from profiling.errors import Invalid

FORMAT = "siaga-backup-1"
_MANIFEST = "manifest.json"
_LONGEST_MANIFEST = 1_000_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TablePart:
    """What the manifest says of one table."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: schema, tables, the end of the audit trail, and a seal over all this."""

    made_at: str
    app_version: str
    schema: str
    engine: str
    audit_seq: int
    audit_mac: str
    tables: Mapping[str, TablePart]
    seal: str = ""

    def sealed_text(self) -> bytes:
        """Return the text over which the seal is computed."""
        content = {**asdict(self), "format": FORMAT, "seal": ""}
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


class BackupWriter:
    """Writes tables one after another, then the manifest."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self.tables: dict[str, TablePart] = {}

    def add_table(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write all rows of a table."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(_part(name), "w", force_zip64=True) as part:
            for row in rows:
                line = json.dumps(dict(row), default=_tagged, separators=(",", ":")).encode()
                part.write(line + b"\n")
                digest.update(line + b"\n")
                count += 1
        self.tables[name] = TablePart(count, digest.hexdigest())

    def abandon(self) -> None:
        """Let go of a file that will not be kept."""
        with suppress(OSError, ValueError):
            self._zip.close()

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and close the file."""
        content = {**asdict(manifest), "format": FORMAT}
        self._zip.writestr(_MANIFEST, json.dumps(content, sort_keys=True, indent=1))
        self._zip.close()


class BackupReader:
    """Reads a backup and refuses whatever differs from its manifest."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = self._read_manifest()
        except (zipfile.BadZipFile, OSError, KeyError, ValueError, TypeError) as problem:
            raise damaged("it is not a whole backup file") from problem

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table; raises Invalid at its end when they are not all there."""
        part = self.manifest.tables[name]
        digest, count = hashlib.sha256(), 0
        try:
            with self._zip.open(_part(name)) as lines:
                for line in lines:
                    digest.update(line)
                    count += 1
                    yield json.loads(line, object_hook=_untagged)
        except (zipfile.BadZipFile, OSError, KeyError, ValueError, EOFError) as problem:
            raise damaged(f"table {name} cannot be read") from problem
        if (count, digest.hexdigest()) != (part.rows, part.sha256):
            raise damaged(f"table {name} is not what the manifest says")

    def _read_manifest(self) -> Manifest:
        with self._zip.open(_MANIFEST) as source:
            content = json.loads(source.read(_LONGEST_MANIFEST))
        if content.pop("format") != FORMAT:
            raise ValueError("another format")
        tables = {name: TablePart(**part) for name, part in content.pop("tables").items()}
        return Manifest(**content, tables=tables)


def damaged(how: str) -> Invalid:
    """Return the refusal of a file that is not whole."""
    return Invalid({"backup": [f"The file is damaged: {how}. Nothing was restored."]})


def _part(name: str) -> str:
    return f"tables/{name}.jsonl"


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, bytes | memoryview):
        return {"$b": b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"$t": value.isoformat()}
    if isinstance(value, date):
        return {"$d": value.isoformat()}
    raise TypeError(f"a row holds a {type(value).__name__}")


def _untagged(content: dict[str, Any]) -> object:
    if len(content) == 1:
        (tag, text), *_ = content.items()
        reader = _READERS.get(tag)
        if reader is not None:
            return reader(text)
    return content


_READERS: dict[str, Any] = {
    "$b": b64decode,
    "$t": datetime.fromisoformat,
    "$d": date.fromisoformat,
}
