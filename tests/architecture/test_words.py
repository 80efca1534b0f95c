"""What the service says: complete in Indonesian, and in words that blame nobody."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from profiling.views.catalogues import FOLDER, merge_rooms

ROOT = Path(__file__).parents[2]
ROOMS = sorted((FOLDER / "id" / "LC_MESSAGES").glob("*.po"))
TEMPLATES = sorted((ROOT / "profiling" / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "profiling" / "static").rglob("*.js"))

BANNED = (
    "tersangka|pelaku|terduga|target operasi|korban|curiga|mencurigakan|dicurigai|indikasi kuat"
    "|bohong|berbohong|mengelabui|palsu|ilegal|TKI|TKW|lolos|bersih|aman|bebas risiko|gagal|salah"
    "|ditolak sistem|sistem memutuskan|skor|nilai risiko|peringkat|juara|target flag|kuota|AI"
    "|kecerdasan buatan|cerdas|otomatis mendeteksi|bahaya|awas|peringatan keras|!!"
)
ALLOWED = re.compile(r"salah ketik|salah satu|tindak pidana perdagangan orang", re.IGNORECASE)
_BANNED = re.compile(rf"(?<![\w-])(?:{BANNED})(?![\w-])", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def banned_words(text: str) -> list[str]:
    """Return the words of the text that stand on no screen."""
    return _BANNED.findall(ALLOWED.sub("", text))


@cache
def asked_messages() -> dict[tuple[str | None, object], str]:
    """Return every message that code and templates ask for, with where."""
    keywords = {
        "_": None,
        "gettext": None,
        "lazy_gettext": None,
        "sentence": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "lazy_pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    found: dict[tuple[str | None, object], str] = {}
    for package in ("profiling", "forms"):
        for name, line, message, _comments, context in extract_from_dir(
            ROOT / package,
            method_map=[("**.py", "python"), ("**.html", "jinja2")],
            keywords=keywords,
        ):
            found.setdefault((context, message), f"{package}/{name}:{line}")
    return found


@cache
def catalogue() -> dict[tuple[str | None, object], object]:
    merged = merge_rooms("id", ROOMS)
    return {(message.context, message.id): message.string for message in merged if message.id}


def test_messages_are_found() -> None:
    assert len(asked_messages()) > 60
    assert (None, "Sign in") in asked_messages()


def test_every_message_has_an_indonesian_text() -> None:
    said = catalogue()
    silent = [
        f"{where}: {message}"
        for (context, message), where in asked_messages().items()
        if not _texts(said.get((context, message)))
    ]
    assert silent == []


def test_rooms_do_not_disagree() -> None:
    heard: dict[tuple[str | None, object], object] = {}
    disagreeing = []
    for room in ROOMS:
        for message in merge_rooms("id", [room]):
            key = (message.context, message.id)
            if message.id and heard.setdefault(key, message.string) != message.string:
                disagreeing.append(f"{room.name}: {message.id}")
    assert disagreeing == []


def test_translations_keep_the_placeholders() -> None:
    broken = []
    for (_context, message), text in catalogue().items():
        for wanted, given in zip(_texts(message)[-1:], _texts(text)[:1], strict=True):
            if set(_PLACEHOLDER.findall(wanted)) != set(_PLACEHOLDER.findall(given)):
                broken.append(wanted)
    assert broken == []


def test_no_translation_is_left_over() -> None:
    assert sorted(str(key) for key in catalogue().keys() - asked_messages().keys()) == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: path.stem)
def test_catalogues_use_no_banned_word(room: Path) -> None:
    texts = [line for line in room.read_text(encoding="utf-8").splitlines() if "msgid" not in line]
    assert [line for line in texts if banned_words(line)] == []


@pytest.mark.parametrize("file", [*TEMPLATES, *SCRIPTS], ids=lambda path: path.name)
def test_templates_and_scripts_use_no_banned_word(file: Path) -> None:
    assert banned_words(file.read_text(encoding="utf-8")) == []


def test_the_search_finds_banned_words() -> None:
    assert banned_words("Pemohon lolos, tidak salah. Periksa salah ketik!!") == [
        "lolos",
        "salah",
        "!!",
    ]
    assert banned_words("amanah, bersihkan, AIR, keamanan") == []


def _texts(message: object) -> list[str]:
    if isinstance(message, str):
        return [message] if message else []
    return [text for text in message if text] if isinstance(message, list | tuple) else []
