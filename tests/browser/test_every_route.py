"""Every address that answers with a page, by the service's own list of routes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import APIRequestContext
from sqlalchemy import select

from profiling.app import create_app
from profiling.database import Database
from profiling.records import Case, Draft, Interview, WatchlistEntry
from profiling.security.access import GRANTS, Role
from profiling.services import signin
from profiling.views.frame.route_table import describe
from tests.browser.visitor import Visitor
from tests.support.cases import seal
from tests.support.sealed import yellow_submission
from tests.support.world import fill_day

Visit = Callable[..., Visitor]
_PARAMETER = re.compile(r"<(?:[^:<>]*:)?([a-z_]+)>")
_OPEN_FOR = "officer"
_OPEN_ALL = "for (const one of document.querySelectorAll('main details')) one.open = true"


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the service, and a role that may read it."""

    rule: str
    path: str
    role: str


@pytest.fixture
def addresses(sqlite_database: Database) -> list[Address]:
    """One address for each GET route outside the API, and the interview page itself."""
    fill_day(sqlite_database)
    with sqlite_database.reading() as session:
        officer = signin.actor_named(session, "officer")
    known = {
        "interview_id": seal(sqlite_database, officer, yellow_submission()),
        "parent": "35.27",
        "period": "2026-10",
        "form": "csv",
        "build": "x",
        "name": "css/siaga.css",
    }
    with sqlite_database.reading() as session:
        held = select(Case.id).where(Case.holder_id.is_not(None), Case.state != "ditutup")
        known["case_id"] = str(session.scalars(held).first())
        known["entry_id"] = str(session.scalars(select(WatchlistEntry.id)).first())
        draft = str(session.scalars(select(Draft.id)).first())
    found = [
        Address(rule, _PARAMETER.sub(lambda part: known[part[1]], rule), role)
        for rule, role in routes(create_app(sqlite_database.settings))
    ]
    return [*found, Address("the draft", f"/interviews/{draft}", "officer")]


def routes(app: Flask) -> list[tuple[str, str]]:
    """Return every GET route outside the API with a role that may read it."""
    rows = [row for row in describe(app) if row["method"] == "GET"]
    return [
        (str(row["path"]), _reader(row["permission"]))
        for row in rows
        if not str(row["path"]).startswith("/api/")
    ]


def _reader(permission: object) -> str:
    if permission is None:
        return _OPEN_FOR
    return next(str(role) for role in Role if permission in GRANTS[role])


def is_page(request: APIRequestContext, path: str) -> bool:
    """Whether an address answers with a page, not a file, a list or a redirect."""
    answer = request.get(path, max_redirects=0)
    assert answer.status in (200, 302), path
    return answer.status == 200 and answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("language", ["id", "en"])
def test_U55_no_route_breaks_a_rule(addresses: list[Address], visit: Visit, language: str) -> None:
    visitors = {role: visit(role) for role in sorted({each.role for each in addresses})}
    for visitor in visitors.values():
        if language == "en":
            visitor.page.click(".language button")
            visitor.page.wait_for_load_state()
    faults, seen = {}, set()
    for each in addresses:
        visitor = visitors[each.role]
        if is_page(visitor.context.request, each.path):
            page = visitor.open(each.path)
            page.evaluate(_OPEN_ALL)
            assert page.get_attribute("html", "lang") == language
            faults[each.path] = visitor.axe_faults()
            seen.add(each.rule)
    assert {path: found for path, found in faults.items() if found} == {}
    assert {"the draft", "/interviews/<interview_id>", "/interviews/<interview_id>/notice"} <= seen
    assert {"/cases/<case_id>", "/watchlist/<entry_id>/end", "/reports/<period>"} <= seen


def test_U58_foreign_and_unknown_records_look_the_same(
    sqlite_database: Database, addresses: list[Address], visit: Visit
) -> None:
    known = [each for each in addresses if re.search(r"_id>", each.rule)]
    visitors = {role: visit(f"{role}-k001") for role in {each.role for each in known}}
    answers = {}
    for each in known:
        for path in (
            each.path,
            re.sub(r"[0-9a-f-]{36}", "01a20000-0000-7000-8000-00000000000a", each.path),
        ):
            visitor = visitors[each.role]
            response = visitor.page.goto(f"{visitor.site}{path}")
            assert response
            answers[path] = (response.status, each.role, visitor.page.inner_text("main"))
    assert len(answers) > len(known) > 6
    assert {status for status, *_ in answers.values()} == {404}
    assert len(set(answers.values())) == len(visitors)
    with sqlite_database.reading() as session:
        assert session.scalars(select(Interview.id)).first()
