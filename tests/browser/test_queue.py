"""The queue in a browser: focus, cards, and nothing that tells of a result."""

import re
from collections.abc import Callable

from tests.browser.live import LiveSite
from tests.browser.visitor import Visitor

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
    live.book()
    page = enter().page
    page.goto("/queue")
    html = page.content().lower()
    assert not re.search(r"hijau|kuning|merah|band-|poin|skor", html)


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
