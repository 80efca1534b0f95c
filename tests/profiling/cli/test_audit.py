"""siaga audit verify: one sentence or one JSON object, and the exit status that belongs to it."""

import json

import pytest

from profiling.services import audit
from profiling.services.audit_verification import Kind
from tests.support.busy import keep_busy
from tests.support.direct_changes import tamper

NAMED = ["ok", "size", "head", "first_bad_seq", "kind", "table", "row"]


@pytest.fixture
def end(sqlite_database):
    with keep_busy(sqlite_database).reading() as session:
        return audit.end_of_trail(session)


def test_a_whole_database_is_said_to_be_whole(siaga, end):
    answer = siaga("audit", "verify")
    assert answer.exit_code == 0
    assert answer.stdout == (
        f"The audit trail is whole: {end[0]} events, and every row is as its last event left it. "
        f"Its last seal is {end[1]}.\n"
    )


def test_a_whole_database_as_json(siaga, end):
    answer = siaga("audit", "verify", "--json")
    assert answer.exit_code == 0
    finding = json.loads(answer.stdout)
    assert list(finding) == NAMED
    assert finding == dict.fromkeys(NAMED) | {"ok": True, "size": end[0], "head": end[1]}


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("DELETE FROM audit_events WHERE seq = 7", "gap", "Event 7 of the audit trail is missing."),
        (
            "UPDATE audit_events SET role = 'x' WHERE seq = 7",
            "bad_hash",
            "Event 7 of the audit trail was altered.",
        ),
        (
            "UPDATE audit_events SET mac = 'x' WHERE seq = 7",
            "bad_mac",
            "is not sealed with the key",
        ),
        (
            "UPDATE audit_events SET seq = 0 WHERE seq = 7",
            "order",
            "Event 1 of the audit trail is another",
        ),
        (
            "UPDATE offices SET region = 'x' WHERE code = 'PMK'",
            "state_mismatch",
            "Row PMK of offices is not as event 1 left it.",
        ),
        (
            "DELETE FROM offices WHERE code = 'PMK'",
            "missing_row",
            "Row PMK of offices is missing; event 1",
        ),
        (
            "INSERT INTO site_facts VALUES ('x', 'y')",
            "unaudited_row",
            "Row x of site_facts was added without an event.",
        ),
    ],
)
def test_the_first_bad_place_is_named_with_its_kind(
    siaga, end, sqlite_database, change, kind, words
):
    tamper(sqlite_database, change)
    sentence, document = siaga("audit", "verify"), siaga("audit", "verify", "--json")
    assert sentence.exit_code == document.exit_code == 1
    assert words in sentence.output
    finding = json.loads(document.stdout)
    assert list(finding) == NAMED
    assert (finding["ok"], finding["kind"]) == (False, kind)
    assert Kind(kind)


def test_findings_hold_no_personal_data(siaga, end, sqlite_database):
    tamper(sqlite_database, "UPDATE interview_versions SET village = 'x'")
    output = siaga("audit", "verify").output + siaga("audit", "verify", "--json").output
    assert "interview_versions" in output
    for word in ("Siti", "081234567890", "9901"):
        assert word not in output


@pytest.fixture
def signer(siaga, tmp_path):
    """Sign the end of the trail: signer() gives the folder of checkpoints."""
    folder, key = tmp_path / "outside", tmp_path / "signer" / "key"
    folder.mkdir()
    assert siaga("keys", "checkpoint", str(key)).exit_code == 0

    def sign():
        answer = siaga("audit", "checkpoint", str(folder), "--key", str(key))
        assert answer.exit_code == 0
        return str(folder), answer.stdout

    return sign


def test_a_checkpoint_is_signed_and_held_to(siaga, end, signer):
    folder, told = signer()
    assert told.startswith(f"Event {end[0]} signed at ")
    assert end[1] in told
    assert siaga("audit", "verify", "--checkpoints", folder).exit_code == 0


def test_TAMP_06_a_cut_is_said_in_words_and_in_json(siaga, end, signer, sqlite_database):
    folder, _told = signer()
    tamper(sqlite_database, f"DELETE FROM audit_events WHERE seq > {end[0] - 12}")
    sentence = siaga("audit", "verify", "--checkpoints", folder)
    document = siaga("audit", "verify", "--json", "--checkpoints", folder)
    assert sentence.exit_code == document.exit_code == 1
    assert f"Events from {end[0] - 11} on were cut off" in sentence.stdout
    finding = json.loads(document.stdout)
    assert finding["kind"] == "shorter_than_checkpoint"
    assert finding["first_bad_seq"] == finding["size"] + 1 == end[0] - 11


def test_a_folder_without_checkpoints_proves_nothing_and_is_refused(siaga, end, signer, tmp_path):
    (tmp_path / "empty").mkdir()
    answer = siaga("audit", "verify", "--checkpoints", str(tmp_path / "empty"))
    assert "holds no checkpoint" in str(answer.exception.errors)
