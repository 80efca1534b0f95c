"""What surrounds every page: headers, guard, languages, static files, failures."""

import gzip
import json
import re
from collections.abc import Iterator

import brotli
import pytest
from flask import Flask, g

from profiling import database as databases
from profiling import journal
from profiling.app import create_app
from profiling.config import read_settings
from profiling.database import Database
from profiling.errors import (
    BadSetting,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    StaleVersion,
    TooMany,
    Unavailable,
)
from profiling.security.access import Permission
from profiling.security.routes import ScopeRule, public, requires
from profiling.views.frame.guard import check_routes
from profiling.views.frame.headers import HEADERS
from tests.support.client import SiteClient
from tests.support.pages import read_page

FAILURES = {
    "not-found": (NotFound(), 404),
    "not-allowed": (NotAllowed(), 404),
    "conflict": (Conflict("held", existing="7"), 409),
    "stale": (StaleVersion(), 409),
    "invalid": (Invalid({"name": ["This role is not known."]}), 422),
    "too-many": (TooMany(30), 429),
    "unavailable": (Unavailable(), 503),
    "fault": (ZeroDivisionError("3528011203950003"), 500),
}


@pytest.fixture(autouse=True)
def logs_as_served() -> Iterator[None]:
    journal.open_journal()
    yield
    journal.close_journal()


@pytest.fixture
def failing(app: Flask) -> SiteClient:
    """A service with a page for each failure, answering as it does when it serves."""

    @app.get("/fail/<name>")
    @public
    def fail(name: str) -> str:
        raise FAILURES[name][0]

    @app.post("/echo")
    @public
    def echo() -> str:
        return "written"

    @app.get("/cases-only")
    @requires(Permission.CASE_READ, scope=ScopeRule.OFFICE)
    def cases_only() -> str:
        return g.actor.name

    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    assert isinstance(client, SiteClient)
    return client


@pytest.mark.parametrize(
    "path", ["/login", "/me", "/nowhere", "/healthz", "/fail/fault", "/fail/invalid", "/"]
)
def test_every_answer_carries_the_header_table(failing: SiteClient, path: str) -> None:
    """HDR-01."""
    answer = failing.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-Id"])
    assert "Strict-Transport-Security" not in answer.headers


def test_the_policy_lets_nothing_in_from_outside() -> None:
    """HDR-01."""
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert not re.search(r"unsafe|\*|https?:", HEADERS["Content-Security-Policy"])


@pytest.mark.parametrize("name", FAILURES)
def test_each_refusal_is_a_page_and_a_json_answer(failing: SiteClient, name: str) -> None:
    """ERR-01."""
    error, status = FAILURES[name]
    page = failing.get_page(f"/fail/{name}", status=status)
    assert page.lang == "id"
    assert "3528" not in page.html
    twin = failing.get(f"/fail/{name}", headers={"Accept": "application/json"})
    assert twin.status_code == getattr(error, "status", 500)
    assert twin.is_json
    assert set(twin.json or {}) <= {"error", "errors", "id"}
    assert twin.headers["Cache-Control"] == "no-store"


def test_refusals_say_what_they_must(failing: SiteClient) -> None:
    sentence = "Halaman tidak ditemukan atau bukan untuk tugas Anda."
    missing = failing.get_page("/fail/not-found", status=404)
    hidden = failing.get_page("/fail/not-allowed", status=404)
    assert sentence in missing.text
    assert missing.text == hidden.text == failing.get_page("/nowhere", status=404).text
    assert "Peran ini tidak dikenal." in failing.get_page("/fail/invalid", status=422).text
    assert failing.get("/fail/too-many").headers["Retry-After"] == "30"
    conflict = failing.get("/fail/conflict", headers={"Accept": "application/json"})
    assert conflict.json == {"error": "held", "id": "7"}


def test_a_fault_has_a_code_to_quote_and_shows_nothing_else(
    failing: SiteClient, capfd: pytest.CaptureFixture[str]
) -> None:
    """ERR-01."""
    answer = failing.get("/fail/fault")
    page = read_page(answer.status_code, answer.get_data(as_text=True))
    code = answer.headers["X-Request-Id"][:4].upper()
    assert f"Sebutkan kode {code} bila melapor." in page.text
    assert "ZeroDivision" not in page.html
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if "{" in line]
    fault = next(line for line in lines if line["event"] == "fault")
    assert fault["kind"] == "ZeroDivisionError"
    assert fault["id"] == answer.headers["X-Request-Id"]
    assert "3528" not in json.dumps(lines)


def test_the_log_names_the_route_and_never_the_query(
    client: SiteClient, capfd: pytest.CaptureFixture[str]
) -> None:
    """INJ-11."""
    client.get("/login?next=/cases/3528011203950003")
    line = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert line["event"] == "request"
    assert line["route"] == "/login"
    assert line["status"] == 200
    assert "3528" not in json.dumps(line)


def test_a_route_without_a_rule_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/bare", "bare", lambda: "open")
    with pytest.raises(RuntimeError, match="/bare"):
        check_routes(app)


def test_a_role_without_the_permission_sees_the_same_404(failing: SiteClient) -> None:
    failing.sign_in("officer")
    failing.get_page("/cases-only", status=404)
    failing.sign_in("analyst")
    assert failing.get("/cases-only").get_data(as_text=True) == "Pegawai analyst"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 404),
        ({"Sec-Fetch-Site": "same-site"}, 404),
        ({"Origin": "null"}, 404),
        ({"Origin": "https://siaga.example.test"}, 404),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
    ],
)
def test_a_write_must_come_from_our_own_pages(
    failing: SiteClient, headers: dict[str, str], status: int
) -> None:
    """CSRF-05."""
    token = failing.get_page("/login").token
    answer = failing.post("/echo", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("token", [None, "", "x", "IjEi.aaaa.bbbb"])
def test_a_write_without_the_token_gives_everything_back(
    failing: SiteClient, token: str | None
) -> None:
    """CSRF-01."""
    failing.get_page("/login")
    fields = {"text": 'Kata "pemohon" & lain', "csrf_token": token}
    sent = {name: value for name, value in fields.items() if value is not None}
    answer = failing.post("/echo", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    page = read_page(answer.status_code, answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert page.faults == []
    assert "Isian Anda masih ada di halaman ini." in page.text
    assert 'name="text" value="Kata &#34;pemohon&#34; &amp; lain"' in page.html
    assert failing.post("/echo", data={**fields, "csrf_token": page.token}).status_code == 200


def test_passwords_and_foreign_forms_are_not_given_back(failing: SiteClient) -> None:
    failing.get_page("/login")
    own = {"Sec-Fetch-Site": "same-origin"}
    secret = failing.post("/echo", data={"password": "rahasia sekali"}, headers=own)
    foreign = failing.post("/echo", data={"text": "dari luar"})
    assert secret.status_code == foreign.status_code == 400
    assert "rahasia sekali" not in secret.get_data(as_text=True)
    assert "dari luar" not in foreign.get_data(as_text=True)


def test_a_write_after_the_session_ended_says_how_to_keep_it(failing: SiteClient) -> None:
    failing.get_page("/login")
    page = failing.post_page("/me/settings", {"text_size": "large"}, status=401)
    assert "Isian Anda belum terkirim dan tidak hilang." in page.text
    assert failing.post_json("/device-key", {}).json == {"error": "sign_in_needed"}


def test_the_switch_keeps_page_and_language(client: SiteClient) -> None:
    client.sign_in()
    page = client.post_page("/language", {"language": "en", "next": "/me?from=menu"})
    assert page.lang == "en"
    assert page.title == "My account - SIAGA"
    assert client.get_page("/me").lang == "en"
    page = client.post_page("/language", {"language": "xx", "next": "https://example.test/"})
    assert page.lang == "en"


@pytest.mark.parametrize("path", ["/login", "/queue", "/nowhere", "/static/x/css/siaga.css"])
def test_an_unknown_host_is_refused_in_words(
    client: SiteClient, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    """REDIR-02."""
    for host in ("siaga.example.test", "a b", "[::1", "localhost:x", "", "x/../y"):
        answer = client.get(path, headers={"Host": host})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert "<h1>Permintaan tidak terbaca</h1>" in text
        assert "siaga.example.test" not in text
        assert answer.headers["Content-Security-Policy"]
    logged = capsys.readouterr()
    assert '"event": "fault"' not in logged.out + logged.err


def test_an_unknown_host_is_refused_for_programs(client: SiteClient) -> None:
    answer = client.get("/api/v1/instrument", headers={"Host": "siaga.example.test"})
    assert (answer.status_code, answer.json) == (400, {"error": "bad_request"})


def test_too_large_a_form_is_refused(client: SiteClient) -> None:
    """FILE-02."""
    client.get_page("/login")
    page = client.post_page("/login", {"username": "x" * 9_000_000}, status=413)
    assert "terlalu besar" in page.text


def test_another_method_is_refused_with_the_allowed_ones(client: SiteClient) -> None:
    client.sign_in()
    answer = client.get("/me/settings")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_static_files_are_packed_and_kept(client: SiteClient) -> None:
    """CACHE-01."""
    address = re.search(r'href="([^"]+siaga\.css)"', client.get_page("/login").html)
    assert address
    bodies = {}
    for encoding in ("br", "gzip", "identity"):
        answer = client.get(address[1], headers={"Accept-Encoding": encoding})
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"].startswith("text/css")
        bodies[encoding] = answer.data
    assert brotli.decompress(bodies["br"]) == bodies["identity"]
    assert gzip.decompress(bodies["gzip"]) == bodies["identity"]
    stale = client.get("/static/000000000000/css/siaga.css")
    assert stale.headers["Cache-Control"] == "no-store"
    for path in (
        "/static/x/../app.py",
        "/static/x/..%2fapp.py",
        "/static/x/css",
        "/static/x/no.css",
    ):
        assert client.get(path).status_code == 404


def test_the_frame_weighs_little(client: SiteClient) -> None:
    page = client.get("/login", headers={"Accept-Encoding": "br"})
    assert page.headers["Content-Encoding"] == "br"
    weight = len(page.data)
    for source in read_page(200, brotli.decompress(page.data).decode()).sources:
        weight += len(client.get(source, headers={"Accept-Encoding": "br"}).data)
    assert weight < 60_000


def test_health_tells_nothing_but_health(client: SiteClient, database: Database) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    answer = client.get("/readyz", headers={"Accept": "application/json"})
    assert answer.status_code == 503


def test_browsers_may_report_what_they_refused(
    client: SiteClient, capfd: pytest.CaptureFixture[str]
) -> None:
    report = {"csp-report": {"effective-directive": "img-src", "document-uri": "/cases/12"}}
    assert client.post("/csp-report", data=json.dumps(report)).status_code == 204
    assert client.post("/csp-report", data=b"\xff{").status_code == 204
    assert client.post("/csp-report", data=b"[]").status_code == 204
    logged = capfd.readouterr().err
    assert '"directive":"img-src"' in logged
    assert "/cases/12" not in logged


def test_production_binds_its_cookies_to_https(sqlite_database: Database) -> None:
    """SESS-03, HDR-03."""
    home = sqlite_database.settings.home
    environment = {"SIAGA_HOME": str(home), "SIAGA_TRUSTED_HOSTS": "siaga.example.test"}
    app = create_app(read_settings(environment))
    app.test_client_class = SiteClient
    client = app.test_client()
    assert isinstance(client, SiteClient)
    base = "https://siaga.example.test"
    answer = client.get("/login", base_url=base)
    page = read_page(200, answer.get_data(as_text=True))
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "Peragaan" not in page.text
    fields = {"csrf_token": page.token, "username": "officer", "password": "sandi-uji-siaga-2026"}
    answer = client.post("/login", base_url=base, data=fields)
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-siaga", "__Host-siaga-form"}
    for cookie in cookies:
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie
        assert "Domain" not in cookie
        assert "Path=/" in cookie
    one_step = client.post("/login/demo", base_url=base, data=fields)
    assert one_step.status_code in (400, 401)
    with app.app_context():
        databases.current().close()


def test_production_does_not_start_unprepared(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ERR-02."""
    home = str(sqlite_database.settings.home)
    with pytest.raises(BadSetting, match="SIAGA_TRUSTED_HOSTS"):
        create_app(read_settings({"SIAGA_HOME": home}))
    monkeypatch.setenv("FLASK_DEBUG", "1")
    named = {"SIAGA_HOME": home, "SIAGA_TRUSTED_HOSTS": "siaga.example.test"}
    with pytest.raises(BadSetting, match="FLASK_DEBUG"):
        create_app(read_settings(named))
    with pytest.raises(BadSetting, match="siaga keys init"):
        create_app(read_settings({"SIAGA_HOME": f"{home}/elsewhere", "SIAGA_ENV": "demo"}))
