"""Decisions through the API."""

import uuid

import pytest
from sqlalchemy import func, select

from profiling.records import Decision
from tests.support.submissions import make_submission, red_submission

REASON = "Surat belum dibawa oleh pemohon."
MISSING = {"documents": {"SURAT-PPIU": "missing"}}
POINTS = {"answers", "dimensions", "fired", "officer_judgement", "decisions"}


@pytest.fixture
def postponed(api):
    """An interview that waits for a supervisor; gives its address and version."""
    receipt = api("officer").post("/interviews", make_submission(**MISSING), status=201)
    path = f"/interviews/{receipt['id']}"
    body = {"version": 1, "disposition": "TUNDA", "reason": REASON, "reason_code": "BERKAS"}
    return path, api("officer").post(f"{path}/decision", body)["version"]


def test_an_agreed_lanjut_needs_no_reason(api):
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    decided = api("officer").post(
        f"/interviews/{receipt['id']}/decision", {"version": 1, "disposition": "LANJUT"}
    )
    assert set(decided) == {"id", "version", "audit_seq", "audit_hash"}
    assert decided["version"] == 2
    read = api("officer").get(f"/interviews/{receipt['id']}")
    assert (read["state"], read["disposition"]) == ("decided", "LANJUT")


def test_a_repeated_decision_gets_the_same_receipt_and_is_kept_once(api, database):
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    path, body = f"/interviews/{receipt['id']}/decision", {"version": 1, "disposition": "LANJUT"}
    first = api("officer").post(path, body, headers=headers)
    assert api("officer").post(path, body, headers=headers) == first
    with database.reading() as session:
        assert session.scalar(select(func.count(Decision.id))) == 1


def test_a_key_of_another_operation_is_a_conflict(api):
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    receipt = api("officer").post("/interviews", make_submission(), status=201, headers=headers)
    path = f"/interviews/{receipt['id']}/decision"
    body = {"version": 1, "disposition": "LANJUT"}
    assert api("officer").post(path, body, status=409, headers=headers) == {"error": "key_used"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"disposition": "LOLOS"}, "disposition"),
        ({"disposition": None}, "disposition"),
        ({"version": 1.0}, "version"),
        ({"version": None}, "version"),
        ({"disposition": "BATAL", "reason": "pendek"}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"reason": "nul \x00 di tengah kalimat"}, "reason"),
        ({"reason": ["Surat belum dibawa."]}, "reason"),
        ({"reason_code": "SUKA"}, "reason_code"),
        ({"state": "decided"}, "state"),
    ],
)
def test_a_bad_decision_is_named_by_field(api, change, field):
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    body = {"version": 1, "disposition": "LANJUT", **change}
    errors = api("officer").post(f"/interviews/{receipt['id']}/decision", body, status=422)
    assert list(errors["errors"]) == [field]


def test_a_decision_on_an_older_state_is_a_conflict(api, postponed):
    path, _ = postponed
    body = {"version": 1, "disposition": "LANJUT", "reason": REASON}
    refusal = api("officer").post(f"{path}/decision", body, status=409)
    assert refusal == {"error": "stale_version"}


def test_after_rujuk_further_decisions_are_conflicts(api):
    receipt = api("officer").post("/interviews", red_submission(), status=201)
    path = f"/interviews/{receipt['id']}/decision"
    decided = api("officer").post(path, {"version": 1, "disposition": "RUJUK"})
    body = {"version": decided["version"], "disposition": "LANJUT", "reason": REASON}
    assert api("officer").post(path, body, status=409)["error"] == "disposition_not_open"


def test_a_refusal_is_no_officers_to_decide(api):
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    body = {"version": 1, "disposition": "TOLAK-ADM", "reason": REASON}
    api("officer").post(f"/interviews/{receipt['id']}/decision", body, status=409)


def test_the_supervisor_gets_the_officers_view_only_while_it_waits(api, postponed):
    path, version = postponed
    supervisor = api("supervisor")
    read = supervisor.get(path)
    assert (read["awaiting"], read["band"], read["papers"]) == ("tunda", "hijau", "tunda")
    assert not POINTS & set(read)
    confirmed = supervisor.post(f"{path}/decision/confirm", {"version": version})
    assert confirmed["version"] == version + 1
    supervisor.get(path, status=404)


def test_what_is_returned_is_sealed_again(api, postponed):
    path, version = postponed
    body = {"version": version, "reason": "Periksa kembali surat dari biro."}
    api("supervisor").post(f"{path}/decision/return", body)
    read = api("officer").get(path)
    assert (read["state"], read["disposition"], read["tunda_until"]) == ("sealed", None, None)


def test_a_return_needs_its_reason(api, postponed):
    path, version = postponed
    for reason in (None, "pendek"):
        body = {"version": version, "reason": reason}
        errors = api("supervisor").post(f"{path}/decision/return", body, status=422)
        assert list(errors["errors"]) == ["reason"]


@pytest.mark.parametrize("step", ["confirm", "return"])
def test_nothing_else_can_be_confirmed(api, step):
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    body = {"version": 1} | ({"reason": REASON} if step == "return" else {})
    path = f"/interviews/{receipt['id']}/decision/{step}"
    api("supervisor").post(path, body, status=404)
    api("officer").post(path, body, status=403)


def test_a_colleague_completes_the_papers_of_a_postponed_interview(api, postponed):
    path, version = postponed
    body = {
        "version": version,
        "kind": "perbaikan",
        "reason": "Surat sudah dibawa.",
        "documents": {"SURAT-PPIU": "verified"},
    }
    receipt = api("officer2").post(f"{path}/corrections", body, status=201)
    assert receipt["papers"] == "lengkap"
    decided = api("officer2").post(
        f"{path}/decision", {"version": receipt["version"], "disposition": "LANJUT"}
    )
    assert decided["version"] == receipt["version"] + 1
