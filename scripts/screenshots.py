"""Makes docs/screenshots from a small demonstration: python scripts/screenshots.py [FOLDER]."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select

from profiling.cli.context import opened_database
from profiling.config import read_settings
from profiling.records import Account, Interview

_ROOT = Path(__file__).parents[1]
_WINDOW = {"width": 1280, "height": 720}
_PATIENCE_SECONDS = 60
_SEED = ["seed", "--interviews", "1500", "--months", "12", "--seed", "4", "--accounts-file"]


def main() -> None:
    """Seed, serve, walk the pages."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else _ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("Chromium is needed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(SIAGA_HOME=home, SIAGA_ENV="demo")
        for words in (["keys", "init"], ["db", "upgrade"], [*_SEED, f"{home}/accounts.csv"]):
            _siaga(*words)
        with _served() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
            )
            _walk(browser, address, folder)
            browser.close()


def _walk(browser: Browser, address: str, folder: Path) -> None:
    username, interview = _latest_red()
    anyone = _window(browser, address).new_page()
    anyone.goto("/login")
    _keep(anyone, folder / "login.png")

    counter = _signed_in(browser, address, "officer1")
    _visit(counter, "/queue", folder / "queue.png")
    _begin_interview(counter)
    _keep(counter, folder / "interview.png")

    officer = _signed_in(browser, address, username)
    officer.goto(f"/interviews/{interview}")
    officer.keyboard.press("Enter")
    officer.wait_for_timeout(500)
    _keep(officer, folder / "result.png")
    _visit(officer, f"/interviews/{interview}/notice", folder / "notice.png")
    _visit(officer, "/me", folder / "me.png")

    analyst = _signed_in(browser, address, "analyst1")
    _visit(analyst, "/watchlist", folder / "watchlist.png")
    _visit(analyst, "/cases", folder / "cases.png")
    analyst.locator("main a[href*='/cases/']").first.click()
    analyst.wait_for_load_state("networkidle")
    _keep(analyst, folder / "case.png")

    supervisor = _signed_in(browser, address, "supervisor1")
    _visit(supervisor, f"/reports/{_last_month()}", folder / "report.png")


def _begin_interview(page: Page) -> None:
    """Begin an interview from the queue and answer the first questions with the keyboard."""
    umrah = page.locator("tr", has_text="Umrah")
    umrah.locator("a[href*='/interviews/new?application=']").first.click()
    page.wait_for_selector("form[data-ready]")
    for text in ("", "ar", "2012", "12"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.keyboard.press("1")
    for key in "yyy":
        page.keyboard.press(key)
    page.wait_for_timeout(400)


def _latest_red() -> tuple[str, str]:
    """Return an officer and the interview that officer may read and that gave most to explain."""
    with opened_database(read_settings()) as database, database.reading() as session:
        row = session.execute(
            select(Account.username, Interview.id)
            .join(Interview, Interview.account_id == Account.id)
            .where(Interview.band == "merah", Interview.voided.is_(False))
            .order_by(Interview.sealed_at.desc())
        ).first()
    if row is None:
        sys.exit("The seeded world has no red interview: choose another seed")
    return row.username, row.id


def _last_month() -> str:
    year, month = time.localtime()[:2]
    return f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"


def _signed_in(browser: Browser, address: str, username: str) -> Page:
    page = _window(browser, address).new_page()
    page.goto("/login")
    page.click(f"button[value='{username}']")
    page.wait_for_load_state()
    return page


def _window(browser: Browser, address: str) -> BrowserContext:
    return browser.new_context(
        viewport=_WINDOW, base_url=address, locale="id-ID", timezone_id="Asia/Jakarta"
    )


def _visit(page: Page, path: str, file: Path) -> None:
    answer = page.goto(path)
    if answer is None or not answer.ok:
        sys.exit(f"{path} answered {answer.status if answer else 'nothing'}")
    _keep(page, file)


def _keep(page: Page, file: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    print(file.name)  # noqa: T201 - a script tells what it made


@contextmanager
def _served() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "profiling.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=_ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    ends = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - an address of ours
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit("The service did not start")


def _siaga(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "profiling.cli", *words], cwd=_ROOT, check=True)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
