"""Every text field holds markup and template code; every role reads every page."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

import profiling.database
from checklist.loading import DEFAULT_VERSION
from checklist.vocabulary import Disposition
from profiling.app import create_app
from profiling.database import Database
from profiling.services import appointments, dataset, drafts, signin, watchlist
from profiling.services.appointments import Import
from profiling.services.dataset import ExportWish, Written
from profiling.services.watchlist import NewEntry
from tests.journey.test_walk import enter, walk
from tests.profiling.services.bookings import row
from tests.support.cases import decide, do, red_case, seal
from tests.support.client import SiteClient
from tests.support.databases import ROLES, SqliteTemplate
from tests.support.submissions import make_submission

MARK = "<x-mark onload=a>\"'><script>1</script>{{7*7}}${7*7}{0.__class__}%(x)s%s</script>"
SHOWN = ("{{7*7}}", "${7*7}", "{0.__class__}", "%(x)s%s")


@pytest.fixture(scope="module")
def site(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with sqlite_template.copy(tmp_path_factory.mktemp("hostile")) as database:
        fill(database)
        created = create_app(database.settings)
        created.config["PROPAGATE_EXCEPTIONS"] = True
        created.test_client_class = SiteClient
        yield created
        with created.app_context():
            profiling.database.current().close()


def fill(database: Database) -> None:
    """Write the mark wherever somebody may write a text."""
    with database.reading() as session:
        names = ("officer", "analyst", "steward")
        officer, analyst, steward = (signin.actor_named(session, one) for one in names)
    with database.transaction() as session:
        rows = [row(number, name=MARK, slot=f"{date.today()}T09:1{number}") for number in (2, 3)]  # noqa: DTZ011 - any day serves
        appointments.import_queue(session, officer, rows, wanted=Import("PMK"))
        draft = drafts.open_draft(
            session, officer, application_no="2026-000002", instrument_version=DEFAULT_VERSION
        )
        content = {"applicant.name": MARK, "notes.TP-05": MARK, "answers.TP-05": "ya", MARK: MARK}
        drafts.save(session, officer, draft_id=draft, revision=0, content=content)
        entry = NewEntry("phone", "+6281299990001", MARK, f"Tercatat: {MARK}", date(2026, 1, 1))
        watchlist.add(session, analyst, entry)
        wish = ExportWish("csv", MARK, first="2026-10")
        dataset.record_export(session, steward, wish, Written("csv", 5, "5e" * 32))
    person = {"name": MARK, "mother_name": MARK}
    party = [{"role": "agen", "name": MARK, "phone": "081299990001", "address": MARK}]
    told = {"applicant": person, "third_parties": party}
    lacking = make_submission(documents={"SURAT-PPIU": "missing"}, **told)
    decide(database, officer, seal(database, officer, lacking), Disposition.TUNDA, MARK)
    case = red_case(
        database,
        officer,
        notes={"PK-06": MARK, "PK-07": MARK},
        judgement_reason=MARK,
        **told,
    )
    do(database, analyst, case, "take")
    do(database, analyst, case, "finding", text=MARK, waiting_for=MARK)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_a_text_is_shown_as_typed_to_every_role(site: Flask, role: str, language: str) -> None:
    """INJ-04, INJ-05."""
    shown = 0
    for path, page in walk(enter(site, role, language)):
        assert page.faults == [], path
        assert "<x-mark" not in page.html, path
        assert not re.search(r"<script(?![^>]* src=)", page.html), path
        found = page.text.count("<x-mark")
        shown += found
        if found:
            assert all(page.text.count(word) >= found for word in SHOWN), path
    assert shown > (4 if role in ("officer", "analyst") else -1)
