"""What holds for every request: tokens, keys, bodies, methods, and how the service says no."""

import json
import uuid

import pytest
from sqlalchemy import func, select

from profiling.records import Interview
from profiling.security.access import system_actor
from profiling.services import accounts
from tests.support.api import PREFIX
from tests.support.submissions import make_submission, red_submission


def count_interviews(database):
    with database.reading() as session:
        return session.scalar(select(func.count(Interview.id)))


def raw_post(api, body, **headers):
    """Send bytes as they are."""
    chosen = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), **headers}
    return api("officer").client.post(
        f"{PREFIX}/interviews", data=body, headers={**api("officer").headers, **chosen}
    )


def test_the_same_key_and_body_get_the_same_receipt_and_status(api, database):
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    body = red_submission()
    first = api("officer").post("/interviews", body, status=201, headers=headers)
    again = api("officer").post("/interviews", body, status=201, headers=headers)
    assert first == again
    assert count_interviews(database) == 1


@pytest.mark.parametrize("who", ["officer", "officer2", "officer-k001"])
def test_a_key_of_another_body_or_person_is_a_conflict_without_a_receipt(api, who):
    """IDOR-08."""
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    office = "K001" if who.endswith("k001") else "PMK"
    body = make_submission(office=office)
    first = make_submission() if who == "officer" else body
    first["office"] = "PMK"
    api("officer").post("/interviews", first, status=201, headers=headers)
    refusal = api(who).post("/interviews", body, status=409, headers=headers)
    assert refusal == {"error": "key_used"}


@pytest.mark.parametrize("key", [None, "", "1", "x" * 36, f"{{{uuid.UUID(int=7)}}}"])
def test_a_write_without_a_uuid_is_refused_by_name(api, database, key):
    headers = {"Idempotency-Key": key} if key is not None else {}
    answer = api("officer").send(
        "POST", "/interviews", json=make_submission(), headers=headers, status=422
    )
    assert list(answer.json["errors"]) == ["Idempotency-Key"]
    assert count_interviews(database) == 0


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer x", "Basic b2ZmaWNlcjp4", "Bearer  "]
)
def test_without_a_known_token_nothing_is_told(app, authorization):
    headers = {"Authorization": authorization} if authorization is not None else {}
    answer = app.test_client().get(f"{PREFIX}/openapi.json", headers=headers)
    assert (answer.status_code, answer.json) == (401, {"error": "sign_in_needed"})
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_cookie_opens_no_door_of_the_api(client):
    client.sign_in("officer")
    assert client.get(f"{PREFIX}/openapi.json").status_code == 401
    answer = client.post(f"{PREFIX}/interviews", json=make_submission())
    assert answer.status_code == 401


def test_a_disabled_account_is_out_at_once(api, database):
    """SESS-06."""
    api("officer").get("/openapi.json")
    with database.transaction() as session:
        accounts.disable_account(session, system_actor(), username="officer", reason="uji")
    api("officer").get("/openapi.json", status=401)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        b'{"office": "PMK", "office": "K001"}',
        b'{"stay_days": NaN}',
        b'{"stay_days": Infinity}',
        b'{"stay_days": ' + b"9" * 5000 + b"}",
        b"[" * 1000 + b"]" * 1000,
        b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"notes": ' + b'{"a": ' * 90 + b"1" + b"}" * 91,
    ],
)
def test_what_is_not_plain_json_is_not_read(api, body):
    answer = raw_post(api, body)
    assert (answer.status_code, answer.json) == (400, {"error": "bad_request"})


@pytest.mark.parametrize("body", [b"[]", b"1", b'"text"', b"null", b"true"])
def test_the_body_is_an_object(api, body):
    answer = raw_post(api, body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["body"])


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
)
def test_only_json_is_read(api, kind):
    """CSRF-03."""
    answer = raw_post(api, json.dumps(make_submission()).encode(), **{"Content-Type": kind})
    assert (answer.status_code, answer.json) == (415, {"error": "unsupported_media_type"})


def test_a_body_too_large_is_not_read(api):
    answer = raw_post(api, json.dumps({"notes": {"TP-05": "x" * 300_000}}).encode())
    assert (answer.status_code, answer.json) == (413, {"error": "too_large"})


def test_nothing_of_the_body_is_said_back(api):
    secret = "rahasia<script>"
    body = make_submission(channel=secret) | {secret: secret}
    answer = raw_post(api, json.dumps(body).encode())
    assert answer.status_code == 422
    assert "rahasia" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "/interviews", 405),
        ("PUT", f"/interviews/{uuid.UUID(int=7)}", 405),
        ("PATCH", f"/interviews/{uuid.UUID(int=7)}", 405),
        ("GET", "/interviews", 405),
        ("TRACE", "/interviews", 405),
        ("GET", "/interviews/12", 404),
        ("GET", "/interviews/%00", 404),
        ("GET", f"/interviews/{uuid.UUID(int=7)}/", 404),
        ("GET", f"/interviews/{uuid.UUID(int=7)}.json", 404),
        ("GET", "/nowhere", 404),
    ],
)
def test_what_is_not_there_is_said_as_json(api, method, path, status):
    """WF-01."""
    answer = api("officer").send(method, path, status=status)
    assert set(answer.json) == {"error"}


def test_a_method_cannot_be_smuggled(api, database):
    """CSRF-02."""
    headers = {"X-HTTP-Method-Override": "POST", "Idempotency-Key": str(uuid.uuid4())}
    api("officer").send(
        "GET", "/interviews?_method=POST", status=405, json=make_submission(), headers=headers
    )
    assert count_interviews(database) == 0


def test_head_and_options_tell_no_more_than_get(api):
    officer = api("officer")
    head = officer.client.head(f"{PREFIX}/openapi.json", headers=officer.headers)
    options = officer.client.options(f"{PREFIX}/interviews", headers=officer.headers)
    assert (head.status_code, head.get_data()) == (200, b"")
    assert options.status_code == 200
    assert set(options.headers["Allow"].replace(" ", "").split(",")) == {"POST", "OPTIONS"}
    assert "Access-Control-Allow-Origin" not in options.headers


def test_answers_are_never_stored(api):
    answer = api("officer").send("GET", "/openapi.json", status=200)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        "score", "points", "band", "flag", "status", "state", "reviewer_id", "officer_id", "account_id", "role",
        "is_admin", "created_at", "sealed_at", "version", "model_id", "audit_seq", "action", "actor", "source", "id",
    ],
)  # fmt: skip
def test_what_the_service_sets_itself_is_nobodys_to_send(api, database, name):
    """MASS-01, AUD-06."""
    for body in (make_submission(**{name: "1"}), make_submission(applicant={name: "1"})):
        errors = api("officer").post("/interviews", body, status=422)["errors"]
        assert [field.rpartition(".")[2] for field in errors] == [name]
    assert count_interviews(database) == 0
