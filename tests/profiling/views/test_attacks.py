"""What somebody with a browser and bad intentions tries first."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from profiling import clock, journal
from profiling.database import Database
from profiling.records import Account, WebSession
from profiling.security.access import Actor, system_actor
from profiling.services import audit, signin
from tests.support.client import SiteClient

MARK = "<x-mark onload=alert(7*7)>\"'{{7*7}}"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """The engine does not matter here."""
    return sqlite_database


@pytest.fixture(autouse=True)
def logs_as_served() -> Iterator[None]:
    journal.open_journal()
    yield
    journal.close_journal()


@pytest.mark.parametrize(
    "name",
    [
        "../app.py", "..%2f..%2fapp.py", "..%252fapp.py", "..\\app.py", "..%5capp.py", "%2fetc%2fpasswd",
        "//etc/passwd", "css/../../app.py", "css/siaga.css%00.py", "css/%2e%2e/%2e%2e/app.py", ".", "",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_its_folder(client: SiteClient, name: str) -> None:
    """PATH-01."""
    client.sign_in("analyst")
    for place in ("/static/x/", "/reports/2026-10/", "/reports/", "/cases/", "/watchlist/"):
        if name in ("", ".") and place in ("/reports/", "/cases/", "/watchlist/"):
            continue
        answer = client.get(f"{place}{name}")
        assert answer.status_code in (308, 404), place
        assert b"create_app" not in answer.data
        assert b"root:" not in answer.data


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD", "/.git/config", "/.env", "/siaga.db", "/siaga.db-wal", "/instance/siaga.db", "/model.joblib",
        "/model.skops", "/backup.siaga", "/siaga.log", "/profiling/migrations/env.py", "/keys/audit.key",
        "/pyproject.toml", "/console", "/static/x/siaga.db", "/static/x/../../../keys/web.key",
    ],
)  # fmt: skip
def test_nothing_of_the_machine_is_served(client: SiteClient, path: str) -> None:
    """PATH-02."""
    client.sign_in("admin")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/cases;/x", "//cases", "/cases/.", "/cases/", "/CASES", "/%63ases", "/cases%2f", "/./cases", "/queue/../cases"],
)  # fmt: skip
def test_another_way_to_write_an_address_opens_nothing_more(client: SiteClient, path: str) -> None:
    """PATH-03."""
    client.sign_in("officer")
    answer = client.get("/x", environ_overrides={"PATH_INFO": unquote(path)})
    assert answer.status_code in (308, 404)
    if answer.status_code == 308:
        answer = client.get(answer.headers["Location"])
    assert answer.status_code == 404
    assert "data-case" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("ending", ["/x.css", ";.js", "/.js", ".css", "%3b.js", "%0a.css"])
def test_no_page_can_be_named_like_a_file_that_is_kept(client: SiteClient, ending: str) -> None:
    """CACHE-02."""
    client.sign_in("analyst")
    for page in ("/me", "/cases", "/cases/01a20000-0000-7000-8000-00000000000a"):
        answer = client.get(f"{page}{ending}")
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [f"/{MARK}", f"/login?next={MARK}", f"/cases?state={MARK}", f"/cases?cursor={MARK}", f"/cases/{MARK}",
     f"/reports/{MARK}", f"/reports?office={MARK}"],
)  # fmt: skip
def test_what_stands_in_an_address_is_never_markup(client: SiteClient, address: str) -> None:
    """INJ-06."""
    client.sign_in("analyst")
    headers = {"User-Agent": MARK, "Accept-Language": MARK, "X-Forwarded-Host": MARK}
    page = client.get(address, headers=headers, follow_redirects=True).get_data(as_text=True)
    assert "<x-mark" not in page
    assert "&#34;'49" not in page


def test_a_request_is_one_line_of_the_log(
    client: SiteClient, capfd: pytest.CaptureFixture[str]
) -> None:
    """INJ-11."""
    forged = '%0d%0a{"event":"request","status":200}%1b[2J%e2%80%a8'
    client.get(f"/nowhere{forged}?a={forged}", headers={"User-Agent": '\x1b[2J","event":"x'})
    client.get("/login", headers={"Referer": forged})
    lines = capfd.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["request", "request"]
    assert "\x1b" not in "".join(lines)


def test_a_named_host_of_a_proxy_is_not_believed(client: SiteClient) -> None:
    """REDIR-02."""
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = client.get("/me", headers=headers)
    assert answer.headers["Location"] == "/login?next=/me"
    assert "evil.example" not in client.get("/login", headers=headers).get_data(as_text=True)


def session_cookie(client: SiteClient) -> str:
    cookie = client.get_cookie("siaga")
    assert cookie is not None
    return cookie.value


def test_a_session_cookie_cannot_be_altered_or_made(client: SiteClient) -> None:
    """SESS-04."""
    client.sign_in()
    value = session_cookie(client)
    other = "A" if value[0] != "A" else "B"
    for forged in (other + value[1:], value[:-1], value + "A", value.swapcase(), "", "e30.e30.e30"):
        client.set_cookie("siaga", forged)
        answer = client.get("/me")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=/me")
    client.set_cookie("siaga", value)
    assert client.get("/me").status_code == 200


def test_what_the_database_holds_of_a_session_opens_nothing(
    client: SiteClient, database: Database
) -> None:
    """SESS-12."""
    client.sign_in()
    with database.reading() as session:
        stored = session.scalars(select(WebSession.token_digest)).all()
    assert session_cookie(client) not in stored
    for digest in stored:
        client.set_cookie("siaga", digest)
        assert client.get("/me").status_code == 302


def test_a_session_ends_by_rest_and_with_the_shift(client: SiteClient, database: Database) -> None:
    """SESS-05."""
    start = clock.now()
    with time_machine.travel(start, tick=False) as travel:
        client.sign_in()
        travel.shift(signin.IDLE - timedelta(seconds=1))
        assert client.get("/me").status_code == 200
        travel.shift(signin.IDLE + timedelta(seconds=1))
        assert client.get("/me").status_code == 302
        client.sign_in()
        for _ in range(int(timedelta(hours=10) / timedelta(minutes=10)) - 1):
            travel.shift(timedelta(minutes=10))
            assert client.get("/me").status_code == 200
        travel.shift(timedelta(minutes=10, seconds=1))
        assert client.get("/me").status_code == 302
    assert timedelta(minutes=15) >= signin.IDLE
    assert timedelta(hours=10) >= signin.SHIFT


@pytest.mark.parametrize("is_moved", [True, False])
def test_another_role_or_office_holds_from_the_next_request_on(
    client: SiteClient, database: Database, is_moved: bool
) -> None:
    """SESS-06."""
    client.sign_in("analyst")
    assert client.get("/reports/2026-10?office=PMK").status_code == 200
    with database.transaction() as session:
        account = session.scalars(select(Account).where(Account.username == "analyst")).one()
        if is_moved:
            account.office = "K001"
        else:
            account.role = "dpo"
        subject = ("account", account.id)
        audit.record(session, system_actor(), action="account.moved", subject=subject)
    assert client.get("/reports/2026-10?office=PMK").status_code in (302, 404)
    assert client.get("/cases").status_code == (200 if is_moved else 404)


def test_fields_that_nobody_asked_for_change_nothing(
    client: SiteClient, database: Database
) -> None:
    """MASS-01, MASS-03."""
    client.sign_in("officer")
    with database.reading() as session:
        before = session.execute(text("SELECT * FROM accounts WHERE username = 'officer'")).one()
    more = {
        "role": "admin",
        "roles[]": "analyst",
        "is_admin": "1",
        "scope": "national",
        "epoch": "9",
    }
    more |= {"office": "K001", "person_no": "P999", "username": "raja", "created_at": "2020-01-01"}
    client.post_page("/me/settings", {"text_size": "large", "locale": "id", **more})
    with database.reading() as session:
        after = session.execute(text("SELECT * FROM accounts WHERE username = 'officer'")).one()
    changed = {name for name in before._fields if getattr(before, name) != getattr(after, name)}
    assert changed <= {"preferences"}
    assert client.get("/cases").status_code == 404


@pytest.mark.parametrize(
    "path", ["/login?next=%ff%fe", "/cases?state=%c3%28", "/cases/%ff", "/%ff"]
)
def test_bytes_that_are_no_text_are_no_fault(client: SiteClient, path: str) -> None:
    """ERR-01."""
    client.sign_in("analyst")
    assert client.get(path).status_code in (200, 302, 400, 404, 422)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("INSERT INTO interviews VALUES (3528)", {}, Exception("disk is full")),
        OSError(28, "No space left on device", "/var/lib/siaga/3528"),
        UnicodeDecodeError("utf-8", b"3528", 0, 1, "3528"),
    ],
)
def test_a_full_disk_or_lost_database_tells_nothing_of_itself(
    client: SiteClient, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error
) -> None:
    """ERR-01."""

    def fail(*_: object, **__: object) -> None:
        raise error

    client.sign_in("analyst")
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("profiling.views.cases.render_template", fail)
    answer = client.get("/cases")
    page = answer.get_data(as_text=True)
    assert answer.status_code in (500, 503)
    assert re.search(r"kode [0-9A-F]{4}|[0-9A-F]{4}", page)
    for word in ("3528", "INSERT", "disk", "siaga/", "Traceback", "Error", "sqlite"):
        assert word not in page.split("<main", 1)[1]
    assert "3528" not in capfd.readouterr().err


def test_a_fault_while_permission_is_asked_opens_nothing(
    client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ERR-05."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    client.sign_in("analyst")
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(Actor, "require", fail)
    assert client.get("/cases").status_code == 500


def test_a_fault_of_the_audit_undoes_the_write(
    client: SiteClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ERR-05."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    client.sign_in("officer")
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(audit, "record", fail)
    client.post_page("/me/settings", {"text_size": "large", "locale": "en"}, status=500)
    with database.reading() as session:
        kept = session.scalars(select(Account).where(Account.username == "officer")).one()
        assert (kept.locale, kept.preferences) == ("id", {})
