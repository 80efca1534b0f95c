"""The counter's other pages: axe, zoom, words, unknown addresses, and the policy."""

import pytest
from playwright.sync_api import Page

from tests.architecture.test_words import banned_words
from tests.browser.desk import Enter, begin
from tests.browser.live import LiveSite

PAGES = ("/queue", "/interviews/new", "/privacy-notice")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_U55_axe_finds_nothing(live: LiveSite, enter: Enter, path: str, language: str) -> None:
    live.book()
    visitor = enter()
    page = visitor.open(path)
    if language == "en":
        switch(page)
    page.evaluate(
        "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
    )
    assert visitor.axe_faults() == []


def test_U55_axe_finds_nothing_after_a_search(live: LiveSite, enter: Enter) -> None:
    live.book(name="Aminah Ditemukan")
    visitor = enter()
    page = visitor.open("/queue")
    page.fill("#text", "ditemukan")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Kembali ke antrean")
    assert "Aminah Ditemukan" in page.inner_text("table")
    assert page.url.endswith("/queue/search")
    assert visitor.axe_faults() == []
    page.locator("[data-absent]").click()
    page.wait_for_selector("[role=status]:has-text('Dicatat tidak hadir.')")
    assert visitor.axe_faults() == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 640])
def test_U56_pages_fit_at_320_pixels_and_at_double_zoom(
    live: LiveSite, enter: Enter, path: str, width: int
) -> None:
    live.book(name="Nur Hasanah binti Abdul Karim Zainuddin al-Maduri")
    visitor = enter(width=width)
    visitor.open(path)
    assert visitor.overflow() <= 0
    assert visitor.hidden_stops() == []


def test_U57_no_page_uses_a_banned_word(live: LiveSite, enter: Enter) -> None:
    live.book()
    page = enter().page
    for path in PAGES:
        page.goto(path)
        assert banned_words(page.inner_text("body")) == []
    desk = begin(live, enter)
    everything = desk.page.evaluate("document.body.textContent")
    assert banned_words(everything) == []


def test_U58_foreign_and_unknown_drafts_look_the_same(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    other = enter("officer-k001").page
    seen = []
    for path in (desk.page.url, "/interviews/01a20000-0000-7000-8000-000000000000", "/nothing"):
        response = other.goto(path)
        assert response
        seen.append((response.status, other.inner_text("main")))
    assert seen[0][0] == 404
    assert len(set(seen)) == 1


def test_U59_nothing_inline_comes_with_the_answers(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.type("1yyyyttttttyttyt")
    desk.settled("officer_judgement")
    assert desk.visitor.inline() == []


def test_a_walk_in_is_opened_by_keyboard(live: LiveSite, enter: Enter) -> None:
    page = enter("officer2").page
    page.goto("/queue")
    page.locator("text=Pemohon tanpa janji").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/interviews/new")
    for text in ("9901010103920077", "Ach. Zaini", "010392"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("081234567890")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-ready]")
    assert page.inner_text("[data-name]") == "Ach. Zaini"
    assert page.inner_text(".strip").count("PMK-L-2026-000001") == 1


def switch(page: Page) -> None:
    page.locator(".language button").click()
    page.wait_for_selector("html[lang=en]")
