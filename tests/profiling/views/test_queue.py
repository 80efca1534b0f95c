"""The queue page without scripts."""

import io

import pytest

from profiling import clock
from profiling.database import Database
from profiling.security.access import system_actor
from profiling.services import appointments
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
