"""The interview page: until it takes keys, at full speed and slowed four times, and its bytes."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.timing import Measured, measured
from tests.browser.conftest import ARGUMENTS
from tests.browser.live import LiveSite, running
from tests.support.databases import SqliteTemplate

ROUNDS = 5
_WATCH = """
new MutationObserver(() => {
  if (document.querySelector("form[data-ready]") && !window.readyAt) window.readyAt = performance.now();
}).observe(document, {attributes: true, childList: true, subtree: true});
"""


def interview_page() -> dict[str, Measured]:
    """Return seconds until the page takes keys, and compressed kilobytes of a first visit."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="siaga-bench-") as folder, sync_playwright() as play:
        template = SqliteTemplate(Path(folder) / "template")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        (Path(folder) / "live").mkdir()
        with running(template, Path(folder) / "live") as site:
            number = site.book()
            for _ in range(ROUNDS):
                for name, slower in {"full speed": 1, "slowed 4 times": 4}.items():
                    seconds, kilobytes = _visit(browser, site, number, slower)
                    found.setdefault(f"{name}, seconds", []).append(seconds)
                    found.setdefault("compressed kB", []).append(kilobytes)
        browser.close()
    return {name: measured(each) for name, each in found.items()}


def _visit(browser: Browser, site: LiveSite, number: str, slower: int) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_cookies([{"name": "siaga", "value": site.cookie("officer"), "url": site.url}])
    page = context.new_page()
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{site.url}/interviews/new?application={number}")
    page.wait_for_selector("form[data-ready]", state="attached")
    seconds = page.evaluate("window.readyAt") / 1000
    context.close()
    return seconds, sum(received) / 1000
