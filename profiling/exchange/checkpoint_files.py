"""Checkpoints as files of a folder that lies away from the database: one each, never changed."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from profiling.errors import Invalid
from profiling.security.checkpoints import Checkpoint

_TYPES = {"seq": int, "mac": str, "at": str, "signature": str}


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> Path:
    """Write a new file for a checkpoint, brought to the disk."""
    path = folder / f"checkpoint-{checkpoint.seq:012}.json"
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="ascii") as stream:
        json.dump(asdict(checkpoint), stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    return path


def read_checkpoints(folder: Path) -> dict[Path, Checkpoint]:
    """Read all checkpoints of a folder, by file; one that cannot be read is refused."""
    return {path: _read(path) for path in sorted(folder.glob("*.json"))}


def _read(path: Path) -> Checkpoint:
    try:
        document: object = json.loads(path.read_bytes())
    except ValueError:
        document = None
    if not isinstance(document, dict) or _types(document) != _TYPES:
        raise Invalid({"checkpoints": [f"{path.name} is not a checkpoint."]})
    return Checkpoint(**document)


def _types(document: Mapping[str, Any]) -> dict[str, type]:
    return {name: type(value) for name, value in document.items()}
