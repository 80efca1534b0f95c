"""Interviews through the API: sealing, reading, correcting."""

import uuid

import pytest
from sqlalchemy import func, select, update

from profiling.records import AuditEvent, Case, Interview
from profiling.services import watchlist
from tests.support.submissions import make_submission, red_submission

RESULT = {"receipt", "band", "band_max", "papers", "reasons", "next_question", "ruleset", "model"}
RECEIPT = {"id", "version", "audit_seq", "audit_hash"}
POINTS = {"answers", "dimensions", "fired", "officer_judgement", "judgement_reason", "decisions"}


def spoiled(change):
    body = make_submission()
    for name, value in change.items():
        old = body.get(name)
        body[name] = {**old, **value} if isinstance(old, dict) else value
    return body


def make_blind(database, blind):
    with database.engine.begin() as connection:
        connection.execute(update(Case).values(is_blind=blind, first_finding_at=None))


def test_sealing_answers_a_flat_receipt_with_the_officers_view(api):
    """ACM-09."""
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    assert set(receipt) == RECEIPT | RESULT
    assert (receipt["version"], receipt["receipt"], receipt["band"]) == (1, 1, "hijau")
    assert receipt["model"] is None


def test_reasons_are_sentences_in_the_callers_language(api):
    officer = api("officer")
    indonesian = officer.post("/interviews", red_submission(), status=201)
    english = officer.post(
        "/interviews", red_submission(), status=201, headers={"Accept-Language": "en"}
    )
    assert [one["code"] for one in indonesian["reasons"]] == [
        one["code"] for one in english["reasons"]
    ]
    assert indonesian["reasons"][0]["text"] != english["reasons"][0]["text"]


def test_a_watch_list_hit_has_no_code_and_says_nothing_of_the_list(api, database, actor):
    phone = "081277778888"
    with database.transaction() as session:
        entry = watchlist.NewEntry("phone", phone, "Contoh", "Perekrut dalam penyelidikan.")
        watchlist.add(session, actor("analyst"), entry)
    body = make_submission(third_parties=[{"role": "perekrut", "name": "Lain", "phone": phone}])
    receipt = api("officer").post("/interviews", body, status=201)
    hit = {"code": None, "text": "Inteldakim perlu memeriksa satu hal."}
    assert (receipt["band"], receipt["reasons"]) == ("merah", [hit])
    assert "RW-05" not in str(api("officer").get(f"/interviews/{receipt['id']}"))


def test_the_officer_reads_what_the_seal_answered(api):
    officer = api("officer")
    receipt = officer.post("/interviews", red_submission(), status=201)
    read = officer.get(f"/interviews/{receipt['id']}")
    assert {name: read[name] for name in receipt} == receipt
    assert not POINTS & set(read)


def test_reading_is_noted_and_does_not_hide_the_last_write(api, database):
    officer = api("officer")
    receipt = officer.post("/interviews", make_submission(), status=201)
    for _ in range(2):
        read = officer.get(f"/interviews/{receipt['id']}")
    assert read["audit_seq"] == receipt["audit_seq"]
    with database.reading() as session:
        readings = session.scalar(
            select(func.count()).where(
                AuditEvent.action == "interview.read", AuditEvent.subject_id == receipt["id"]
            )
        )
    assert readings == 2


def test_the_analyst_gets_answers_points_and_both_judgements(api, database):
    receipt = api("officer").post("/interviews", red_submission(), status=201)
    make_blind(database, False)
    read = api("analyst").get(f"/interviews/{receipt['id']}")
    assert set(read) >= POINTS
    assert read["answers"]["PK-06"] == "ya"
    assert set(read["dimensions"]) == {"TP", "DR", "CR", "AV", "ID", "RW"}
    assert {one["code"] for one in read["reasons"]} == set(read["fired"])
    assert all(one["points"] >= 0 for one in read["reasons"])
    assert read["officer_judgement"] == "rujuk"


def test_a_case_read_blind_shows_answers_without_any_result(api, database):
    receipt = api("officer").post("/interviews", red_submission(), status=201)
    make_blind(database, True)
    read = api("analyst").get(f"/interviews/{receipt['id']}")
    assert read["answers"]["PK-06"] == "ya"
    hidden = (RESULT | POINTS) - {"receipt", "papers", "answers"}
    assert not hidden & set(read)
    assert api("officer").get(f"/interviews/{receipt['id']}")["band"] == "merah"


@pytest.mark.parametrize("who", ["officer2", "officer-k001", "analyst", "supervisor"])
def test_outside_scope_is_the_same_as_missing(api, who):
    receipt = api("officer").post("/interviews", make_submission(), status=201)
    outside = api(who).get(f"/interviews/{receipt['id']}", status=404)
    missing = api(who).get(f"/interviews/{uuid.uuid4()}", status=404)
    assert outside == missing


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"applicant": {"nik": "１" * 16}}, "applicant.nik"),
        ({"applicant": {"nik": "99010100000000"}}, "applicant.nik"),
        ({"applicant": {"birth_date": "31-12-1990"}}, "applicant.birth_date"),
        ({"stay_days": 12.0}, "stay_days"),
        ({"stay_days": True}, "stay_days"),
        ({"stay_days": 2**70}, "stay_days"),
        ({"purpose": ["UMR"]}, "purpose"),
        ({"answers": {"TP-05": "mungkin"}}, "answers.TP-05"),
        ({"officer_judgement": None}, "officer_judgement"),
        ({"officer_judgement": "rujuk"}, "judgement_reason"),
        ({"band": "hijau"}, "band"),
        ({"sealed_at": "2026-01-01T00:00:00+07:00"}, "sealed_at"),
        ({"office": "K001"}, "office"),
        ({"channel": "fax"}, "channel"),
        ({"applicant": {"name": "Si\ud800ti"}}, "applicant.name"),
        ({"applicant": {"name": "Si\u202eti"}}, "applicant.name"),
        ({"third_parties": [{"role": "agen", "nik": "1"}]}, "third_parties.0.nik"),
    ],
)
def test_bad_input_is_named_by_field(api, change, field):
    errors = api("officer").post("/interviews", spoiled(change), status=422)["errors"]
    assert field in errors


def test_sentences_come_in_the_language_asked_for(api):
    body = make_submission(office="K001")
    indonesian = api("officer").post("/interviews", body, status=422)["errors"]
    english = api("officer").post(
        "/interviews", body, status=422, headers={"Accept-Language": "en-GB,en;q=0.9"}
    )["errors"]
    assert indonesian == {"office": ["Kode kantor tidak dikenal."]}
    assert english == {"office": ["This office code is not known."]}


def test_an_unanswered_question_is_named_also_on_paper(api):
    body = red_submission(channel="paper")
    del body["answers"]["PK-06"]
    errors = api("officer").post("/interviews", body, status=422)["errors"]
    assert "answers.PK-06" in errors


def test_a_second_interview_of_an_application_names_the_first_to_its_owner(api):
    body = make_submission(application_no="2026-000001")
    receipt = api("officer").post("/interviews", body, status=201)
    own = api("officer").post("/interviews", body, status=409)
    others = api("officer2").post("/interviews", body, status=409)
    assert own == {"error": "already_sealed", "id": receipt["id"]}
    assert others == {"error": "already_sealed"}


def test_a_correction_seals_a_new_version(api):
    officer = api("officer")
    first = officer.post(
        "/interviews", make_submission(documents={"SURAT-PPIU": "missing"}), status=201
    )
    body = {
        "version": 1,
        "kind": "perbaikan",
        "reason": "Surat dibawa kembali oleh pemohon.",
        "documents": {"SURAT-PPIU": "verified"},
    }
    second = officer.post(f"/interviews/{first['id']}/corrections", body, status=201)
    assert (first["papers"], second["papers"], second["version"]) == ("tunda", "lengkap", 2)
    assert officer.get(f"/interviews/{first['id']}")["papers"] == "lengkap"
    stale = officer.post(f"/interviews/{first['id']}/corrections", body, status=409)
    assert stale == {"error": "stale_version"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "pendek"}, "reason"),
        ({"reason": None}, "reason"),
        ({"version": None}, "version"),
        ({"version": "1"}, "version"),
        ({"kind": "asli"}, "kind"),
        ({"kind": "hapus"}, "kind"),
        ({"office": "K001"}, "office"),
        ({"band": "hijau"}, "band"),
        ({"applicant": {"nik": "1"}}, "applicant.nik"),
    ],
)
def test_a_bad_correction_is_named_by_field(api, change, field):
    officer = api("officer")
    receipt = officer.post("/interviews", make_submission(), status=201)
    body = {"version": 1, "kind": "perbaikan", "reason": "Salah ketik tujuan.", **change}
    errors = officer.post(f"/interviews/{receipt['id']}/corrections", body, status=422)["errors"]
    assert field in errors


def test_voiding_frees_the_application_and_stays_readable(api, database):
    officer = api("officer")
    body = make_submission(application_no="2026-000001")
    first = officer.post("/interviews", body, status=201)
    void = {"version": 1, "kind": "batal", "reason": "Disegel pada pemohon lain."}
    receipt = officer.post(f"/interviews/{first['id']}/corrections", void, status=201)
    assert set(receipt) == RECEIPT | {"receipt"}
    second = officer.post("/interviews", body, status=201)
    assert second["id"] != first["id"]
    assert officer.get(f"/interviews/{first['id']}")["voided"] is True
    with database.reading() as session:
        assert session.scalar(select(func.count(Interview.id))) == 2
