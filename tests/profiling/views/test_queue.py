"""The queue page without scripts."""

import io

import pytest
import time_machine
from sqlalchemy import select

from profiling import clock
from profiling.database import Database
from profiling.records import AuditEvent
from profiling.security.access import system_actor
from profiling.services import appointments, attempts
from profiling.services.appointments import Import
from tests.profiling.services.bookings import nik, row
from tests.support.client import SiteClient

HEADING = "application_no,nik,name,birth_date,sex,slot\n"


@pytest.fixture
def today(database: Database) -> str:
    return clock.local_date(clock.now(), database.settings.timezone).isoformat()


@pytest.fixture
def booked(database: Database, today: str) -> str:
    with database.transaction() as session:
        rows = [row(5, slot=f"{today}T08:00"), row(6, slot=f"{today}T09:00", name="Bunasri")]
        appointments.import_queue(session, system_actor(), rows, wanted=Import("PMK"))
    return "2026-000005"


def test_the_queue_shows_who_waits(client: SiteClient, booked: str) -> None:
    client.sign_in("officer")
    page = client.get_page("/queue")
    assert page.title == "Antrean hari ini - SIAGA"
    assert "2 janji." in page.text
    assert "Siti Uji 5" in page.text
    assert nik(5) not in page.html
    assert f"/interviews/new?application={booked}" in page.links


def test_an_empty_queue_says_what_fills_it(client: SiteClient) -> None:
    client.sign_in("officer")
    assert "Belum ada janji hari ini." in client.get_page("/queue").text


@pytest.mark.parametrize(
    "username", ["analyst", "supervisor", "steward", "admin", "auditor", "dpo"]
)
def test_other_roles_find_no_queue(client: SiteClient, username: str) -> None:
    client.sign_in(username)
    client.get_page("/queue", status=404)


def test_search_leaves_nothing_in_the_address(client: SiteClient, booked: str) -> None:
    client.sign_in("officer")
    client.get_page("/queue")
    page = client.post_page("/queue/search", {"text": "bunasri"})
    assert "Bunasri" in page.text
    assert "Siti Uji 5" not in page.text
    nothing = client.post_page("/queue/search", {"text": "tidak ada"})
    assert "Belum ditemukan." in nothing.text


def test_absence_is_noted_and_taken_back(client: SiteClient, booked: str) -> None:
    client.sign_in("officer")
    client.get_page("/queue")
    page = client.post_page("/queue/absent", {"application_no": booked, "step": "absent"})
    assert "Dicatat tidak hadir." in page.text
    assert "Ternyata hadir" in page.text
    back = client.post_page("/queue/absent", {"application_no": booked, "step": "undo"})
    assert "Ternyata hadir" not in back.text


def test_a_list_is_taken_in(client: SiteClient, today: str) -> None:
    client.sign_in("officer")
    client.get_page("/queue")
    text = f"{HEADING}A-0001,{nik(1)},Siti Uji,1992-03-01,P,{today}T08:00\n"
    page = client.post_page("/queue/import", {"office": "PMK", "file": file(text)})
    assert "Daftar diterima: 1 baru, 0 diperbarui" in page.text
    assert "A-0001" in page.text


def test_a_bad_list_is_refused_row_by_row(client: SiteClient, today: str) -> None:
    """FILE-07."""
    client.sign_in("officer")
    client.get_page("/queue")
    text = f"{HEADING}A-0001,{nik(1)},Siti Uji,1992-02-30,P,{today}T08:00\n"
    page = client.post_page("/queue/import", {"office": "PMK", "file": file(text)}, status=422)
    assert "Baris 2, birth_date: Tulis tanggal seperti 2026-12-20" in page.text
    assert "Belum ada janji hari ini." in page.text
    assert "Pilih berkas." in client.post_page("/queue/import", {"office": "PMK"}, status=422).text


def file(text: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), "antrean.csv"


def test_looking_up_one_nik_after_the_other_ends_soon(
    client: SiteClient, database: Database, booked: str
) -> None:
    """RATE-06."""
    client.sign_in("officer")
    client.get_page("/queue")
    for number in range(attempts.LOOK_UP_LIMIT):
        client.post_page("/queue/search", {"text": nik(number + 100)})
    for number in (5, 6, 500):
        page = client.post_page("/queue/search", {"text": f" {nik(number)}"}, status=429)
        assert "Siti Uji" not in page.text
    client.get_page("/queue")
    assert "Bunasri" in client.post_page("/queue/search", {"text": "bunasri"}).text
    with database.reading() as session:
        many = select(AuditEvent.subject_kind).where(AuditEvent.action == "queue.many_look_ups")
        assert session.scalars(many).all() == ["account"]
    colleague = client.application.test_client()
    assert isinstance(colleague, SiteClient)
    colleague.sign_in("officer2")
    colleague.get_page("/queue")
    assert "Siti Uji 5" in colleague.post_page("/queue/search", {"text": nik(5)}).text
    with time_machine.travel(clock.now() + attempts.WINDOW, tick=False):
        client.sign_in("officer")
        client.get_page("/queue")
        assert "Siti Uji 5" in client.post_page("/queue/search", {"text": nik(5)}).text
    assert attempts.LOOK_UP_LIMIT * 4 < 500
