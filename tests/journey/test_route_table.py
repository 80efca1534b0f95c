"""Every address of the route table, asked as nobody, as a stranger, and from elsewhere."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

import profiling.database
from profiling.app import create_app
from profiling.database import Database
from profiling.records import AuditEvent, Case, Draft, Interview, WatchlistEntry
from profiling.security.access import GRANTS, Role
from profiling.views.frame.headers import HEADERS
from profiling.views.frame.route_table import describe
from tests.architecture.test_routes import OPEN
from tests.support.client import SiteClient
from tests.support.databases import ROLES, SqliteTemplate
from tests.support.world import fill_day

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
OTHERS = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
SESSION_EVENTS = ("session.start", "session.slowed")
MISSING = "01a20000-0000-7000-8000-00000000000a"
REASON = "Alasan yang cukup panjang untuk dicatat."
WRITTEN = {
    "version": "1",
    "reason": REASON,
    "why": REASON,
    "text": REASON,
    "outcome": "PERLU-BAKET",
    "disposition": "LANJUT",
    "revision": "0",
}
KEPT_BY_BROWSERS = {"/interviews/places/<parent>"}
"""Names of places: the same for everybody, and of nobody."""

_PARAMETER = re.compile(r"<(?:[^:<>]*:)?([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Site:
    """A service in the middle of its day, with its route table and its people."""

    app: Flask
    database: Database
    known: dict[str, str]
    people: dict[str, SiteClient]

    @property
    def rows(self) -> list[dict[str, object]]:
        return describe(self.app)

    def person(self, username: str) -> SiteClient:
        """Return a browser in which the account is signed in."""
        if username not in self.people:
            self.people[username] = self.visitor()
            self.people[username].sign_in(username)
        return self.people[username]

    def visitor(self) -> SiteClient:
        """Return a browser in which nobody is signed in."""
        client = self.app.test_client()
        assert isinstance(client, SiteClient)
        return client

    def path(self, row: dict[str, object], **changes: str) -> str:
        known = {**self.known, **changes}
        return _PARAMETER.sub(lambda part: known[part[1]], str(row["path"]))

    def events(self) -> int:
        """Count what was written, signing in left aside."""
        with self.database.reading() as session:
            query = select(func.count(AuditEvent.seq))
            return session.scalar(query.where(AuditEvent.action.not_in(SESSION_EVENTS))) or 0


@pytest.fixture(scope="module")
def site(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with sqlite_template.copy(tmp_path_factory.mktemp("routes")) as database:
        fill_day(database)
        created = create_app(database.settings)
        created.config["PROPAGATE_EXCEPTIONS"] = True
        created.test_client_class = SiteClient
        yield Site(created, database, known_ids(database), {})
        with created.app_context():
            profiling.database.current().close()


def known_ids(database: Database) -> dict[str, str]:
    """Return what stands in the addresses: records of PMK that are there."""
    with database.reading() as session:
        ids = {
            "interview_id": session.scalars(select(Interview.id)).first(),
            "case_id": session.scalars(select(Case.id)).first(),
            "entry_id": session.scalars(select(WatchlistEntry.id)).first(),
            "draft": session.scalars(select(Draft.id)).first(),
        }
    fixed = {"parent": "35.27", "period": "2026-10", "form": "csv", "build": "x", "name": "x.css"}
    return {**{name: str(value) for name, value in ids.items()}, **fixed}


def send(client: SiteClient, method: str, path: str, **changes: str) -> TestResponse:
    """Send what a form or script of ours would send, with the token of the page seen last."""
    if method == "GET":
        return client.get(path)
    if path.endswith("/draft"):
        body, headers = {"revision": 0, "fields": {}}, {"X-CSRFToken": client.token}
        return client.open(path, method=method, json=body, headers=headers)
    fields = {"csrf_token": client.token, "key": str(uuid.uuid4()), **WRITTEN, **changes}
    if path.endswith("/drop"):
        fields["reason"] = "applicant_left"
    return client.open(path, method=method, data=fields)


def allowed(row: dict[str, object]) -> list[str]:
    return [str(role) for role in Role if row["permission"] in GRANTS[role]]


def is_program(row: dict[str, object]) -> bool:
    return str(row["path"]).startswith("/api/")


def test_no_address_says_anything_to_who_is_not_signed_in(site: Site) -> None:
    """AUTH-01."""
    before, asked = site.events(), 0
    for row in site.rows:
        if row["permission"] is None:
            assert row["path"] in OPEN
            continue
        client = site.visitor()
        client.get_page("/login")
        method = str(row["method"])
        for each in {method, *OTHERS}:
            answer = send(client, each, site.path(row))
            text = answer.get_data(as_text=True)
            expected = (401,) if is_program(row) or each in UNSAFE else (302,)
            refused = expected if each == method else (401, 404, 405)
            assert answer.status_code in refused, (row, each, answer.status)
            assert "Siti" not in text
            assert answer.status_code != 302 or answer.headers["Location"].startswith("/login")
            asked += 1
    assert asked > 300
    assert site.events() == before


@pytest.mark.parametrize("role", ROLES)
def test_a_role_passes_only_where_its_permission_stands(site: Site, role: str) -> None:
    """ACM-08."""
    before = site.events()
    client, missing = site.person(role), site.person(role).get("/nowhere").get_data(as_text=True)
    for row in site.rows:
        if is_program(row) or row["permission"] is None or role in allowed(row):
            continue
        answer = send(client, str(row["method"]), site.path(row))
        if answer.is_json:
            assert (answer.status_code, answer.json) == (403, {"error": "not_allowed"}), row
        else:
            assert answer.status_code == 404, row
            assert words(answer) == words(missing), row
    assert site.events() == before


def test_a_foreign_record_is_a_missing_record_to_read_and_to_write(site: Site) -> None:
    """IDOR-01, IDOR-07, ENUM-04."""
    before, asked = site.events(), set()
    for row in site.rows:
        if is_program(row) or not re.search(r"_id>", str(row["path"])):
            continue
        for role in allowed(row):
            for office in ("k001", "k002"):
                client = site.person(f"{role}-{office}")
                missing = dict.fromkeys(("interview_id", "case_id", "entry_id"), MISSING)
                answers = [
                    send(client, str(row["method"]), site.path(row, **ids))
                    for ids in ({}, {"interview_id": site.known["draft"]}, missing)
                ]
                assert {answer.status_code for answer in answers} == {404}, (row, role)
                said = [one.json if one.is_json else words(one) for one in answers]
                assert said[0] == said[1] == said[2], (row, role)
            asked.add((row["method"], row["path"]))
    assert len(asked) > 20
    assert site.events() == before


def test_no_write_is_taken_without_the_token_of_its_session(site: Site) -> None:
    """CSRF-01."""
    other = site.person("dpo").get_page("/me").token
    before, asked = site.events(), 0
    for row in site.rows:
        if not row["csrf"]:
            continue
        client = site.person(allowed(row)[0]) if row["permission"] else site.visitor()
        own = client.get_page("/me" if row["permission"] else "/login").token
        path, method = site.path(row), str(row["method"])
        for token in (None, "", "x", other):
            fields = {} if token is None else {"csrf_token": token}
            assert client.open(path, method=method, data=fields).status_code == 400, (row, token)
        assert client.open(f"{path}?csrf_token={own}", method=method).status_code == 400, row
        asked += 1
    assert asked > 30
    assert site.events() == before


def test_no_write_is_taken_from_another_site_even_with_the_token(site: Site) -> None:
    """CSRF-03."""
    before = site.events()
    for row in site.rows:
        if not row["csrf"]:
            continue
        client = site.person(allowed(row)[0]) if row["permission"] else site.visitor()
        token = client.get_page("/me" if row["permission"] else "/login").token
        headers = {"Sec-Fetch-Site": "cross-site", "X-CSRFToken": token}
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json"):
            asked = {"method": row["method"], "data": "{}", "content_type": kind}
            answer = client.open(site.path(row), headers=headers, **asked)
            assert answer.status_code in (403, 404), (row, kind)
    assert site.events() == before


def test_nothing_is_written_by_asking(site: Site) -> None:
    """CSRF-02."""
    rows = [row for row in site.rows if not is_program(row)]
    reads = {row["path"] for row in rows if row["method"] == "GET"}
    before, asked = site.events(), 0
    for row in rows:
        if row["method"] == "GET" or row["path"] in reads:
            continue
        client = site.person(allowed(row)[0] if row["permission"] else "officer")
        fields = f"?_method=POST&csrf_token={client.token}"
        for method in ("GET", "HEAD"):
            headers = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST"}
            answer = client.open(f"{site.path(row)}{fields}", method=method, headers=headers)
            # An address one segment long may be read as the id of a record, which is not there.
            assert answer.status_code in (404, 405), (row, method)
        asked += 1
    assert asked > 20
    assert site.events() == before


def test_every_answer_of_every_address_has_its_headers_and_is_not_kept(site: Site) -> None:
    """HDR-01, HDR-03, CACHE-01."""
    served = 0
    for row in site.rows:
        client = site.visitor()
        if row["permission"] and not is_program(row):
            client = site.person(allowed(row)[0])
        for method in (str(row["method"]), "PROPFIND"):
            answer = send(client, method, site.path(row))
            for name, value in HEADERS.items():
                assert answer.headers[name] == value, row
            if row["personal_data"] or row["path"] not in KEPT_BY_BROWSERS:
                assert answer.headers["Cache-Control"] == "no-store", row
            served += answer.status_code == 200
    assert served > 15


def words(answer: TestResponse | str) -> list[str]:
    """Return title and content of an answer without its code; the frame names the own address."""
    text = answer if isinstance(answer, str) else answer.get_data(as_text=True)
    found = re.findall(r"<title>.*?</title>|<main.*?</main>", text, re.DOTALL)
    assert len(found) == 2
    return [re.sub(r"\b[0-9A-F]{4}\b", "", part) for part in found]
