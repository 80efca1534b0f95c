"""The nightly work inside a serving process, once a day whichever process comes first."""

import threading
from dataclasses import dataclass, field
from datetime import date, datetime, time

from flask import Flask

from profiling import clock, database, journal
from profiling.database import Database
from profiling.services import daily

_BEGINS = time(0, 10)
"""When the night's work is due, on the office's clock: soon after the day it looks back on."""

_PAUSE_SECONDS = 60.0


@dataclass(slots=True)
class NightWatch:
    """Looks at the clock once a minute and does the work of a day that is not done yet.

    Several processes may watch: the database says whether the day is done.
    """

    database: Database
    stop: threading.Event = field(default_factory=threading.Event)
    done: date | None = None

    def watch(self) -> None:
        """Look until told to stop; a night that fails is tried again."""
        while not self.stop.wait(_PAUSE_SECONDS):
            try:
                self.look(clock.now())
            except Exception as error:
                journal.write("night", "error", kind=type(error).__name__)

    def look(self, moment: datetime) -> None:
        """Do the work of the moment's day when it is due and not done."""
        local = clock.local(moment, self.database.settings.timezone)
        if local.time() < _BEGINS or self.done == local.date():
            return
        report = self.database.run(lambda session: daily.run_unless_done(session, on=local.date()))
        self.done = local.date()
        if report is not None:
            journal.write("night", day=str(report.day), lapsed=report.lapsed, bursts=report.bursts)


def start_watch(app: Flask) -> NightWatch:
    """Watch in a thread of this process, on the app's database."""
    with app.app_context():
        watch = NightWatch(database.current())
    threading.Thread(target=watch.watch, name="night", daemon=True).start()
    return watch
