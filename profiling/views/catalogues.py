"""The message catalogues: one .po per room, compiled beside it."""

import os
from collections.abc import Sequence
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "translations"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


def domains(folder: Path = FOLDER) -> Sequence[str]:
    """Return the names of all catalogues."""
    return sorted({path.stem for path in folder.glob("*/LC_MESSAGES/*.po")})


def compile_catalogues(folder: Path = FOLDER) -> int:
    """Compile every catalogue that changed since it was last compiled; returns how many."""
    count = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        draft = target.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as stream:
            write_mo(stream, catalogue)
        draft.replace(target)
        count += 1
    return count


if __name__ == "__main__":
    compile_catalogues()
