"""A small office in the middle of its day: something on every list."""

from datetime import date

from checklist.loading import DEFAULT_VERSION
from checklist.vocabulary import Disposition
from profiling import clock
from profiling.database import Database
from profiling.services import appointments, dataset, drafts, signin, watchlist
from profiling.services.appointments import Import
from profiling.services.dataset import ExportWish, Written
from profiling.services.watchlist import NewEntry
from tests.profiling.services.bookings import row
from tests.support.cases import decide, do, red_case, referred_case, seal
from tests.support.submissions import make_submission


def fill_day(database: Database) -> None:
    """Let the accounts of PMK do a morning's work."""
    with database.reading() as session:
        names = ("officer", "officer2", "analyst", "analyst2")
        officer, officer2, analyst, analyst2 = (signin.actor_named(session, one) for one in names)
    today = clock.local_date(clock.now(), database.settings.timezone)
    rows = [row(number, slot=f"{today}T09:{number:02}") for number in range(2, 8)]
    with database.transaction() as session:
        appointments.import_queue(session, officer, rows, wanted=Import("PMK"))
        drafts.open_draft(
            session,
            officer,
            application_no="2026-000002",
            instrument_version=DEFAULT_VERSION,
        )
    decide(database, officer, seal(database, officer, make_submission()), Disposition.LANJUT)
    lacking = make_submission(documents={"SURAT-PPIU": "missing"})
    reason = "Berkas biro belum ada, pemohon melengkapinya."
    decide(database, officer, seal(database, officer, lacking), Disposition.TUNDA, reason)
    seal(database, officer, make_submission(answers={"TP-05": "td"}))
    red_case(database, officer)
    taken = red_case(database, officer2)
    do(database, analyst, taken, "take")
    do(database, analyst, taken, "finding")
    closed = referred_case(database, officer)
    do(database, analyst2, closed, "take")
    do(database, analyst2, closed, "close")
    keep_lists(database)


def keep_lists(database: Database) -> None:
    """Put a number on the watch list, and take the dataset out."""
    with database.transaction() as session:
        analyst, steward = (signin.actor_named(session, one) for one in ("analyst", "steward"))
        entry = NewEntry(
            kind="phone",
            value="+6281299990001",
            label="Nomor pengurus",
            reason="Tercatat pada tiga berkas yang diperiksa.",
            valid_from=date(2026, 1, 1),
        )
        watchlist.add(session, analyst, entry)
        wish = ExportWish("csv", "Uji pola bulanan dengan keperluan yang panjang", first="2026-10")
        dataset.record_export(session, steward, wish, Written("csv", 5, "5e" * 32))
