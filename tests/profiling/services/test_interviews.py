"""Sealing, correcting and voiding interviews on both engines."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from checklist.vocabulary import Band, VersionKind
from profiling import clock
from profiling.errors import Conflict, Invalid, NotFound, StaleVersion
from profiling.records import (
    SEALED_TABLES,
    Assessment,
    AuditEvent,
    Case,
    Interview,
    InterviewVersion,
)
from profiling.services import interviews
from profiling.services.corrections import Correction, correct
from profiling.services.interview_reading import read_interview
from profiling.services.receipts import Request
from tests.support.submissions import make_nik, make_submission, red_submission


def sealed(database, actor, payload, order=None):
    with database.transaction() as session:
        submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
        return interviews.seal(session, actor, submission, order=order)


def corrected(database, actor, interview_id, **fields):
    correction = Correction(**{"kind": VersionKind.PERBAIKAN, "changes": {}, **fields})
    with database.transaction() as session:
        return correct(session, actor, interview_id=interview_id, correction=correction, lang="id")


def test_a_clean_interview_is_sealed_with_its_assessment_and_audit_event(database, actor):
    receipt = sealed(database, actor("officer"), make_submission())
    assert (receipt["band"], receipt["receipt"], receipt["reasons"]) == ("hijau", 1, [])
    with database.reading() as session:
        event = session.get_one(AuditEvent, receipt["audit_seq"])
        touched = {table for table, _, _ in event.rows}
        assert touched == {"persons", "interviews", "interview_versions", "assessments"}
        assert event.mac == receipt["audit_hash"]
        assert session.scalar(select(func.count(Case.id))) == 0


def test_a_merah_interview_opens_a_case_and_shows_facts_without_points(database, actor):
    receipt = sealed(database, actor("officer"), red_submission())
    assert receipt["band"] == "merah"
    assert all(set(reason) == {"code", "text"} for reason in receipt["reasons"])
    with database.reading() as session:
        case = session.scalars(select(Case)).one()
    assert (case.state, case.origin, case.is_threat) == ("baru", "merah", True)


def test_personal_fields_are_ciphertext_in_the_database(database, actor):
    payload = make_submission(applicant={"phone": "0812-3456-7890", "mother_name": "Bu Rahasia"})
    receipt = sealed(database, actor("officer"), payload)
    with database.reading() as session:
        row = session.scalars(select(InterviewVersion)).one()
        stored = b"|".join(
            value if isinstance(value, bytes) else str(value).encode()
            for value in vars(row).values()
        )
        view = read_interview(session, actor("officer"), receipt["id"])
    for secret in ("Siti Contoh", "Bu Rahasia", "81234567890", payload["applicant"]["nik"]):
        assert secret.encode() not in stored
    assert view.current.applicant.phone == "+6281234567890"
    assert view.current.applicant.name == "Siti Contoh"


def test_the_same_request_gets_the_same_receipt_and_makes_one_interview(database, actor):
    order = interviews.Order(request=Request("k1", "interviews", "digest"))
    payload = make_submission()
    first = sealed(database, actor("officer"), payload, order)
    second = sealed(database, actor("officer"), payload, order)
    assert dict(first) == dict(second)
    with database.reading() as session:
        assert session.scalar(select(func.count(Interview.id))) == 1


@pytest.mark.parametrize(("who", "digest"), [("officer", "another"), ("officer2", "digest")])
def test_a_key_of_another_body_or_person_is_a_conflict(database, actor, who, digest):
    payload = make_submission()
    order = interviews.Order(request=Request("k1", "interviews", "digest"))
    sealed(database, actor("officer"), payload, order)
    other = interviews.Order(request=Request("k1", "interviews", digest))
    with pytest.raises(Conflict):
        sealed(database, actor(who), payload, other)


def test_an_application_has_one_interview_and_its_owner_learns_which(database, actor):
    payload = make_submission(application_no="2026-000001")
    receipt = sealed(database, actor("officer"), payload)
    with pytest.raises(Conflict) as own:
        sealed(database, actor("officer"), payload)
    with pytest.raises(Conflict) as others:
        sealed(database, actor("officer2"), payload)
    assert own.value.existing == receipt["id"]
    assert others.value.existing is None


def test_receipts_count_per_office(database, actor):
    numbers = [
        sealed(database, actor(who), make_submission(office=office))["receipt"]
        for who, office in (("officer", "PMK"), ("officer2", "PMK"), ("officer-k001", "K001"))
    ]
    assert numbers == [1, 2, 1]


def test_another_office_cannot_be_named(database, actor):
    with pytest.raises(Invalid) as refusal:
        sealed(database, actor("officer"), make_submission(office="K001"))
    assert set(refusal.value.errors) == {"office"}


def test_a_correction_adds_a_version_and_leaves_the_first_as_it_was(database, actor):
    """WF-01."""
    officer = actor("officer")
    receipt = sealed(database, officer, make_submission(documents={"SURAT-PPIU": "missing"}))
    assert receipt["papers"] == "tunda"
    second = corrected(
        database,
        officer,
        receipt["id"],
        version=1,
        reason="Surat dibawa kembali oleh pemohon.",
        changes={"documents": {"SURAT-PPIU": "verified"}},
    )
    assert (second["version"], second["papers"]) == (2, "lengkap")
    with database.reading() as session:
        view = read_interview(session, officer, receipt["id"])
    assert [v.documents["SURAT-PPIU"] for v in view.versions] == ["missing", "verified"]
    assert [v.assessment.papers for v in view.versions] == ["tunda", "lengkap"]
    assert view.versions[1].reason == "Surat dibawa kembali oleh pemohon."


def test_a_merah_correction_opens_a_case_but_the_first_band_stays(database, actor):
    receipt = sealed(database, actor("officer"), make_submission())
    red = red_submission()
    changes = {name: red[name] for name in ("answers", "notes", "officer_judgement")}
    changes["judgement_reason"] = "Pemohon menyatakan diancam."
    corrected(
        database,
        actor("officer"),
        receipt["id"],
        version=1,
        kind=VersionKind.PENDALAMAN,
        reason="Pemohon bercerita lebih lanjut.",
        changes=changes,
    )
    with database.reading() as session:
        head = session.get_one(Interview, receipt["id"])
        assert (head.first_band, head.band) == (Band.HIJAU, Band.MERAH)
        assert session.scalar(select(func.count(Case.id))) == 1


def test_a_correction_on_an_older_state_is_refused(database, actor):
    receipt = sealed(database, actor("officer"), make_submission())
    fields = {"reason": "Salah ketik tujuan.", "changes": {"stay_days": 10}}
    corrected(database, actor("officer"), receipt["id"], version=1, **fields)
    with pytest.raises(StaleVersion):
        corrected(database, actor("officer"), receipt["id"], version=1, **fields)


def test_voiding_frees_the_application_and_keeps_the_record(database, actor):
    payload = make_submission(application_no="2026-000001")
    officer = actor("officer")
    receipt = sealed(database, officer, payload)
    corrected(
        database,
        officer,
        receipt["id"],
        version=1,
        kind=VersionKind.BATAL,
        reason="Disegel pada pemohon lain.",
    )
    again = sealed(database, officer, payload)
    assert again["id"] != receipt["id"]
    with database.reading() as session:
        view = read_interview(session, officer, receipt["id"])
        assert session.scalar(select(func.count(Assessment.version_id))) == 2
    assert view.voided
    assert view.current.kind == "batal"
    with pytest.raises(Conflict):
        corrected(database, officer, receipt["id"], version=2, reason="Diubah lagi sesudahnya.")


@pytest.mark.parametrize("who", ["officer2", "officer-k001", "analyst", "supervisor"])
def test_who_has_no_task_in_an_interview_does_not_find_it(database, actor, who):
    receipt = sealed(database, actor("officer"), make_submission())
    with database.reading() as session, pytest.raises(NotFound):
        read_interview(session, actor(who), receipt["id"])


@pytest.mark.parametrize("table", SEALED_TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_sealed_rows_can_neither_be_changed_nor_deleted(database, actor, table, change):
    """WF-01, AUD-11, TAMP-22."""
    sealed(
        database, actor("officer"), red_submission(third_parties=[{"role": "agen", "name": "X"}])
    )
    column = {"audit_events": "seq", "assessments": "version_id"}.get(table, "id")
    with database.engine.connect() as connection:
        if table == "decisions":
            connection.execute(
                text(
                    "INSERT INTO decisions (id, interview_id, sequence, interview_version, kind,"
                    " account_id, person_no, role, decided_at) SELECT 'x', i.id, 1, 1, 'x',"
                    " i.account_id, 'p', 'r', i.sealed_at FROM interviews i"
                )
            )
        assert connection.scalar(text(f"SELECT count(*) FROM {table}")) > 0  # noqa: S608
        with pytest.raises(DatabaseError, match="sealed"):
            connection.execute(text(change.format(table, column, column)))


def test_a_contact_shared_with_three_other_households_is_counted(database, actor):
    phone = "0812 0000 1111"
    bands = []
    for _ in range(4):
        payload = make_submission(applicant={"phone": phone})
        bands.append(sealed(database, actor("officer"), payload))
    codes = [[reason["code"] for reason in receipt["reasons"]] for receipt in bands]
    assert codes == [[], [], [], ["PK-03"]]


def test_one_household_with_one_phone_is_not_counted(database, actor):
    shared = {"phone": "081200001111", "kk_number": "9901010101010001"}
    receipts = [
        sealed(database, actor("officer"), make_submission(applicant=shared)) for _ in range(4)
    ]
    assert receipts[-1]["reasons"] == []


def test_the_nik_of_another_birth_date_is_a_reason_not_a_refusal(database, actor):
    from datetime import date

    payload = make_submission(applicant={"nik": make_nik(date(1990, 1, 2), "P")})
    receipt = sealed(database, actor("officer"), payload)
    assert [reason["code"] for reason in receipt["reasons"]] == ["ID-01"]
