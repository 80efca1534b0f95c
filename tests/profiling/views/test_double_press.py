"""The seal button pressed twice at the same moment: one interview, and both answers show it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from profiling.database import Database
from profiling.records import AuditEvent, Draft, Interview, InterviewVersion
from profiling.security.access import system_actor
from profiling.services import appointments
from profiling.services.appointments import Import
from tests.profiling.services.bookings import row
from tests.support.client import SiteClient
from tests.support.sheets import clean_sheet

ROUNDS = 4


@pytest.fixture
def numbers(database: Database) -> list[str]:
    rows = [row(number, slot=f"2026-11-24T08:{number:02}") for number in range(2, 2 + ROUNDS)]
    with database.transaction() as session:
        appointments.import_queue(session, system_actor(), rows, wanted=Import("PMK"))
    return [str(each.cells["application_no"]) for each in rows]


def press_twice(app: Flask, client: SiteClient, address: str, fields: dict[str, str]) -> list[str]:
    """Send the same form from two threads at once; returns where each answer ends."""
    cookies = [client.get_cookie(name) for name in ("siaga", "siaga-form")]
    start = Barrier(2)

    def press() -> str:
        browser = app.test_client()
        for cookie in cookies:
            assert cookie is not None
            browser.set_cookie(cookie.key, cookie.value)
        start.wait()
        answer = browser.post(address, data=fields, follow_redirects=True)
        return f"{answer.status_code} {answer.get_data(as_text=True)}"

    with ThreadPoolExecutor(2) as pool:
        pressed = [pool.submit(press) for _ in range(2)]
        return [each.result() for each in pressed]


@pytest.mark.parametrize("is_saved", [True, False])
def test_two_presses_at_once_make_one_interview(
    app: Flask, client: SiteClient, database: Database, numbers: list[str], is_saved: bool
) -> None:
    client.sign_in("officer")
    for number in numbers:
        address = client.get(f"/interviews/new?application={number}").headers["Location"]
        fields = {"csrf_token": client.get_page(address).token, "revision": "0", **clean_sheet()}
        if is_saved:
            client.post(address, data={**fields, "step": "save"})
            fields["revision"] = "1"
        for page in press_twice(app, client, address, fields):
            assert page.startswith("200 ")
            assert "Sudah disegel. Nomor bukti" in page
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Interview)) == ROUNDS
        assert session.scalar(select(func.count()).select_from(InterviewVersion)) == ROUNDS
        assert session.scalar(select(func.count()).select_from(Draft)) == 0
        sealed = select(func.count()).where(AuditEvent.action == "interview.seal")
        assert session.scalar(sealed) == ROUNDS
        assert sorted(session.scalars(select(Interview.application_no))) == numbers
