"""The message catalogues: one .po per room, compiled into one .mo per language."""

import os
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "translations"
DOMAIN = "siaga"
_PLURALS = {"id": "nplurals=1; plural=0;"}  # Babel takes Indonesian for a language with plurals
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


def compile_catalogues(folder: Path = FOLDER) -> int:
    """Compile each language of which a room changed; returns how many were compiled."""
    count = 0
    for messages in sorted(folder.glob("*/LC_MESSAGES")):
        rooms = sorted(messages.glob("*.po"))
        target = messages / f"{DOMAIN}.mo"
        if rooms and _is_older(target, rooms):
            _write(target, merge_rooms(messages.parent.name, rooms))
            count += 1
    return count


def merge_rooms(locale: str, rooms: Sequence[Path]) -> Catalog:
    """Return one catalogue of all rooms; a message that several rooms give counts once."""
    merged = Catalog(locale=locale)
    if locale in _PLURALS:
        merged.mime_headers = [("Plural-Forms", _PLURALS[locale])]
    for room in rooms:
        with room.open("rb") as stream:
            catalogue = read_po(stream, locale=locale)
        for message in catalogue:
            if not message.id:
                continue
            if merged.get(message.id, context=message.context) is not None:
                continue
            merged.add(message.id, message.string, context=message.context)
    return merged


def _is_older(target: Path, rooms: Sequence[Path]) -> bool:
    if not target.exists():
        return True
    return target.stat().st_mtime < max(path.stat().st_mtime for path in rooms)


def _write(target: Path, catalogue: Catalog) -> None:
    draft = target.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as stream:
        write_mo(stream, catalogue)
    draft.replace(target)


if __name__ == "__main__":
    compile_catalogues()
