"""The guides of the roles: Markdown files in the package, rendered without raw HTML."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from profiling.errors import NotFound

_FOLDER = Path(__file__).parents[1] / "guides"


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide's title and the rest of it as HTML."""

    title: str
    body: Markup
    language: str


@cache
def read_guide(role: str, language: str, folder: Path = _FOLDER) -> Guide:
    """Return the guide of a role in the language, or in Indonesian where it is not translated."""
    for code in dict.fromkeys((language, "id")):
        path = folder / f"{role}.{code}.md"
        if path.is_file():
            return _render(path.read_text(encoding="utf-8"), code)
    raise NotFound


def has_guide(role: str, folder: Path = _FOLDER) -> bool:
    """Whether a guide for the role is there."""
    return (folder / f"{role}.id.md").is_file()


def _render(text: str, language: str) -> Guide:
    title, _, rest = text.partition("\n")
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    # The renderer escapes all text and passes no raw HTML, and the files are our own.
    body = Markup(renderer.render(rest))  # noqa: S704
    return Guide(title.lstrip("# ").strip(), body, language)
