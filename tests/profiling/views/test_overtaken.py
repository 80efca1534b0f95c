"""A colleague's program seals the application that one is filling in: nothing is lost silently."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from profiling.database import Database
from profiling.records import AuditEvent, Draft, Interview
from profiling.security.access import system_actor
from profiling.services import appointments
from profiling.services.appointments import Import
from tests.profiling.services.bookings import row
from tests.support.api import ApiClient
from tests.support.client import SiteClient
from tests.support.sheets import clean_sheet
from tests.support.submissions import make_submission

NUMBER = "2026-000005"
WORDS = "Paman menjemput di Batam"


@pytest.fixture
def overtaken(app: Flask, client: SiteClient, database: Database) -> str:
    """The address of a draft of officer2, whose application the officer sealed meanwhile."""
    with database.transaction() as session:
        rows = [row(5, slot="2026-11-24T08:00")]
        appointments.import_queue(session, system_actor(), rows, wanted=Import("PMK"))
    client.sign_in("officer2")
    address = client.get(f"/interviews/new?application={NUMBER}").headers["Location"]
    fields = {**clean_sheet(), "notes.TP-05": WORDS, "step": "save", "revision": "0"}
    client.get_page(address)
    client.post_page(address, fields)
    body = make_submission(application_no=NUMBER)
    ApiClient(app, database, "officer").post("/interviews", body, status=201)
    return address


def test_the_draft_stays_and_opening_it_says_so(client: SiteClient, overtaken: str) -> None:
    page = client.get_page(overtaken, status=409)
    assert "Wawancara ini sudah disegel. Rekan Anda yang menyegelnya." in page.text
    assert WORDS in client.get_page(f"{overtaken}?own=1").html


def test_its_seal_is_refused_and_keeps_what_was_typed(
    client: SiteClient, database: Database, overtaken: str
) -> None:
    client.get_page(f"{overtaken}?own=1")
    later = {**clean_sheet(), "notes.TP-05": f"{WORDS} besok", "revision": "1"}
    page = client.post_page(overtaken, later, status=409)
    assert "Rekan Anda yang menyegelnya." in page.text
    assert f"{WORDS} besok" in client.get_page(f"{overtaken}?own=1").html
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Interview)) == 1


def test_giving_it_up_is_a_step_of_its_own(
    client: SiteClient, database: Database, overtaken: str
) -> None:
    assert "Lanjutkan" in client.get_page("/queue").text
    client.get_page(overtaken, status=409)
    page = client.post_page(f"{overtaken}/drop", {"reason": "sealed_by_colleague"})
    assert "Draf dilepaskan." in page.text
    assert "menunggu lagi" not in page.text
    assert "Lanjutkan" not in page.text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
        assert last is not None
        reason = {"application_no": NUMBER, "reason": "sealed_by_colleague"}
        assert (last.action, last.detail) == ("draft.drop", reason)


def test_everybody_else_sees_the_sealed_interview(client: SiteClient, overtaken: str) -> None:
    client.sign_in("officer")
    page = client.get_page("/queue")
    assert "dengan rekan" not in page.text
    assert "disegel" in page.text
    sealed = client.get(f"/interviews/new?application={NUMBER}").headers["Location"]
    assert sealed != overtaken
    assert (1, "Sudah disegel. Nomor bukti 1.") in client.get_page(sealed).headings
