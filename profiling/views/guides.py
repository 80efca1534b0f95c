"""The guides of the roles: Markdown files in the package, rendered without raw HTML."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup

from profiling.errors import NotFound

_FOLDER = Path(__file__).parents[1] / "guides"


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide's title and the rest of it as HTML."""

    title: str
    body: Markup
    sections: tuple[tuple[str, str], ...]
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
    from markdown_it import MarkdownIt  # noqa: PLC0415 - sixty modules, needed here alone

    title, _, rest = text.partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(rest)
    sections: list[tuple[str, str]] = []
    for opening, heading in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            anchor = f"part-{len(sections) + 1}"
            opening.attrSet("id", anchor)
            sections.append((anchor, heading.content))
    # The renderer escapes all text and passes no raw HTML, and the files are our own.
    body = Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704
    return Guide(title.lstrip("# ").strip(), body, tuple(sections), language)
