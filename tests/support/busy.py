"""A database in which most kinds of rows were written, changed and deleted."""

from datetime import date

from checklist.vocabulary import Disposition
from profiling.database import Database
from profiling.records import Office
from profiling.security.access import system_actor
from profiling.services import audit, cases, daily, signin
from tests.support.cases import decide, red_case, seal
from tests.support.sealed import yellow_submission
from tests.support.submissions import make_submission

_PARTY = {"third_parties": [{"role": "agen", "name": "X", "phone": "081234567890"}]}


def keep_busy(database: Database) -> Database:
    """Interview, decide, take a case, do the night's work, add an office and delete it."""
    with database.reading() as session:
        officer = signin.actor_named(session, "officer")
        analyst = signin.actor_named(session, "analyst")
    case = red_case(database, officer, **_PARTY)
    seal(database, officer, yellow_submission())
    clean = seal(database, officer, make_submission())
    decide(database, officer, clean, Disposition.LANJUT)
    with database.transaction() as session:
        cases.take(session, analyst, case_id=case.id)
    with database.transaction() as session:
        daily.run(session, on=date(2026, 11, 2))
    with database.transaction() as session:
        session.add(Office(code="X", name="X", region="R", kind="kantor"))
        audit.record(session, system_actor(), action="office.create", subject=("office", "X"))
    with database.transaction() as session:
        session.delete(session.get_one(Office, "X"))
        audit.record(session, system_actor(), action="office.delete", subject=("office", "X"))
    return database
