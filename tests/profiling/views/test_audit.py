"""The auditors' page: stored and worked out again, side by side."""

import pytest
from sqlalchemy import select, text

from profiling.records import AuditEvent, Interview
from profiling.services import signin
from tests.support.cases import seal
from tests.support.submissions import make_submission, red_submission
from tests.support.tampering import change


@pytest.fixture
def interview(database):
    """A sealed red interview of PMK; gives its id."""
    with database.reading() as session:
        officer = signin.actor_named(session, "officer")
    seal(database, officer, make_submission())
    return seal(database, officer, red_submission())


def number_of(database, interview):
    with database.reading() as session:
        return session.get_one(Interview, interview).application_no


def replayed(client, wanted, **options):
    client.get_page("/audit")
    return client.post_page("/audit", {"number": wanted}, **options)


def test_a_result_as_stored_is_shown_twice(database, client, interview):
    client.sign_in("auditor")
    page = replayed(client, number_of(database, interview))
    words = " ".join(page.text.split())
    assert "Sesuai dengan yang tersimpan: tidak ada yang berbeda." in words
    assert "Hasil menurut aturan merah merah sama" in words
    assert "Bukti PMK 2/" in words
    assert "berbeda Hasil menurut aturan" not in words


def test_what_was_altered_stands_beside_what_it_was(database, client, interview):
    change(database, "assessments", interview, band="hijau")
    change(database, "interviews", interview, first_band="hijau")
    client.sign_in("auditor")
    words = " ".join(replayed(client, interview).text.split())
    assert "2 isian berbeda." in words
    assert "Hasil menurut aturan hijau merah berbeda" in words
    assert "interviews first_band hijau merah berbeda" in words


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_text_that_is_not_unicode_is_shown_by_its_signs(database, interview, client):
    change(database, "assessments", interview, band=text("CAST(x'fffe' AS TEXT)"))
    client.sign_in("auditor")
    assert "\\xff\\xfe" in replayed(client, interview).text


def test_rules_that_are_not_held_are_said_plainly(database, client, interview):
    change(database, "assessments", interview, rules_version="tppo-1999.1")
    client.sign_in("auditor")
    words = " ".join(replayed(client, interview).text.split())
    assert "Rilis ini tidak memuat aturan tppo-1999.1 dengan daftar periksa tppo-2026.1." in words


def test_other_rules_of_the_same_name_are_named(database, client, interview):
    change(database, "assessments", interview, rules_sha256="0" * 64)
    client.sign_in("auditor")
    words = " ".join(replayed(client, interview).text.split())
    assert "bukan yang tercatat: SHA-256-nya berbeda." in words
    assert f"SHA-256 aturan {'0' * 64}" in words


def test_the_reading_is_an_event(database, client, interview):
    client.sign_in("auditor")
    replayed(client, interview)
    with database.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.action, event.subject_id, event.role) == (
        "decision.replay",
        interview,
        "auditor",
    )


@pytest.mark.parametrize("wanted", ["", "2026-999999", "x" * 500, "%", "<b>"])
def test_what_is_not_there_is_said(client, wanted):
    client.sign_in("auditor")
    page = replayed(client, wanted, status=422)
    assert "Tidak ada wawancara dengan id atau nomor permohonan ini." in page.text


def test_another_office_is_as_if_missing(client, interview):
    client.sign_in("auditor-k001")
    replayed(client, interview, status=422)


@pytest.mark.parametrize("role", ["officer", "analyst", "supervisor", "steward", "admin", "dpo"])
def test_others_find_no_page(client, role):
    client.sign_in(role)
    client.get_page("/audit", status=404)
