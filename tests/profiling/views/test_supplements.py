"""Further answers, completed papers, corrections, voiding; the notice and one's own list."""

import re
import uuid
from datetime import timedelta

import pytest

from checklist.vocabulary import Disposition
from profiling import clock
from profiling.records import Interview
from profiling.services import decisions
from tests.support.cases import decide
from tests.support.sealed import MISSING, NOTE, head_of, seal_band, versions_of

LONG = "Pemohon sudah menjelaskan semuanya dengan bukti."


@pytest.fixture
def sealed(database, actor):
    return lambda band, **changes: seal_band(database, actor("officer"), band, **changes)


@pytest.fixture
def postponed(database, actor, sealed):
    def make(**changes):
        interview_id = sealed("hijau", **{**MISSING, **changes})
        decide(database, actor("officer"), interview_id, Disposition.TUNDA, LONG)
        return interview_id

    return make


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.html)[1]


def fields_of(page, **changes):
    """Return what a browser would send of the page's form, with changes."""
    sent = {name: hidden(page, name) for name in ("version", "key")}
    for tag in re.findall(r"<input[^>]*type=\"radio\"[^>]*checked[^>]*>", page.html):
        name, value = (re.search(rf'{each}="([^"]*)"', tag)[1] for each in ("name", "value"))
        sent[name] = value
    for name, text in re.findall(r"<textarea[^>]*name=\"([^\"]+)\"[^>]*>\r?\n?([^<]*)<", page.html):
        sent[name] = text
    for tag in re.findall(r"<input class=\"input\"[^>]*>", page.html):
        name, value = (re.search(rf' {each}="([^"]*)"', tag)[1] for each in ("name", "value"))
        sent[name] = value
    for name, options in re.findall(
        r"<select[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", page.html, re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return {**sent, "step": "seal", **{k.replace("__", "."): v for k, v in changes.items()}}


def asked(page):
    return set(re.findall(r'<fieldset class="q[^>]*id="q-([A-Z0-9-]+)"', page.html))


def test_only_open_questions_and_missing_papers_are_asked(client, sealed):
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{sealed('kuning')}/further")
    assert asked(page) == {"SURAT-PPIU", "PK-06", "TP-14"}


def test_further_answers_become_version_2_and_version_1_stays(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("kuning")
    before = versions_of(database, interview_id)[0]
    page = client.get_page(f"/interviews/{interview_id}/further")
    fields = fields_of(page, **{"answers.PK-06": "ya", "notes.PK-06": NOTE})
    after = client.post_page(f"/interviews/{interview_id}/further", fields)
    assert "Disegel sebagai versi baru." in after.text
    assert "Jawaban versi 1" in after.text
    first, second = versions_of(database, interview_id)
    assert first.answers == before.answers
    assert '"PK-06":"td"' in first.answers
    assert (second.kind, '"PK-06":"ya"' in second.answers) == ("pendalaman", True)


def test_a_note_that_is_needed_is_asked_for_at_its_question(client, sealed):
    client.sign_in("officer")
    address = f"/interviews/{sealed('kuning')}/further"
    fields = fields_of(client.get_page(address), **{"answers.PK-06": "ya"})
    page = client.post_page(address, fields, status=422)
    assert page.text.count("Tulis apa yang dikatakan atau terlihat (sedikitnya 10 huruf).") == 2
    assert "#notes.PK-06" in page.links
    assert "notes.PK-06" in page.ids


def test_an_opening_question_that_becomes_known_opens_its_questions(client, database, sealed):
    client.sign_in("officer")
    address = f"/interviews/{sealed('hijau', answers={'GT-2': 'td'})}/further"
    page = client.get_page(address)
    assert asked(page) == {"GT-2", "PK-01", "PK-04"}
    page = client.post_page(address, fields_of(page, **{"answers.GT-2": "ya"}), status=422)
    assert "#answers.PK-01" in page.links
    fields = fields_of(page, **{"answers.PK-01": "tidak", "answers.PK-04": "tidak"})
    client.post_page(address, fields)
    sealed_now = versions_of(database, address.split("/")[2])[-1]
    assert '"GT-2":"ya"' in sealed_now.answers


def test_nothing_changed_seals_nothing(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("kuning")
    for step in ("further", "correction"):
        address = f"/interviews/{interview_id}/{step}"
        fields = fields_of(client.get_page(address), reason=LONG)
        page = client.post_page(address, fields, status=422)
        assert "Belum ada yang diubah." in page.text
    assert len(versions_of(database, interview_id)) == 1


def test_the_same_form_twice_is_one_version(client, database, sealed):
    client.sign_in("officer")
    address = f"/interviews/{sealed('kuning')}/further"
    fields = fields_of(client.get_page(address), **{"answers.TP-14": "tidak"})
    for _ in range(2):
        page = client.post_page(address, fields)
        assert page.headings[0][1].startswith("Sudah disegel.")
    assert len(versions_of(database, address.split("/")[2])) == 2


def test_a_stale_form_is_kept_and_can_be_put_on_what_is_stored(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("kuning")
    address = f"/interviews/{interview_id}/further"
    mine = fields_of(client.get_page(address), **{"answers.TP-14": "tidak"})
    theirs = fields_of(client.get_page(address), **{"documents.SURAT-PPIU": "verified"})
    client.post_page(address, theirs)
    page = client.post_page(address, mine, status=409)
    assert "Jawaban versi 2, disegel" in page.text
    assert "Simpan sebagai perbaikan" in page.text
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.html))
    kept.pop("csrf_token")
    client.post_page(address, {**kept, "documents.SURAT-PPIU": "verified"})
    last = versions_of(database, interview_id)[-1]
    assert (last.version, '"TP-14":"tidak"' in last.answers) == (3, True)


def test_a_correction_changes_travel_and_identity_with_a_reason(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("hijau")
    address = f"/interviews/{interview_id}/correction"
    page = client.get_page(address)
    assert 'value="Siti Contoh"' in page.html
    changes = {"applicant.name": "Siti Aminah", "stay_days": "14"}
    short = client.post_page(address, fields_of(page, **changes, reason="typo"), status=422)
    assert "#reason" in short.links
    assert 'value="Siti Aminah"' in short.html
    client.post_page(address, fields_of(page, **changes, reason="Nama dibaca ulang dari KTP."))
    first, second = versions_of(database, interview_id)
    assert (first.stay_days, second.stay_days) == (12, 14)
    assert second.kind == "perbaikan"
    assert "Siti Aminah" in client.get_page(f"/interviews/{interview_id}").text


def test_another_purpose_brings_its_own_papers(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("hijau")
    address = f"/interviews/{interview_id}/correction"
    fields = fields_of(client.get_page(address), purpose="WIS", destination="Malaysia")
    page = client.post_page(address, {**fields, "step": "refresh"})
    assert "SURAT-PPIU" not in asked(page)
    fields = fields_of(page, reason="Tujuan dibaca ulang dari berkas.")
    for code in asked(page):
        fields.setdefault(f"answers.{code}", "tidak")
    client.post_page(address, fields)
    last = versions_of(database, interview_id)[-1]
    assert (last.purpose, last.destination, last.documents) == ("WIS", "MYS", {})


def test_a_colleague_completes_papers_by_application_number_and_decides(
    client, database, postponed
):
    interview_id = postponed(application_no="2026-000077")
    client.sign_in("officer2")
    page = client.get_page("/interviews")
    page = client.post_page("/interviews/find", {"number": "2026-000077"})
    assert page.headings[0][1].startswith("Sudah disegel.")
    client.get_page(f"/interviews/{interview_id}/further", status=404)
    client.get_page(f"/interviews/{interview_id}/correction", status=404)
    client.get_page(f"/interviews/{interview_id}/void", status=404)
    address = f"/interviews/{interview_id}/papers"
    page = client.get_page(address)
    assert asked(page) == {"SURAT-PPIU"}
    fields = fields_of(page, **{"documents.SURAT-PPIU": "verified"})
    page = client.post_page(address, fields)
    assert "Catat: Dilanjutkan" in page.text
    decision = {"version": hidden(page, "version"), "disposition": "LANJUT", "key": ""}
    client.post_page(f"/interviews/{interview_id}/decision", decision)
    assert head_of(database, interview_id).disposition == "LANJUT"


def test_voiding_needs_a_reason_and_frees_the_number(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("hijau", application_no="2026-000078")
    address = f"/interviews/{interview_id}/void"
    form = fields_of(client.get_page(address), reason="salah")
    assert "10 sampai 500" in client.post_page(address, form, status=422).text
    form["reason"] = "Wawancara ini milik orang lain."
    for _ in range(2):
        page = client.post_page(address, form)
        assert "Dibatalkan. Nomor bukti" in page.text
    assert head_of(database, interview_id).voided
    page = client.get_page(f"/interviews/{interview_id}")
    assert "Dibatalkan: Wawancara ini milik orang lain." in page.text
    assert 'name="disposition"' not in page.html
    client.get_page(address, status=404)


@pytest.mark.parametrize("band", ["hijau", "kuning", "merah"])
def test_the_notice_holds_no_result(client, database, actor, sealed, band):
    """ACM-09, ENUM-08."""
    interview_id = sealed(band, **MISSING)
    client.sign_in("officer")
    undecided = client.get_page(f"/interviews/{interview_id}/notice")
    assert "Belum diputuskan" in undecided.text
    decide(database, actor("officer"), interview_id, Disposition.RUJUK, LONG)
    page = client.get_page(f"/interviews/{interview_id}/notice")
    assert "Menunggu pemeriksaan lanjutan" in page.text
    assert "Surat PPIU" in page.text
    for word in ("hijau", "kuning", "merah", "inteldakim", "rujuk", LONG, NOTE, "TP-", "poin"):
        assert word.lower() not in page.html.lower()


def test_the_notice_of_a_postponement_waits_for_the_supervisor(client, database, actor, postponed):
    interview_id = postponed()
    client.sign_in("officer")
    address = f"/interviews/{interview_id}/notice"
    page = client.get_page(address)
    assert "Ditunda untuk melengkapi berkas" in page.text
    assert "Ini bukan penolakan. Anda dapat melengkapinya sampai" in page.text
    assert "Berlaku sesudah disetujui atasan." in page.text
    with database.transaction() as session:
        version = session.get_one(Interview, interview_id).version
        decisions.confirm(session, actor("supervisor"), interview_id=interview_id, version=version)
    assert "Berlaku sesudah" not in client.get_page(address).text


def test_nothing_to_tell_is_no_notice(client, sealed):
    client.sign_in("officer")
    client.get_page(f"/interviews/{sealed('hijau')}/notice", status=404)


def test_ones_own_interviews_are_listed_and_found(client, database, sealed, postponed):
    own, other = sealed("merah"), postponed()
    client.sign_in("officer")
    page = client.get_page("/interviews")
    assert "menunggu keputusan Anda" in page.text
    assert "ditunda" in page.text
    for word in ("merah", "Merah", "Rujuk", "Hijau"):
        assert word not in page.text
    assert {f"/interviews/{own}", f"/interviews/{other}"} <= set(page.links)
    number = str(head_of(database, own).receipt_no)
    answer = client.post("/interviews/find", data={"number": number, "csrf_token": client.token})
    assert answer.headers["Location"] == f"/interviews/{own}"
    page = client.post_page("/interviews/find", {"number": str(uuid.uuid4())}, status=422)
    assert page.text.count("Tidak ada wawancara dengan nomor itu") == 2
    client.sign_in("officer2")
    assert f"/interviews/{own}" not in client.get_page("/interviews").links
    client.post_page("/interviews/find", {"number": number}, status=422)


def test_an_old_interview_leaves_the_list_once_it_is_decided(
    client, sealed, database, actor, monkeypatch
):
    undecided, decided = sealed("hijau"), sealed("hijau")
    decide(database, actor("officer"), decided, Disposition.LANJUT)
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.sign_in("officer")
    links = client.get_page("/interviews").links
    assert f"/interviews/{decided}" not in links
    assert f"/interviews/{undecided}" in links
    client.get_page(f"/interviews/{decided}", status=404)
