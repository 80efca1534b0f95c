"""A real browser before a real server: what scripts, styles and the policy do together."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

import profiling.database
from profiling.app import create_app
from profiling.database import Database
from tests.browser.live import LiveSite, running
from tests.browser.visitor import Visitor, open_window
from tests.support.databases import SqliteTemplate

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-partial-raster",
    "--disable-skia-runtime-opts",
    "--force-color-profile=srgb",
]


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


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Open a window: visit("officer", width=320). Complaints of any window fail the test."""
    opened: list[Visitor] = []

    def open_(username: str | None = None, **options: Any) -> Visitor:
        visitor = open_window(browser, site, **options)
        opened.append(visitor)
        if username:
            visitor.sign_in(username)
        return visitor

    yield open_
    _close(opened)


@pytest.fixture(scope="module")
def live(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveSite]:
    """One service for all tests of a module; its clock stands at 10.38 on 24 November 2026."""
    with running(sqlite_template, tmp_path_factory.mktemp("live")) as started:
        yield started


@pytest.fixture
def enter(browser: Browser, live: LiveSite) -> Iterator[Callable[..., Visitor]]:
    """Open a signed-in window of the live service: enter("officer", width=320)."""
    opened: list[Visitor] = []

    def open_(username: str | None = "officer", **options: Any) -> Visitor:
        visitor = open_window(browser, live.url, **options)
        opened.append(visitor)
        if username:
            cookie = {"name": "siaga", "value": live.cookie(username), "url": live.url}
            visitor.context.add_cookies([cookie])
        return visitor

    yield open_
    _close(opened)


def _close(opened: list[Visitor]) -> None:
    complaints = [line for visitor in opened for line in visitor.complaints]
    for visitor in opened:
        visitor.context.close()
    assert complaints == []
