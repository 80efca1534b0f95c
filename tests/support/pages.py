"""Reads a page as a careful reader would: what it is called, what it asks, what it leaves open."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_UNASKED = frozenset({"hidden", "submit", "button", "image", "reset"})


@dataclass
class Page:
    """What a page holds, gathered in one pass."""

    status: int
    html: str
    lang: str | None = None
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labels_for: set[str] = field(default_factory=set)
    controls: list[dict[str, str | None]] = field(default_factory=list)
    forms: list[dict[str, object]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    token: str = ""
    text: str = ""

    @property
    def faults(self) -> list[str]:
        """Everything that no page of ours may have."""
        found = [f"inline {what}" for what in self.inline]
        found += [f"id twice: {one}" for one in set(self.ids) if self.ids.count(one) > 1]
        found += [f"foreign host: {one}" for one in self.sources if not one.startswith("/")]
        found += [f"never closed: {one}" for one in self.open_tags]
        found += [f"no label: {one}" for one in self.controls if not self._is_labelled(one)]
        found += [
            f"form without token: {one['action']}"
            for one in self.forms
            if one["method"] == "post" and not one["has_token"]
        ]
        if [level for level, _ in self.headings].count(1) != 1:
            found.append("not exactly one h1")
        if not self.lang:
            found.append("no language")
        if not self.title.endswith(" - SIAGA"):
            found.append(f"title: {self.title}")
        return found

    def _is_labelled(self, control: dict[str, str | None]) -> bool:
        return bool(
            control.get("in_label")
            or control.get("aria-label")
            or control.get("aria-labelledby")
            or control.get("aria-hidden")
            or control.get("id") in self.labels_for
        )


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.stack: list[str] = []
        self.texts: list[str] = []
        self.heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        page = self.page
        if "style" in values:
            page.inline.append(f"style on {tag}")
        page.inline += [f"{name} on {tag}" for name in values if name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in values):
            page.inline.append(tag)
        if values.get("id"):
            page.ids.append(str(values["id"]))
        if tag not in _VOID:
            self.stack.append(tag)
        self._note(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.stack:
            while (closed := self.stack.pop()) != tag:
                if closed not in (
                    "p",
                    "li",
                    "option",
                    "tr",
                    "td",
                    "th",
                    "tbody",
                    "thead",
                    "dt",
                    "dd",
                ):
                    self.page.open_tags.append(closed)
        if self.heading is not None and tag in ("h1", "h2", "h3", "h4"):
            self.page.headings.append((int(tag[1]), " ".join("".join(self.heading).split())))
            self.heading = None

    def handle_data(self, data: str) -> None:
        if "title" in self.stack and "svg" not in self.stack:
            self.page.title += data
        elif "script" not in self.stack:
            self.texts.append(data)
        if self.heading is not None:
            self.heading.append(data)

    def _note(self, tag: str, values: dict[str, str | None]) -> None:
        page = self.page
        if tag == "html":
            page.lang = values.get("lang")
        elif tag == "meta" and values.get("name") == "csrf-token":
            page.token = str(values.get("content"))
        elif tag in ("h1", "h2", "h3", "h4"):
            self.heading = []
        elif tag == "label" and values.get("for"):
            page.labels_for.add(str(values["for"]))
        self._note_target(tag, values)
        self._note_control(tag, values)

    def _note_target(self, tag: str, values: dict[str, str | None]) -> None:
        page = self.page
        if tag == "form":
            method = (values.get("method") or "get").lower()
            action = values.get("action")
            page.forms.append({"method": method, "action": action, "has_token": False})
        elif tag == "a" and values.get("href"):
            page.links.append(str(values["href"]))
        elif tag in ("script", "img", "use", "link"):
            page.sources += [str(values[name]) for name in ("src", "href") if values.get(name)]

    def _note_control(self, tag: str, values: dict[str, str | None]) -> None:
        if values.get("name") == "csrf_token" and self.page.forms:
            self.page.forms[-1]["has_token"] = True
        if tag in ("input", "select", "textarea") and values.get("type") not in _UNASKED:
            in_label = "yes" if "label" in self.stack else None
            self.page.controls.append({**values, "in_label": in_label})


def read_page(status: int, html: str) -> Page:
    """Return what the page holds."""
    page = Page(status, html)
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    page.text = " ".join("".join(reader.texts).split())
    return page
