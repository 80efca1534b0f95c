"""A real browser before a real server: what scripts, styles and the policy do together."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

import profiling.database
from profiling.app import create_app
from profiling.database import Database

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    assert executable, "Chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def site(sqlite_database: Database) -> Iterator[str]:
    """The address of a service over a fresh database."""
    app = create_app(sqlite_database.settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        profiling.database.current().close()


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


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Open a window: visit("officer", width=320). Complaints of any window fail the test."""
    opened: list[Visitor] = []

    def open_window(
        username: str | None = None, *, width: int = 1280, height: int = 720, **options: object
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", **options
        )
        visitor = Visitor(site, context, context.new_page())
        opened.append(visitor)
        page = visitor.page
        page.on("pageerror", lambda error: visitor.complaints.append(f"error: {error}"))
        page.on("console", lambda message: _listen(visitor, message.type, message.text))
        page.on("request", lambda request: _watch(visitor, request.url))
        if username:
            visitor.sign_in(username)
        return visitor

    yield open_window
    complaints = [line for visitor in opened for line in visitor.complaints]
    for visitor in opened:
        visitor.context.close()
    assert complaints == []


def _listen(visitor: Visitor, kind: str, text: str) -> None:
    # Answers such as 404 or 422 and lost networks are what some tests are about.
    is_answer = re.search(r"Failed to load resource|net::ERR_INTERNET_DISCONNECTED", text)
    if kind in ("error", "warning") and not is_answer:
        visitor.complaints.append(f"console: {text}")


def _watch(visitor: Visitor, address: str) -> None:
    if not address.startswith((visitor.site, "data:", "blob:")):
        visitor.complaints.append(f"outside: {address}")
