"""Cases through the API."""

import uuid

import pytest
from sqlalchemy import update

from profiling.records import Case
from tests.support.submissions import red_submission

ITEM = {
    "id",
    "version",
    "interview_id",
    "state",
    "origin",
    "due",
    "overdue",
    "holder",
    "outcome",
}
FINDING = {"text": "Nomor telepon agen tidak aktif."}
REASON = "Keterangan pemohon sudah diperiksa."


def make_blind(database, blind):
    with database.engine.begin() as connection:
        connection.execute(update(Case).values(is_blind=blind))


@pytest.fixture
def case(api, database):
    """A merah case that is not read blind."""
    api("officer").post("/interviews", red_submission(), status=201)
    make_blind(database, False)
    return api("analyst").get("/cases")["items"][0]


def test_an_item_has_the_fields_of_the_contract(case):
    assert set(case) == ITEM
    assert (case["state"], case["origin"], case["holder"]) == ("baru", "merah", None)
    assert case["overdue"] is False


def test_one_case_reads_as_in_the_list(api, case):
    assert api("analyst").get(f"/cases/{case['id']}") == case


def test_a_case_read_blind_shows_no_origin(api, database, case):
    make_blind(database, True)
    assert api("analyst").get("/cases")["items"][0]["origin"] is None
    assert api("analyst").get(f"/cases/{case['id']}")["origin"] is None


def test_the_review_from_take_to_confirm_and_back(api, case):
    analyst, second, path = api("analyst"), api("analyst2"), f"/cases/{case['id']}"
    taken = analyst.post(f"{path}/take", {"version": case["version"]})
    assert set(taken) == {"id", "version", "audit_seq", "audit_hash", "state"}
    states = [taken["state"]]
    states.append(analyst.post(f"{path}/findings", FINDING)["state"])
    waiting = {**FINDING, "waiting_for": "BP3MI"}
    states.append(analyst.post(f"{path}/findings", waiting)["state"])
    states.append(analyst.post(f"{path}/findings", FINDING)["state"])
    closing = {"outcome": "TIDAK-TERBUKTI", "reason": REASON}
    states.append(analyst.post(f"{path}/close", closing)["state"])
    analyst.post(f"{path}/confirm", status=403)
    states.append(second.post(f"{path}/confirm")["state"])
    read = second.get(path)
    assert (read["state"], read["outcome"]) == ("ditutup", "TIDAK-TERBUKTI")
    states.append(second.post(f"{path}/reopen", {"reason": REASON})["state"])
    assert states == [
        "diambil",
        "didalami",
        "menunggu",
        "didalami",
        "selesai",
        "ditutup",
        "didalami",
    ]


def test_the_supervisor_decides_on_the_outcome_without_points_or_findings(api, case):
    analyst, path = api("analyst"), f"/cases/{case['id']}"
    interview = f"/interviews/{case['interview_id']}"
    api("supervisor").get(interview, status=404)
    analyst.post(f"{path}/take")
    analyst.post(f"{path}/close", {"outcome": "INDIKASI-NP", "reason": REASON})
    read = api("supervisor").get(interview)
    assert (read["awaiting"], read["outcome"], read["band"]) == ("putusan", "INDIKASI-NP", "merah")
    assert not {"answers", "dimensions", "fired", "decisions"} & set(read)
    body = {"version": read["version"], "disposition": "TOLAK-NP", "reason": REASON}
    api("officer").post(f"{interview}/decision", body, status=409)
    api("supervisor").post(f"{interview}/decision", body)
    assert api("officer").get(interview)["disposition"] == "TOLAK-NP"


def test_a_held_case_cannot_be_taken_and_is_its_holders(api, case):
    path = f"/cases/{case['id']}"
    api("analyst").post(f"{path}/take")
    assert api("analyst2").post(f"{path}/take", status=409)["error"] == "case_held"
    api("analyst2").post(f"{path}/findings", FINDING, status=403)
    closing = {"outcome": "PERLU-BAKET", "reason": REASON}
    api("analyst2").post(f"{path}/close", closing, status=403)


def test_a_repeated_take_gets_its_receipt_again(api, case):
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    path = f"/cases/{case['id']}/take"
    first = api("analyst").post(path, {}, headers=headers)
    assert api("analyst").post(path, {}, headers=headers) == first
    assert api("analyst2").post(path, {}, status=409, headers=headers) == {"error": "key_used"}


def test_a_write_on_an_older_state_is_a_conflict(api, case):
    path = f"/cases/{case['id']}"
    api("analyst").post(f"{path}/take")
    body = {**FINDING, "version": case["version"]}
    assert api("analyst").post(f"{path}/findings", body, status=409) == {"error": "stale_version"}


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("findings", {"text": "."}, "text"),
        ("findings", {}, "text"),
        ("findings", {**FINDING, "waiting_for": "x" * 121}, "waiting_for"),
        ("findings", {**FINDING, "version": "1"}, "version"),
        ("findings", {"text": "Lihat \x00 di sini saja."}, "text"),
        ("close", {"outcome": "AMAN", "reason": REASON}, "outcome"),
        ("close", {"outcome": "PERLU-BAKET", "reason": "."}, "reason"),
        ("close", {"outcome": "PERLU-BAKET"}, "reason"),
        ("reopen", {"reason": "."}, "reason"),
        ("take", {"holder": "analyst2"}, "holder"),
    ],
)
def test_bad_input_is_named_by_field(api, case, step, body, field):
    path = f"/cases/{case['id']}"
    if step in ("findings", "close"):
        api("analyst").post(f"{path}/take")
    errors = api("analyst").post(f"{path}/{step}", body, status=422)["errors"]
    assert list(errors) == [field]


@pytest.mark.parametrize(
    ("query", "field"),
    [("state=lolos", "state"), ("cursor=x", "cursor"), ("office=%00", "office")],
)
def test_a_bad_filter_is_named(api, query, field):
    assert list(api("analyst").get(f"/cases?{query}", status=422)["errors"]) == [field]


def test_filters_narrow_and_stay_in_scope(api, case):
    assert [one["id"] for one in api("analyst").get("/cases?state=baru")["items"]] == [case["id"]]
    assert api("analyst").get("/cases?state=ditutup")["items"] == []
    assert api("analyst").get("/cases?office=K001")["items"] == []
    assert api("analyst-k001").get("/cases?office=PMK")["items"] == []


def test_the_list_comes_in_pages(api, monkeypatch, database):
    from profiling.services import case_list

    monkeypatch.setattr(case_list, "PAGE_SIZE", 2)
    for _ in range(5):
        api("officer").post("/interviews", red_submission(), status=201)
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = api("analyst").get(f"/cases?cursor={cursor}" if cursor else "/cases")
        found += [one["id"] for one in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
    assert (len(found), len(set(found)), pages) == (5, 5, 3)


@pytest.mark.parametrize("step", ["", "/take", "/findings", "/close", "/confirm", "/reopen"])
def test_a_case_of_another_office_is_missing(api, case, step):
    """IDOR-01."""
    other = api("analyst-k001")
    for case_id in (case["id"], str(uuid.uuid4())):
        path = f"/cases/{case_id}{step}"
        body = {"text": REASON} if step == "/findings" else {}
        body |= {"reason": REASON} if step in ("/close", "/reopen") else {}
        body |= {"outcome": "PERLU-BAKET"} if step == "/close" else {}
        answer = other.post(path, body, status=404) if step else other.get(path, status=404)
        assert answer == {"error": "not_found"}
