"""Who may ask what: one table of role x operation -> status, for things that are not there."""

import uuid

import pytest

from profiling.api.document import OPERATIONS

ROLES = ("officer", "analyst", "supervisor", "steward", "admin", "auditor", "dpo")
REASON = "Alasan yang cukup panjang."
BODIES = {
    "sealInterview": {},
    "correctInterview": {"version": 1, "kind": "perbaikan", "reason": REASON},
    "decide": {"version": 1, "disposition": "LANJUT", "reason": REASON},
    "confirmDecision": {"version": 1},
    "returnDecision": {"version": 1, "reason": REASON},
    "takeCase": {},
    "addFinding": {"text": REASON},
    "closeCase": {"outcome": "PERLU-BAKET", "reason": REASON},
    "confirmCase": {},
    "reopenCase": {"reason": REASON},
}

#                      officer analyst supervisor steward admin auditor dpo
TABLE = {
    "describeApi": (200, 200, 200, 200, 200, 200, 200),
    "readInstrument": (200, 200, 200, 200, 200, 200, 200),
    "sealInterview": (422, 403, 403, 403, 403, 403, 403),
    "readInterview": (404, 404, 404, 403, 403, 403, 403),
    "correctInterview": (404, 403, 403, 403, 403, 403, 403),
    "decide": (404, 403, 404, 403, 403, 403, 403),
    "confirmDecision": (403, 403, 404, 403, 403, 403, 403),
    "returnDecision": (403, 403, 404, 403, 403, 403, 403),
    "listCases": (403, 200, 403, 403, 403, 403, 403),
    "readCase": (403, 404, 403, 403, 403, 403, 403),
    "takeCase": (403, 404, 403, 403, 403, 403, 403),
    "addFinding": (403, 404, 403, 403, 403, 403, 403),
    "closeCase": (403, 404, 403, 403, 403, 403, 403),
    "confirmCase": (403, 404, 403, 403, 403, 403, 403),
    "reopenCase": (403, 404, 403, 403, 403, 403, 403),
    "readReport": (403, 200, 200, 403, 403, 403, 403),
}


def path_of(operation):
    path = operation.documented_path.replace("{period}", "2026-10")
    for name in ("interview_id", "case_id"):
        path = path.replace("{%s}" % name, str(uuid.uuid4()))  # noqa: UP031 - braces stay readable
    return path


def test_the_table_names_every_operation():
    assert set(TABLE) == {operation.name for operation in OPERATIONS}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(api, role):
    """ACM-08."""
    found = {}
    for operation in OPERATIONS:
        headers = {"Idempotency-Key": str(uuid.uuid4())} if operation.writes else {}
        body = {"json": BODIES[operation.name]} if operation.writes else {}
        expected = TABLE[operation.name][ROLES.index(role)]
        api(role).send(
            operation.method, path_of(operation), status=expected, headers=headers, **body
        )
        found[operation.name] = expected
    assert len(found) == len(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_nobody_gets_anything_without_a_token(api, operation):
    """AUTH-01."""
    body = {"json": BODIES[operation.name]} if operation.writes else {}
    answer = api("officer").client.open(
        f"/api/v1{path_of(operation)}", method=operation.method, **body
    )
    assert (answer.status_code, answer.json) == (401, {"error": "sign_in_needed"})
