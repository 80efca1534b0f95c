"""A valid interview broken field by field: named, never a fault, nothing kept, nothing echoed."""

import base64
import copy
import json
import uuid

import pytest
from sqlalchemy import func, select

from profiling.records import AuditEvent, Interview
from tests.support.submissions import red_submission

BAD = (
    None,
    True,
    -1,
    10**30,
    1e308,
    "",
    "x" * 100_000,
    "satu\x00dua",
    "\u202eterbalik",
    "\ud800",
    "٣٥٢٨٠١٤١٠٣٩٢٠٠٠١",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "2026-11-24T10:00:00+25:00",
    20261124,
    [],
    [[]],
    {"a": {}},
    {"\ud800": "ya"},
)
MINE = {
    "phone": "081234567890",
    "kk_number": "3528011403920001",
    "mother_name": "Ibu Contoh",
    "regency": "35.28",
    "district": "35.28.01",
    "village": "35.28.01.2001",
    "guardian": "Wali Contoh",
}
PARTY = {"role": "agen", "name": "Agen Contoh", "phone": "081298765432", "licence": "L-1"}
WHOLE = {
    "applicant": MINE,
    "third_parties": [{**PARTY, "address": "Jalan Contoh"}],
    "passport": {"service": "hilang", "issued": "2020-01-01", "event_date": "2026-01-01"},
    "companion": True,
    "interpreter": False,
    "notice_version": "1",
}


@pytest.fixture
def database(sqlite_database):
    """The engine does not matter here: what is refused never gets that far."""
    return sqlite_database


def paths(value, start=()):
    """Give the way to the value itself and to everything inside it."""
    yield start
    inner = value.items() if isinstance(value, dict) else ()
    for key, each in enumerate(value) if isinstance(value, list) else inner:
        # The answers are all of one kind: three of them stand for the rest.
        if start != ("answers",) or key in ("GT-1", "PK-06", "TP-05"):
            yield from paths(each, (*start, key))


def put(whole, path, value):
    """Return a copy with one value in place of another."""
    if not path:
        return value
    changed = copy.deepcopy(whole)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def kept(database):
    with database.reading() as session:
        events = select(func.count(AuditEvent.seq)).where(AuditEvent.action == "interview.seal")
        return session.scalar(select(func.count(Interview.id))), session.scalar(events)


def sent(api, body):
    headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
    program = api("officer")
    answer = program.client.post(
        "/api/v1/interviews", data=json.dumps(body), headers={**program.headers, **headers}
    )
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("part", [None, *red_submission(**WHOLE)])
def test_every_broken_field_is_taken_or_named(api, database, part):
    whole, sealed = red_submission(**WHOLE), 0
    for path in paths(whole):
        if (path[0] if path else None) != part:
            continue
        for value in BAD:
            status, text = sent(api, put(whole, path, value))
            assert status in (201, 422), (path, value, text)
            sealed += status == 201
            is_long = isinstance(value, str) and len(value) > 5
            assert status == 201 or not (is_long and value[:40] in text), (path, value)
    assert kept(database) == (sealed, sealed)


@pytest.mark.parametrize(
    "key",
    [
        [float("inf"), "2026-01-01", 1, 1, "x"],
        [10**30, "2026-01-01", 1, 1, "01a20cf9-f8eb-70fa-96e9-ab39567ddf91"],
        [1, "2026-01-01", 1, -(10**20), "01a20cf9-f8eb-70fa-96e9-ab39567ddf91"],
        [1, "2026-01-01", 1, 1, "\ud800"],
        [1, "2026-02-30", 1, 1, "01a20cf9-f8eb-70fa-96e9-ab39567ddf91"],
        [1, "2026-01-01", 1, "01a20cf9-f8eb-70fa-96e9-ab39567ddf91"],
        {"a": 1},
    ],
)
def test_a_cursor_of_ones_own_making_is_named(api, client, key):
    cursor = base64.urlsafe_b64encode(json.dumps(key).encode()).decode()
    client.sign_in("analyst")
    client.get_page(f"/cases?cursor={cursor}", status=422)
    refusal = api("analyst").get(f"/cases?cursor={cursor}", status=422)
    assert list(refusal["errors"]) == ["cursor"]
