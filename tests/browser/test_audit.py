"""The auditors' page with a replayed result, which no link leads to."""

from collections.abc import Callable

import pytest

from profiling.database import Database
from profiling.services import signin
from tests.architecture.test_words import banned_words
from tests.browser.visitor import Visitor
from tests.support.sealed import seal_band
from tests.support.tampering import change

Visit = Callable[..., Visitor]


@pytest.fixture
def altered(sqlite_database: Database) -> str:
    """A yellow interview whose result was altered."""
    with sqlite_database.reading() as session:
        officer = signin.actor_named(session, "officer")
    interview = seal_band(sqlite_database, officer, "kuning")
    change(sqlite_database, "assessments", interview, band="hijau", tp=0)
    return interview


def replay(visitor: Visitor, wanted: str) -> None:
    page = visitor.open("/audit")
    page.fill("#number", wanted)
    page.keyboard.press("Enter")
    page.wait_for_selector("main section")


@pytest.mark.parametrize("language", ["id", "en"])
def test_U55_stored_and_replayed_break_no_rule(visit: Visit, altered: str, language: str) -> None:
    visitor = visit("auditor")
    if language == "en":
        visitor.page.click(".language button")
        visitor.page.wait_for_load_state()
    replay(visitor, altered)
    page = visitor.page
    assert page.get_attribute("html", "lang") == language
    assert page.locator("main table strong").count() == 2
    assert banned_words(page.evaluate("document.body.textContent")) == []
    faults = {"found": visitor.axe_faults()}
    replay(visitor, "2026-999999")
    assert page.get_attribute("#number", "aria-invalid") == "true"
    faults["refused"] = visitor.axe_faults()
    assert {name: found for name, found in faults.items() if found} == {}
    assert visitor.complaints == []


def test_U56_a_replayed_result_needs_no_sideways_scroll(visit: Visit, altered: str) -> None:
    visitor = visit("auditor", width=640)
    replay(visitor, altered)
    for width in (640, 320):
        visitor.page.set_viewport_size({"width": width, "height": 720})
        assert visitor.overflow() <= 0
    visitor.page.set_viewport_size({"width": 1280, "height": 720})
    assert visitor.clipped_by_spacing() == []
    assert visitor.inline() == []
    assert visitor.frame_faults() == []
    assert visitor.hidden_stops() == []
