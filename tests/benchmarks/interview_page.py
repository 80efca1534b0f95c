"""The interview page: until it takes keys, at full speed and slowed four times, and its bytes."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from profiling.database import Database
from profiling.security.access import system_actor
from profiling.services import appointments, signin
from profiling.services.appointments import Import
from tests.benchmarks.servers import serving
from tests.benchmarks.submission import environ_of
from tests.benchmarks.timing import Measured, measured
from tests.browser.conftest import ARGUMENTS
from tests.profiling.services.bookings import row
from tests.support.databases import SqliteTemplate

ROUNDS = 5
_OPENING = 1_500
_WATCH = """
window.ready = new Promise((resolve) => {
  new MutationObserver(() => {
    if (document.querySelector("form[data-ready]")) resolve(performance.now());
  }).observe(document, {attributes: true, childList: true, subtree: true});
});
"""


def interview_page() -> dict[str, Measured]:
    """Return seconds until the page takes keys, and compressed kilobytes of a first visit.

    The service runs in a process of its own, as it does at the counter.
    """
    found: dict[str, list[float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="siaga-bench-")))
        database = stack.enter_context(SqliteTemplate(folder / "template").copy(folder / "home"))
        cookie, path = _prepare(database)
        url = stack.enter_context(serving("wsgi:app", environ_of(database), database.settings))
        play = stack.enter_context(sync_playwright())
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        stack.callback(browser.close)
        _visit(browser, (url, cookie, path), 1)
        for _ in range(ROUNDS):
            for name, slower in {"full speed": 1, "slowed 4 times": 4}.items():
                seconds, kilobytes = _visit(browser, (url, cookie, path), slower)
                found.setdefault(f"{name}, seconds", []).append(seconds)
                found.setdefault("compressed kB", []).append(kilobytes)
    return {name: measured(each) for name, each in found.items()}


def _prepare(database: Database) -> tuple[str, str]:
    """Put somebody into the queue and sign an officer in; returns cookie and address."""
    booked = row(2)
    with database.transaction() as session:
        appointments.import_queue(session, system_actor(), [booked], wanted=Import("PMK"))
        cookie, _ = signin.demo_sign_in(session, username="officer")
    return cookie, f"/interviews/new?application={booked.cells['application_no']}"


def _visit(browser: Browser, place: tuple[str, str, str], slower: int) -> tuple[float, float]:
    url, cookie, path = place
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_cookies([{"name": "siaga", "value": cookie, "url": url}])
    page = context.new_page()
    page.add_init_script(_WATCH)
    # The window stands open at the counter; a new one first loads pages of the browser itself.
    page.wait_for_timeout(_OPENING)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{url}{path}")
    # Asked past the driver: its own scripts, put into the page, would be measured with it.
    asked = {"expression": "window.ready", "awaitPromise": True, "returnByValue": True}
    seconds = session.send("Runtime.evaluate", asked)["result"]["value"] / 1000
    context.close()
    return seconds, sum(received) / 1000
