"""A running service with a database and a clock of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

import profiling.database
from profiling import clock
from profiling.app import create_app
from profiling.database import Database
from profiling.security.access import system_actor
from profiling.services import appointments, signin
from profiling.services.appointments import Import
from tests.profiling.services.bookings import row
from tests.support.databases import SqliteTemplate

STARTED = datetime(2026, 11, 24, 3, 38, tzinfo=UTC)
"""When the tests' day stands still for the server: 10.38 in Pamekasan."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing: what matters stands in the tests."""


@dataclass
class LiveSite:
    """A live service; `at` is what its clock says, and tests may move it."""

    url: str
    database: Database
    at: list[datetime] = field(default_factory=lambda: [STARTED])
    numbers: Iterator[int] = field(default_factory=lambda: count(2))

    def book(self, office: str = "PMK", **cells: str) -> str:
        """Add an appointment of the day; returns its application number."""
        added = row(next(self.numbers), **cells)
        with self.database.transaction() as session:
            appointments.import_queue(session, system_actor(), [added], wanted=Import(office))
        return added.cells["application_no"]

    def pass_time(self, span: timedelta) -> None:
        """Let time pass on the server."""
        self.at[0] += span

    def cookie(self, username: str) -> str:
        """Sign somebody in; returns the cookie."""
        with self.database.transaction() as session:
            return signin.demo_sign_in(session, username=username)[0]


@contextmanager
def running(template: SqliteTemplate, folder: Path) -> Iterator[LiveSite]:
    """Run the service on a free port, over a copy of the template."""
    app = create_app(template.copy_files(folder))
    with app.app_context():
        database = profiling.database.current()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    site = LiveSite(f"http://127.0.0.1:{server.server_port}", database)
    real = clock.now
    clock.now = lambda: site.at[0]
    try:
        yield site
    finally:
        clock.now = real
        server.shutdown()
        thread.join()
        server.server_close()
        database.close()


class Keys:
    """Presses keys as an officer does, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            self.count += 1
            self.page.keyboard.press("Space" if letter == " " else letter)
