"""siaga serve, as a process of its own."""

import http.client
import json
import ssl
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from profiling.cli.night import NightWatch
from profiling.cli.serve import Listening, options_for, serve
from profiling.errors import BadSetting
from profiling.records import AuditEvent, DailyRun
from tests.support.api import token_of
from tests.support.serving import served
from tests.support.submissions import make_submission

SLOW = ("pandas", "sklearn", "shap", "altair", "joblib", "weasyprint")


def ask(port, path, *, tls=None):
    if tls:
        connection = http.client.HTTPSConnection("localhost", port, timeout=20, context=tls)
    else:
        connection = http.client.HTTPConnection("localhost", port, timeout=20)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def submit(port, token):
    with closing(http.client.HTTPConnection("localhost", port, timeout=20)) as connection:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = str(uuid.uuid4())
        body = json.dumps(make_submission())
        connection.request("POST", "/api/v1/interviews", body, headers)
        return connection.getresponse().status


@pytest.fixture
def certificate(tmp_path):
    """A certificate for localhost, made here."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key


def test_the_demonstration_answers_and_names_no_product(database):
    with served(database.settings) as service:
        status, headers, body = ask(service.port, "/healthz")
        assert (status, json.loads(body)) == (200, {"status": "ok"})
        assert headers["Server"] == "siaga"
        assert ask(service.port, "/readyz")[0] == 200
        assert service.stop() == 0


def test_production_answers_over_tls(sqlite_database, certificate):
    cert, key = certificate
    options = ("--cert", str(cert), "--key", str(key))
    environ = {"SIAGA_ENV": "production", "SIAGA_TRUSTED_HOSTS": "localhost"}
    with served(sqlite_database.settings, *options, **environ) as service:
        context = ssl.create_default_context(cafile=str(cert))
        status, headers, _ = ask(service.port, "/healthz", tls=context)
        assert status == 200
        assert "max-age" in headers["Strict-Transport-Security"]
        old = ssl.create_default_context(cafile=str(cert))
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        assert ask(service.port, "/healthz", tls=old)[0] == 200


def test_a_request_that_has_begun_is_finished(sqlite_database):
    token = token_of(sqlite_database, "officer")
    with served(sqlite_database.settings) as service, ThreadPoolExecutor(1) as pool:
        with sqlite_database.transaction() as session:
            session.execute(text("SELECT 1"))
            waiting = pool.submit(submit, service.port, token)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1.5)
            service.process.terminate()
        assert waiting.result(timeout=20) == 201
        assert service.process.wait(timeout=40) == 0


@pytest.mark.parametrize(
    ("options", "environ", "word"),
    [
        (["--host", "192.0.2.1"], {}, "this machine only"),
        (["--cert", "CERT"], {}, "belong together"),
        ([], {"SIAGA_ENV": "production"}, "SIAGA_TRUSTED_HOSTS"),
        ([], {"SIAGA_KEYS": "/nonexistent"}, "siaga keys init"),
        ([], {"SIAGA_DATABASE_URL": "mysql://x"}, "SIAGA_DATABASE_URL"),
    ],
)
def test_what_it_cannot_serve_safely_it_refuses(
    sqlite_database, certificate, monkeypatch, options, environ, word
):
    """HDR-05."""
    home = str(sqlite_database.settings.home)
    for name, value in {"SIAGA_HOME": home, "SIAGA_ENV": "demo", **environ}.items():
        monkeypatch.setenv(name, value)
    given = [str(certificate[0]) if each == "CERT" else each for each in options]
    result = CliRunner().invoke(serve, given)
    assert isinstance(result.exception, BadSetting)
    assert word in str(result.exception)


def test_sqlite_has_one_process_and_postgresql_several(database):
    workers = options_for(database.settings, Listening("127.0.0.1", 8080, None, None))["workers"]
    assert (workers == 1) is database.settings.is_sqlite
    assert workers >= 1


def test_serving_starts_without_slow_libraries(sqlite_database, monkeypatch):
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")
    code = (
        "import sys, profiling.cli.serve, profiling.app; profiling.app.create_app(); "
        f"print([name for name in {SLOW} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def count(database, column, *conditions):
    with database.reading() as session:
        return session.scalar(select(func.count(column)).where(*conditions))


def test_the_night_is_worked_once_whoever_comes_first(database):
    night = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    for watch in (NightWatch(database), NightWatch(database)):
        watch.look(night)
        watch.look(night)
    assert count(database, DailyRun.day) == 1
    assert count(database, AuditEvent.seq, AuditEvent.action == "daily.run") == 1


def test_before_ten_past_midnight_nothing_is_done(sqlite_database):
    NightWatch(sqlite_database).look(datetime(2026, 11, 23, 17, 5, tzinfo=UTC))
    assert count(sqlite_database, DailyRun.day) == 0
