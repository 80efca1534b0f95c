"""The guides: one per role and language, calm in tone, plain in form."""

import re
from pathlib import Path

import pytest

import profiling
from tests.checklist.test_wording import BANNED_WORD

FOLDER = Path(profiling.__file__).parent / "guides"
ROLES = ("officer", "analyst", "supervisor")
FILES = [f"{role}.{lang}.md" for role in ROLES for lang in ("id", "en")]


def read(name: str) -> str:
    """Return the text of one guide."""
    return (FOLDER / name).read_text(encoding="utf-8")


def shape(text: str) -> list[str]:
    """Return what kind of line follows what, to compare two languages."""
    kinds = {"# ": "title", "##": "heading", "- ": "item"}
    lines = [line for line in text.splitlines() if line]
    return [
        "step" if re.match(r"\d+\. ", line) else kinds.get(line[:2], "paragraph") for line in lines
    ]


def test_every_role_at_work_has_its_guide_and_nothing_else_lies_there() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.md")) == sorted(FILES)


@pytest.mark.parametrize("role", ROLES)
def test_both_languages_say_the_same_in_the_same_order(role: str) -> None:
    assert shape(read(f"{role}.id.md")) == shape(read(f"{role}.en.md"))


@pytest.mark.parametrize("name", FILES)
def test_guide_is_made_of_headings_short_paragraphs_and_lists(name: str) -> None:
    text = read(name)
    assert shape(text)[0] == "title"
    assert shape(text).count("title") == 1
    assert not re.search(r"[|*_`<>]|^ ", text, re.MULTILINE)
    paragraphs = [line for line in text.splitlines() if line and line[0] not in "#-0123456789"]
    assert max(len(line) for line in paragraphs) <= 420


@pytest.mark.parametrize("name", FILES)
def test_sentences_are_short(name: str) -> None:
    for line in read(name).splitlines():
        for sentence in re.split(r"(?<=[.:?])\s+", line):
            assert len(sentence.split()) <= 22, sentence


@pytest.mark.parametrize("role", ROLES)
def test_guide_uses_no_banned_word(role: str) -> None:
    assert not BANNED_WORD.findall(read(f"{role}.id.md"))


def test_officer_guide_tells_no_strength_and_no_limit_of_the_rules() -> None:
    for lang in ("id", "en"):
        text = read(f"officer.{lang}.md")
        assert not re.search(r"\b(poin|points?|bobot|weights?|[A-Z]{2}-\d\d)\b", text)
