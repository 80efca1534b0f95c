"""One person's browser window, and what may be asked of it."""

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


@dataclass
class Visitor:
    """One person's browser window, which remembers what went wrong in it."""

    site: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, username: str) -> None:
        """Sign in with one step."""
        self.page.goto(f"{self.site}/login")
        self.page.click(f"button[value='{username}']")
        self.page.wait_for_load_state()

    def open(self, path: str) -> Page:
        """Go to an address of the service."""
        self.page.goto(f"{self.site}{path}")
        return self.page

    def axe_faults(self) -> list[str]:
        """Return what the accessibility rules find on the page as it is now."""
        # The policy of the page stays on: axe is evaluated by the debugger, not by the page.
        results = Axe().run(self.page, options={"runOnly": AXE_TAGS})
        return [
            f"{found['id']}: {node['html'][:160]}"
            for found in results.response["violations"]
            for node in found["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def frame_faults(self) -> list[str]:
        """Return what every page of the service must have and this one has not."""
        return list(self.page.evaluate(_FRAME))

    def inline(self) -> list[str]:
        """Return what the page carries inside itself that the policy forbids."""
        return list(self.page.evaluate(_INLINE))

    def clipped_by_spacing(self) -> list[str]:
        """Space the text as widely as readers may; return what is cut off or too wide then."""
        self.page.evaluate(_SPACE)
        wide = [f"page: {self.overflow()}"] if self.overflow() > 0 else []
        return [*self.page.evaluate(_CLIPPED), *wide]

    def hidden_stops(self) -> list[str]:
        """Press Tab through the page; return the stops that one cannot see or that lie covered."""
        self.page.evaluate("document.activeElement.blur()")
        found = []
        for _ in range(200):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_STOP)
            if stop is None:
                return found
            if not stop["visible"]:
                found.append(stop["html"])
        return [*found, "more than 200 stops"]


_FRAME = """() => {
  const seen = (what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility());
  const headings = seen("h1, h2, h3, h4").map((one) => Number(one.tagName[1]));
  const title = document.querySelector("h1")?.innerText;
  return [
    [document.title !== `${title} - SIAGA`, `the title is ${document.title}`],
    [document.querySelectorAll("h1").length !== 1, "not one h1"],
    [headings.some((level, place) => place && level > headings[place - 1] + 1), `headings ${headings}`],
    [seen(".button--primary").length > 1, "more than one primary button"],
    [!document.querySelector(".skip[href='#content']"), "no skip link"],
    [document.querySelector(".who__menu a[href='/guide']") && location.pathname !== "/guide" && !seen(".help a").length, "no help at the end"],
  ].filter(([isFault]) => isFault).map(([, words]) => words);
}"""
_INLINE = """() => [...document.querySelectorAll("[style], script:not([src]), style")]
  .map((one) => one.outerHTML.slice(0, 120))"""
_SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
_CLIPPED = """() => [...document.querySelectorAll("header *, main *, aside *, .strip *")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).overflow !== "visible" &&
    !one.matches("input, select, textarea, .visually-hidden, .table-wrap, .aside__stay, svg, svg *") &&
    !one.closest(".visually-hidden") &&
    (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
  .map((one) => one.outerHTML.slice(0, 120))"""
_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.dataset.seen) return null;
  one.dataset.seen = "1";
  const box = one.getBoundingClientRect();
  const target = one.closest("label") || one;
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const visible = !!hit && (one.contains(hit) || hit.contains(one) || target.contains(hit));
  return { visible, html: one.outerHTML.slice(0, 160) };
}"""


def open_window(
    browser: Browser, site: str, *, width: int = 1280, height: int = 720, **options: Any
) -> Visitor:
    """Open a window of its own browser, whose complaints are gathered."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        **{"locale": "id-ID", "timezone_id": "Asia/Jakarta", "base_url": site, **options},
    )
    context.set_default_timeout(30_000)
    visitor = Visitor(site, context, context.new_page())
    watch(visitor, visitor.page)
    return visitor


def watch(visitor: Visitor, page: Page) -> None:
    """Gather what a page of this visitor complains about."""
    page.on("pageerror", lambda error: visitor.complaints.append(f"error: {error}"))
    page.on("console", lambda message: _listen(visitor, message.type, message.text))
    page.on("request", lambda request: _watch(visitor, request.url))


def _listen(visitor: Visitor, kind: str, text: str) -> None:
    # Answers such as 404 or 422 and lost networks are what some tests are about.
    is_answer = re.search(r"Failed to load resource|net::ERR_INTERNET_DISCONNECTED", text)
    if kind in ("error", "warning") and not is_answer:
        visitor.complaints.append(f"console: {text}")


def _watch(visitor: Visitor, address: str) -> None:
    if not address.startswith((visitor.site, "data:", "blob:")):
        visitor.complaints.append(f"outside: {address}")
