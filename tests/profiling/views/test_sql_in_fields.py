"""SQL typed into every parameter and search field is a text like any other, on both engines."""

import re
import uuid
from time import perf_counter

import pytest
from sqlalchemy import func, select

from profiling.database import Database
from profiling.records import Case, Interview
from tests.support.client import SiteClient
from tests.support.world import fill_day

CODES = (
    "' OR '1'='1",
    "' OR 1=1 --",
    '" OR ""="',
    "1 OR 1=1",
    "x'; DELETE FROM cases; --",
    "' UNION SELECT username, password_hash FROM accounts --",
    "' AND 1=CAST((SELECT username FROM accounts LIMIT 1) AS integer) --",
    "'||(SELECT pg_sleep(3))||'",
    "' AND 1=randomblob(900000000) --",
    "%' OR name LIKE '%",
)
READS = (
    ("analyst", "/cases", ("state", "due", "purpose", "regency", "office", "origin", "cursor")),
    ("analyst", "/cases/{case}", ("timeline",)),
    ("analyst", "/reports/2026-10", ("office",)),
    ("steward", "/dataset", ("before",)),
    ("auditor", "/dataset", ("before",)),
    ("officer", "/interviews", ("page",)),
    ("officer", "/interviews/new", ("application",)),
    ("officer", "/login", ("next",)),
)
WRITES = (
    ("officer", "/queue/search", "text"),
    ("officer", "/interviews/find", "number"),
    ("officer", "/queue/absent", "application_no"),
    ("officer", "/me/settings", "locale"),
    ("officer", "/language", "language"),
)


def told(client: SiteClient, answer, typed: str) -> tuple[int, str]:
    """Return status and content, without what was typed and what differs at each answer."""
    html = answer.get_data(as_text=True)
    content = "".join(re.findall(r"<main.*?</main>", html, re.DOTALL))
    assert not re.search(r"sqlite|psycopg|syntax error|\$argon2", html, re.IGNORECASE)
    # Each reading of a case is told in its timeline.
    content = re.sub(r'<section[^>]*id="timeline".*?</section>', "", content, flags=re.DOTALL)
    content = re.sub(r'value="[^"]*"|\b[0-9A-F]{4}\b|href="[^"]*"', "", content)
    for form in (
        typed,
        re.sub("'", "&#39;", typed),
        re.sub('"', "&#34;", typed.replace("'", "&#39;")),
    ):
        content = content.replace(form, "")
    return answer.status_code, content


def test_sql_in_a_parameter_finds_what_any_text_finds(
    client: SiteClient, database: Database
) -> None:
    """INJ-01."""
    fill_day(database)
    with database.reading() as session:
        case = session.scalars(select(Case.id)).first()
        before = session.scalar(select(func.count(Case.id)))
    slowest, asked = 0.0, 0
    for username in ("analyst", "steward", "auditor", "officer"):
        client.sign_in(username)
        for who, path, names in READS:
            for name in names if who == username else ():
                address = path.format(case=case)
                plain = told(client, client.get(address, query_string={name: "qxzqxz"}), "qxzqxz")
                for code in CODES:
                    begun = perf_counter()
                    answer = client.get(address, query_string={name: code})
                    slowest, asked = max(slowest, perf_counter() - begun), asked + 1
                    assert told(client, answer, code) == plain, (path, name, code)
        for who, path, name in WRITES:
            for code in CODES if who == username else ():
                fields = {"csrf_token": client.token, "key": str(uuid.uuid4())}
                send = {"follow_redirects": True}
                plain = told(
                    client, client.post(path, data={**fields, name: "qxzqxz"}, **send), "qxzqxz"
                )
                begun = perf_counter()
                answer = client.post(path, data={**fields, name: code}, **send)
                slowest, asked = max(slowest, perf_counter() - begun), asked + 1
                assert told(client, answer, code) == plain, (path, name, code)
    assert asked > 150
    assert slowest < 2
    with database.reading() as session:
        assert session.scalar(select(func.count(Case.id))) == before
        assert session.scalar(select(func.count(Interview.id)))


@pytest.mark.parametrize("code", CODES)
def test_sql_instead_of_a_name_or_an_id_opens_nothing(client: SiteClient, code: str) -> None:
    """INJ-01."""
    for fields in ({"username": code, "password": code}, {"username": "officer", "password": code}):
        client.get_page("/login")
        assert client.post_page("/login", fields, status=401)
    client.sign_in("analyst")
    for path in ("/cases/", "/watchlist/", "/reports/"):
        assert client.get(f"{path}{code}").status_code == 404
