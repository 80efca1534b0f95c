"""Every role opens one page of each kind: reading aids, small screens, the policy, the Tab walk."""

import re
from collections.abc import Callable, Iterator

import pytest

from profiling.database import Database
from tests.architecture.test_words import banned_words
from tests.browser.visitor import Visitor
from tests.support.world import fill_day

MOST_KINDS = 25
LEAST = {
    "officer": 9,
    "analyst": 12,
    "supervisor": 9,
    "steward": 3,
    "admin": 2,
    "auditor": 4,
    "dpo": 2,
}
"""Every role, and how many kinds of page it reaches at least; some roles have only an account."""

SEEING = ("officer", "analyst", "supervisor", "steward", "auditor")

Visit = Callable[..., Visitor]


def kinds(visitor: Visitor) -> Iterator[str]:
    """Open one page of each kind that can be reached; the page stays open for the caller."""
    waiting, seen = ["/", "/me"], set()
    while waiting and len(seen) < MOST_KINDS:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9a-f-]{36}|\d[\d-]*|#.*|\?.*", "*", path)
        if kind in seen or re.search(r"^/static/|/(?:csv|json|xlsx|pdf)\b", path):
            continue
        seen.add(kind)
        page = visitor.open(path)
        yield path
        waiting += page.evaluate(
            "[...document.querySelectorAll('a[href^=\"/\"]')].map((a) => a.getAttribute('href'))"
        )


@pytest.mark.parametrize(("role", "least"), LEAST.items())
def test_U55_no_page_breaks_a_rule(
    sqlite_database: Database, visit: Visit, role: str, least: int
) -> None:
    fill_day(sqlite_database)
    visitor = visit(role)
    faults = {path: visitor.axe_faults() for path in kinds(visitor)}
    assert {path: found for path, found in faults.items() if found} == {}
    assert len(faults) >= least


@pytest.mark.parametrize("role", SEEING)
def test_U56_no_page_needs_sideways_scroll_or_clips_wide_text(
    sqlite_database: Database, visit: Visit, role: str
) -> None:
    fill_day(sqlite_database)
    visitor = visit(role, width=640)
    wide, clipped = {}, {}
    for path in kinds(visitor):
        for width in (640, 320):
            visitor.page.set_viewport_size({"width": width, "height": 720})
            wide[f"{path} at {width}"] = visitor.overflow()
        visitor.page.set_viewport_size({"width": 1280, "height": 720})
        clipped[path] = visitor.clipped_by_spacing()
    assert {path: by for path, by in wide.items() if by > 0} == {}
    assert {path: found for path, found in clipped.items() if found} == {}


@pytest.mark.parametrize("role", SEEING)
def test_U57_U59_no_page_has_a_banned_word_or_anything_inline_or_lacks_its_frame(
    sqlite_database: Database, visit: Visit, role: str
) -> None:
    """HDR-02."""
    fill_day(sqlite_database)
    visitor = visit(role)
    words, inline, frame = {}, {}, {}
    for path in kinds(visitor):
        words[path] = banned_words(visitor.page.evaluate("document.body.textContent"))
        inline[path] = visitor.inline()
        frame[path] = visitor.frame_faults()
    assert {path: found for path, found in words.items() if found} == {}
    assert {path: found for path, found in inline.items() if found} == {}
    assert {path: found for path, found in frame.items() if found} == {}
    # The browser's complaints about the policy, and any other host, fail the test at its end.
    assert visitor.complaints == []


@pytest.mark.parametrize("role", SEEING)
def test_U26_every_stop_of_every_page_can_be_seen(
    sqlite_database: Database, visit: Visit, role: str
) -> None:
    fill_day(sqlite_database)
    visitor = visit(role)
    covered = {path: visitor.hidden_stops() for path in kinds(visitor)}
    assert {path: stops for path, stops in covered.items() if stops} == {}
