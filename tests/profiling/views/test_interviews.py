"""The interview as a plain form: everything works and is checked without scripts."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import profiling
from profiling import clock
from profiling.database import Database
from profiling.records import Draft, Interview
from profiling.security.access import system_actor
from profiling.services import appointments, signin
from profiling.services.appointments import Import
from tests.profiling.services.bookings import row
from tests.support.client import SiteClient
from tests.support.pages import Page
from tests.support.sheets import clean_sheet

SCRIPTS = Path(profiling.__file__).parent / "static/js"
NUMBER = "2026-000005"


@pytest.fixture
def draft(client: SiteClient, database: Database) -> str:
    """The address of a draft that the officer has just opened."""
    with database.transaction() as session:
        wanted = Import("PMK")
        appointments.import_queue(
            session, system_actor(), [row(5, slot="2026-11-24T08:00")], wanted=wanted
        )
    client.sign_in("officer")
    answer = client.get(f"/interviews/new?application={NUMBER}")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def send(client: SiteClient, draft: str, fields: dict[str, str], status: int = 200) -> Page:
    page = client.get_page(draft)
    found = re.search(r'name="revision" value="(\d+)"', page.html)
    revision = found[1] if found else "0"
    return client.post_page(draft, {"revision": revision, **fields}, status=status)


def test_the_page_is_prefilled_from_the_appointment(client: SiteClient, draft: str) -> None:
    page = client.get_page(draft)
    assert 'value="Siti Uji 5"' in page.html
    assert 'value="01-03-1992"' in page.html
    assert '<option value="UMR" selected>' in page.html
    assert "34 th" in page.text
    assert (1, "Wawancara") in page.headings


def test_U25_every_script_is_asked_for_at_once(client: SiteClient, draft: str) -> None:
    named = set(re.findall(r'/js/(interview/\w+\.js)"', client.get_page(draft).html))
    assert named == {f"interview/{path.name}" for path in (SCRIPTS / "interview").glob("*.js")}


def test_a_complete_form_is_sealed(client: SiteClient, draft: str) -> None:
    page = send(client, draft, clean_sheet())
    assert (1, "Sudah disegel. Nomor bukti 1.") in page.headings


def test_pressing_twice_or_going_back_shows_the_sealed_page(client: SiteClient, draft: str) -> None:
    """WF-01."""
    send(client, draft, clean_sheet())
    again = client.post_page(draft, {"revision": "0", **clean_sheet()})
    assert (1, "Sudah disegel. Nomor bukti 1.") in again.headings
    new = client.get_page(f"/interviews/new?application={NUMBER}")
    assert (1, "Sudah disegel. Nomor bukti 1.") in new.headings


def test_gaps_are_named_at_the_field_and_on_top(client: SiteClient, draft: str) -> None:
    fields = clean_sheet(answers__TP_08="", departure_date="kapan-kapan")
    fields.pop("answers.TP_08")
    fields.pop("answers.TP-08")
    page = send(client, draft, fields, status=422)
    assert page.title.startswith("Perbaiki: ")
    assert "Ada 2 hal yang perlu diperbaiki" in page.text
    sentence = "Pilih Ya, Tidak, atau Belum diketahui: apakah sumber biaya atau penanggung"
    assert page.text.count(sentence) == 2
    assert "#answers.TP-08" in page.links
    assert "answers.TP-08" in page.ids
    assert 'value="kapan-kapan"' in page.html


def test_what_keeps_a_stored_draft_from_the_seal_is_told_when_asked(
    client: SiteClient, draft: str
) -> None:
    assert "yang perlu diperbaiki" in client.get_page(f"{draft}?check=1").text
    fields = clean_sheet(departure_date="kapan-kapan")
    refused = send(client, draft, fields, status=422)
    page = client.get_page(f"{draft}?check=1")
    assert page.title.startswith("Perbaiki: ")
    assert "Ada 1 hal yang perlu diperbaiki" in page.text
    assert [x for x in page.links if x[0] == "#"] == [x for x in refused.links if x[0] == "#"]
    assert 'value="kapan-kapan"' in page.html
    assert "yang perlu diperbaiki" not in client.get_page(draft).text


def test_an_opening_question_speaks_for_what_it_opens(client: SiteClient, draft: str) -> None:
    fields = clean_sheet()
    del fields["answers.GT-3"], fields["officer_judgement"], fields["answers.TP-05"]
    page = send(client, draft, fields, status=422)
    assert "Ada 3 hal yang perlu diperbaiki" in page.text
    found = [link for link in page.links if link.startswith(("#answers", "#officer"))]
    assert found == ["#answers.TP-05", "#answers.GT-3", "#officer_judgement"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("applicant.nik", "99010141039200", "NIK terdiri atas 16 angka. Yang terisi 14 angka."),
        ("departure_date", "12/20/2026", "Tanggal belum terbaca. Contoh: 20-12-2026."),
        ("destination", "negeri jauh", "Pilih negara dari daftar"),
        ("officer_judgement", "", "Pilih penilaian Anda: Lanjut, Perdalam, atau Rujuk."),
        ("officer_judgement", "perdalam", "Tulis satu kalimat alasan penilaian Anda."),
        ("documents.SURAT-PPIU", "", "Pilih keadaan berkas ini: Surat PPIU."),
        (
            "answers.TP-06",
            "ya",
            "(sedikitnya 10 huruf): biro tidak terdaftar atau izinnya tidak aktif.",
        ),
        ("applicant.name", "", "Isi bagian ini."),
        ("stay_days", "lama", "Isi dengan bilangan bulat."),
    ],
)
def test_each_rule_is_checked_by_the_server(
    client: SiteClient, draft: str, name: str, text: str, sentence: str
) -> None:
    fields = {**clean_sheet(), name: text}
    page = send(client, draft, {key: value for key, value in fields.items() if value}, status=422)
    assert sentence in page.text
    assert not re.search(r"hijau|kuning|merah|band_max|poin", page.html.lower())


def test_answers_behind_a_closed_gate_stay_but_are_not_sealed(
    client: SiteClient, draft: str
) -> None:
    fields = {**clean_sheet(), "answers.PK-02": "ya", "notes.PK-02": "Diurus seorang kenalan."}
    page = send(client, draft, {**fields, "step": "refresh"})
    assert "Diurus seorang kenalan." in page.html
    assert "Sudah disegel" in send(client, draft, fields).text


def test_paired_notes_become_one(client: SiteClient, draft: str) -> None:
    fields = {**clean_sheet(), "answers.TP-14": "ya", "notes.TP-14": "Sebut 9 hari"}
    again = {**fields, "notes.TP-14.second": "Sebut 40 hari", "answers.PL-02": "td"}
    again |= {"answers.PL-03": "td", "answers.PL-04": "td"}
    assert "Sudah disegel" in send(client, draft, again).text


def test_other_parties_are_kept_by_their_rows(client: SiteClient, draft: str) -> None:
    fields = {"third_parties.1.name": "Pak Munir", "third_parties.1.phone": "0877-5012-3348"}
    page = send(client, draft, {**clean_sheet(), **fields}, status=422)
    assert "#third_parties.1.role" in page.links
    more = send(client, draft, {**clean_sheet(), **fields, "step": "party"})
    assert "third_parties.2.role" in more.ids
    fields["third_parties.1.role"] = "perekrut"
    assert "Sudah disegel" in send(client, draft, {**clean_sheet(), **fields}).text


def test_an_older_revision_does_not_overwrite(client: SiteClient, draft: str) -> None:
    send(client, draft, {**clean_sheet(), "step": "refresh"})
    other = clean_sheet(stay_days="9")
    page = client.post_page(draft, {"revision": "0", **other}, status=409)
    assert "sudah disimpan dari tab atau perangkat lain" in page.text


def test_autosave_answers_with_revision_time_and_hints(client: SiteClient, draft: str) -> None:
    client.get_page(draft)
    fields = {"applicant.nik": "9901014103920005", "applicant.birth_date": "02-03-1992"}
    answer = client.put(
        f"{draft}/draft",
        json={"revision": 0, "fields": {**fields, "band": "hijau"}},
        headers={"X-CSRFToken": client.token},
    )
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["revision"] == 1
    assert answer.json["hints"]["applicant.nik"].startswith("Tanggal lahir tidak sama")
    stale = client.put(
        f"{draft}/draft",
        json={"revision": 0, "fields": fields},
        headers={"X-CSRFToken": client.token},
    )
    assert stale.status_code == 409
    assert stale.json is not None
    assert (stale.json["error"], stale.json["revision"]) == ("stale_draft", 1)


@pytest.mark.parametrize("body", [None, [], {"revision": "0", "fields": {}}, {"revision": 0}])
def test_what_is_no_draft_is_refused(client: SiteClient, draft: str, body: object) -> None:
    client.get_page(draft)
    answer = client.put(f"{draft}/draft", json=body, headers={"X-CSRFToken": client.token})
    assert answer.status_code == 422


def test_a_colleague_reads_in_words_who_holds_the_draft(client: SiteClient, draft: str) -> None:
    client.sign_in("officer2")
    page = client.get_page(draft, status=409)
    assert "Wawancara ini sedang ditangani rekan Anda." in page.text
    assert "Siti Uji" not in page.text
    client.sign_in("officer-k001")
    assert "Siti Uji" not in client.get_page(draft, status=404).text


def test_a_draft_is_given_up_with_a_reason(client: SiteClient, draft: str) -> None:
    client.get_page(draft)
    page = client.post_page(f"{draft}/drop", {"reason": "applicant_left"})
    assert "Draf dilepaskan. Permohonan menunggu lagi." in page.text
    client.get_page(draft, status=404)


def test_another_site_cannot_open_a_draft(client: SiteClient, database: Database) -> None:
    with database.transaction() as session:
        appointments.import_queue(session, system_actor(), [row(6)], wanted=Import("PMK"))
    client.sign_in("officer")
    address = "/interviews/new?application=2026-000006"
    answer = client.get(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.headers["Location"] == "/queue"


def test_a_walk_in_gets_a_number_and_a_page(client: SiteClient) -> None:
    client.sign_in("officer")
    client.get_page("/interviews/new")
    person = {"name": "Ach. Zaini", "birth_date": "1-3-92", "sex": "L", "phone": "0812 3456 7890"}
    refused = client.post_page("/interviews/new", {**person, "nik": "123"}, status=422)
    assert "Yang terisi 3 angka" in refused.text
    page = client.post_page("/interviews/new", {**person, "nik": "9901 0101 0392 0001"})
    assert "PMK-L-" in page.text
    assert 'value="Ach. Zaini"' in page.html
    assert 'value="+6281234567890"' in page.html


def test_a_child_reads_the_wording_for_children(client: SiteClient, draft: str) -> None:
    fields = {**clean_sheet(), "applicant.birth_date": "01-03-2012", "step": "refresh"}
    page = send(client, draft, fields)
    assert "Anak, 14 th" in page.text
    assert "Apakah anak bepergian tanpa orang tua" in page.text


def test_places_are_listed_by_what_they_lie_in(client: SiteClient) -> None:
    client.sign_in("officer")
    villages = client.get("/interviews/places/35.26.01").json or []
    assert ["35.26.01.1001", "Mlajah"] in villages
    assert len(client.get("/interviews/places/35.26").json or []) == 18


def test_without_scripts_places_are_chosen_one_after_the_other(
    client: SiteClient, draft: str
) -> None:
    first = send(client, draft, {**clean_sheet(), "step": "refresh"})
    assert "Camplong" not in first.html
    regency = {**clean_sheet(), "applicant.regency": "35.27", "step": "refresh"}
    assert "Camplong" in send(client, draft, regency).html


def test_the_privacy_notice_can_be_read(client: SiteClient) -> None:
    client.sign_in("officer")
    assert "Yang tidak pernah dihitung" in client.get_page("/privacy-notice").text


def test_fields_that_the_page_does_not_have_change_nothing(
    client: SiteClient, draft: str, database: Database
) -> None:
    """MASS-01."""
    more = {"band": "merah", "score": "99", "state": "selesai", "office": "K001", "role": "admin"}
    more |= {"account_id": "x", "sealed_at": "2020-01-01T00:00:00Z", "created_at": "2020-01-01"}
    more |= {
        "version": "7",
        "audit_seq": "1",
        "model_id": "x",
        "is_reread": "1",
        "reviewer_id": "x",
    }
    page = send(client, draft, {**clean_sheet(), **more})
    assert "Sudah disegel" in page.text
    with database.reading() as session:
        sealed = session.scalars(select(Interview)).one()
        officer = signin.actor_named(session, "officer")
    assert (sealed.band, sealed.office, sealed.version) == ("hijau", "PMK", 1)
    assert (sealed.account_id, sealed.is_reread) == (officer.id, False)
    assert clock.now() - sealed.sealed_at < timedelta(minutes=5)


def test_a_draft_tells_nothing_of_a_result_and_none_is_worked_out(
    client: SiteClient, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WF-03."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("profiling.services.interviews.assess", fail)
    told, pages = [], []
    asked = [name for name in clean_sheet() if name.startswith("answers.")]
    for answer in ("tidak", "ya"):
        fields = {**clean_sheet(), **dict.fromkeys(asked, answer), "officer_judgement": "lanjut"}
        found = re.search(r'name="revision" value="(\d+)"', client.get_page(draft).html)
        assert found
        body = {"revision": int(found[1]), "fields": fields}
        saved = client.put(f"{draft}/draft", json=body, headers={"X-CSRFToken": client.token})
        assert saved.status_code == 200
        assert saved.json is not None
        told.append(set(saved.json) | set(saved.json.get("hints", {})))
        page = send(client, draft, {**fields, "step": "refresh"})
        pages.append(re.findall(r"band\w*|score|skor|poin|hijau|kuning|merah", page.html.lower()))
    assert told[0] == told[1]
    assert pages[0] == pages[1]


def test_a_draft_stays_with_its_officer_whatever_is_sent(
    client: SiteClient, draft: str, database: Database
) -> None:
    """IDOR-04."""
    with database.reading() as session:
        before = session.scalars(select(Draft)).one()
    more = {"office": "K001", "office_id": "K001", "officer_id": "x", "account_id": "x"}
    more |= {"started_at": "2020-01-01T00:00:00Z", "application_no": "2026-000009", "id": "x"}
    client.get_page(draft)
    body = {"revision": 0, "fields": {**clean_sheet(), **more}, **more}
    answer = client.put(f"{draft}/draft", json=body, headers={"X-CSRFToken": client.token})
    assert answer.status_code in (200, 422)
    with database.reading() as session:
        after = session.scalars(select(Draft)).one()
    for name in ("id", "office", "account_id", "application_no", "started_at"):
        assert getattr(after, name) == getattr(before, name), name
