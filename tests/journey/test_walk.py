"""Every role walks through all pages it can reach, in both languages."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask import Flask

import profiling.database
from profiling.app import create_app
from tests.architecture.test_words import banned_words
from tests.support.client import SiteClient
from tests.support.databases import ROLES, SqliteTemplate
from tests.support.pages import Page, read_page
from tests.support.world import fill_day

MOST_PAGES = 60


@pytest.fixture(scope="module")
def site(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with sqlite_template.copy(tmp_path_factory.mktemp("walk")) as database:
        fill_day(database)
        created = create_app(database.settings)
        created.config["PROPAGATE_EXCEPTIONS"] = True
        created.test_client_class = SiteClient
        yield created
        with created.app_context():
            profiling.database.current().close()


def enter(site: Flask, username: str, language: str = "id") -> SiteClient:
    client = site.test_client()
    assert isinstance(client, SiteClient)
    client.sign_in(username)
    client.post_page("/language", {"language": language, "next": "/me"})
    return client


def walk(client: SiteClient) -> Iterator[tuple[str, Page]]:
    """Follow every link from the first page on; give each page once."""
    waiting, seen = ["/", "/me"], set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0).split("#")[0]
        if not path or path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        if answer.mimetype != "text/html":
            continue
        page = read_page(200, answer.get_data(as_text=True))
        waiting += [link for link in page.links if link.startswith("/")]
        yield path, page


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_all_pages_of_a_role_are_sound(site: Flask, role: str, language: str) -> None:
    visited = {}
    for path, page in walk(enter(site, role, language)):
        visited[path] = page
        assert page.faults == [], path
        assert page.lang == language, path
        assert banned_words(page.text) == [], path
        levels = [level for level, _ in page.headings]
        jumps = [b for a, b in pairwise(levels) if b > a + 1]
        assert jumps == [], (path, page.headings)
    assert len(visited) >= 2


@pytest.mark.parametrize("role", ROLES)
def test_what_lies_outside_looks_like_what_is_missing(site: Flask, role: str) -> None:
    """ENUM-04."""
    own = [path for path, _ in walk(enter(site, role)) if path.count("/") >= 2]
    foreign = enter(site, f"{role}-k002")
    ids = [path for path in own if any(len(part) == 36 for part in path.split("/"))]
    for path in ids:
        bare = path.split("?")[0]
        missing = "/".join(
            "0190a5b2-0000-7000-8000-000000000000" if len(part) == 36 else part
            for part in bare.split("/")
        )
        theirs = foreign.get_page(bare, status=404)
        assert theirs.text == foreign.get_page(missing, status=404).text, path
    assert ids or role not in ("officer", "analyst")


def test_officers_meet_no_word_of_a_result_before_they_ask(site: Flask) -> None:
    """WF-03."""
    client = enter(site, "officer")
    for path in ("/queue", "/interviews/new?application=2026-000002"):
        page = client.get_page(path)
        for word in ("hijau", "kuning", "merah"):
            assert f"band--{word}" not in page.html
            found = re.search(rf".{{30}}\b{word}\b.{{30}}", page.text, re.IGNORECASE)
            assert found is None
