"""The queue in a browser: focus, cards, and nothing that tells of a result."""

import re
from collections.abc import Callable
from datetime import date

from profiling.services import signin
from tests.browser.live import LiveSite
from tests.browser.visitor import Visitor
from tests.support.sealed import seal_band
from tests.support.submissions import make_nik

Enter = Callable[..., Visitor]


def test_U01_focus_starts_on_the_first_waiting_row(live: LiveSite, enter: Enter) -> None:
    live.book(slot="2026-11-24T08:00", name="Aminah Pertama")
    live.book(slot="2026-11-24T09:00", name="Bunasri Kedua")
    page = enter().page
    page.goto("/queue")
    assert page.evaluate("document.activeElement.textContent") == "Mulai Aminah Pertama"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/interviews/[0-9a-f-]{36}$"))
    assert "Aminah Pertama" in page.inner_text("[data-name]")


def test_U02_the_queue_tells_no_result(live: LiveSite, enter: Enter) -> None:
    """Not of today's interviews, and not of somebody's earlier ones."""
    known = make_nik(date(1992, 3, 1), "P")
    with live.database.reading() as session:
        officer = signin.actor_named(session, "officer")
    for person in ({"nik": known}, {"name": "Rujukan Hari Ini"}):
        number = live.book(**person)
        applicant = {"nik": known} if "nik" in person else {}
        seal_band(live.database, officer, "merah", application_no=number, applicant=applicant)
    live.book(nik=known, name="Datang Lagi")
    live.book(name="Pertama Kali")
    page = enter().page
    page.goto("/queue")
    html = page.content()
    assert "Datang Lagi" in html
    assert "Catat keputusan" in html
    assert not re.search(r"hijau|kuning|merah|band-|poin|skor|points", html, re.IGNORECASE)
    marks = "(name) => [...document.querySelectorAll('tbody tr')].filter((row) => row.innerText.includes(name)).map((row) => [row.className, row.querySelectorAll('*').length])"
    assert page.evaluate(marks, "Datang Lagi") == page.evaluate(marks, "Pertama Kali")


def test_U04_the_queue_is_cards_at_320_pixels(live: LiveSite, enter: Enter) -> None:
    live.book(name="Nur Hasanah binti Abdul Karim Zainuddin al-Maduri")
    for width in (320, 390):
        page = enter(width=width).page
        page.goto("/queue")
        sizes = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert sizes[0] <= sizes[1]
        assert page.evaluate("getComputedStyle(document.querySelector('tbody tr td')).display") == (
            "block"
        )
