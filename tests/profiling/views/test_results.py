"""The page of a sealed interview, the decision on it, and who gets to see it."""

import re
import uuid

import pytest

from checklist.vocabulary import Disposition, VersionKind
from profiling.records import Decision
from profiling.services.corrections import Correction, correct
from tests.support.cases import decide, do, red_case
from tests.support.sealed import MISSING, NOTE, head_of, seal_band, versions_of
from tests.support.submissions import make_submission

REASON = "Surat PPIU belum dibawa pemohon."
LONG = "Pemohon sudah menjelaskan semuanya dengan bukti."


@pytest.fixture
def sealed(database, actor):
    return lambda band, **changes: seal_band(database, actor("officer"), band, **changes)


@pytest.fixture
def decided(database, actor):
    def make(interview_id, disposition, reason=LONG, who="officer"):
        decide(database, actor(who), interview_id, disposition, reason)
        return interview_id

    return make


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.html)[1]


def send(client, interview_id, status=200, **fields):
    page = client.get_page(f"/interviews/{interview_id}")
    version = fields.get("version") or hidden(page, "version")
    sent = {"key": str(uuid.uuid4()), **fields, "version": version}
    return client.post_page(f"/interviews/{interview_id}/decision", sent, status=status)


def all_decisions(database, interview_id):
    with database.reading() as session:
        query = session.query(Decision).filter_by(interview_id=interview_id)
        return [(each.kind, each.disposition) for each in query.order_by(Decision.sequence)]


@pytest.mark.parametrize(
    ("username", "fresh", "postponed", "referred"),
    [
        ("officer", 200, 200, 200),
        ("officer2", 404, 200, 404),
        ("officer-k001", 404, 404, 404),
        ("supervisor", 404, 200, 404),
        ("supervisor-k001", 404, 404, 404),
        ("analyst", 404, 404, 404),
        ("steward", 404, 404, 404),
        ("admin", 404, 404, 404),
        ("auditor", 404, 404, 404),
        ("dpo", 404, 404, 404),
    ],
)
def test_who_reads_a_sealed_interview(
    client, sealed, decided, username, fresh, postponed, referred
):
    client.sign_in(username)
    ids = [
        sealed("hijau"),
        decided(sealed("hijau", **MISSING), Disposition.TUNDA),
        decided(sealed("hijau"), Disposition.RUJUK),
    ]
    for interview_id, status in zip(ids, (fresh, postponed, referred), strict=True):
        page = client.get_page(f"/interviews/{interview_id}", status=status)
        if status == 404:
            unknown = client.get_page(f"/interviews/{uuid.uuid4()}", status=404)
            assert unknown.text == page.text


def test_an_officer_reads_sentences_and_no_points(client, sealed):
    """ACM-09."""
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{sealed('kuning')}")
    assert "Kuning" in page.text
    assert "Ada hal yang perlu diperjelas." in page.text
    assert "Tidak mengetahui biro, paket, jadwal, atau pembimbing." in page.text
    assert f"Catatan Anda: “{NOTE}”" in page.text
    for word in ("TP-05", "poin", "skor", "Kuat", "Sedang"):
        assert word not in page.text


def test_the_range_and_one_question_are_shown(client, sealed):
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{sealed('kuning')}")
    assert "Kuning. Bila 2 hal yang belum diketahui ternyata memberatkan: Merah." in page.text
    assert page.text.count("Tanyakan: “") == 1
    assert "Tambah jawaban" in page.text
    clean = client.get_page(f"/interviews/{sealed('hijau')}")
    assert "ternyata memberatkan" not in clean.text
    assert "Tambah jawaban" not in clean.text


ONE_SIGN = {"answers": {"GT-1": "ya", "TP-05": "ya"}, "notes": {"TP-05": NOTE}}
UNKNOWN = {"answers": {"GT-1": "ya", "PK-06": "td", "PK-02": "td"}}


@pytest.mark.parametrize("changes", [ONE_SIGN, UNKNOWN])
def test_a_green_result_agrees_with_what_stands_below_it(client, sealed, changes):
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{sealed('hijau', **changes)}")
    assert "Hijau" in page.text
    assert "Belum cukup tanda menurut aturan untuk diperdalam." in page.text
    assert "Lanjutkan proses; perhatikan hal di bawah ini." in page.text
    assert "Tidak ada tanda khusus" not in page.text
    plain = client.get_page(f"/interviews/{sealed('hijau')}")
    assert "Tidak ada tanda khusus menurut aturan." in plain.text
    assert "Lanjutkan proses." in plain.text


def test_missing_papers_stand_apart_and_are_no_refusal(client, sealed):
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{sealed('hijau', **MISSING)}")
    assert "Berkas belum lengkap: surat PPIU" in page.text
    assert "Ini bukan penolakan. Pemohon dapat melengkapi sampai" in page.text
    assert "Catat: Ditunda untuk melengkapi berkas" in page.text


@pytest.mark.parametrize(
    ("band", "judgement", "button"),
    [
        ("hijau", "lanjut", "Catat: Dilanjutkan"),
        ("merah", "rujuk", "Catat: Dirujuk ke Inteldakim"),
        ("kuning", "perdalam", None),
        ("hijau", "rujuk", None),
        ("merah", "lanjut", None),
    ],
)
def test_one_decision_is_offered_only_on_agreement(client, sealed, band, judgement, button):
    client.sign_in("officer")
    reason = {"judgement_reason": "Menurut cerita pemohon."}
    page = client.get_page(f"/interviews/{sealed(band, officer_judgement=judgement, **reason)}")
    offered = re.findall(r"Catat: [A-Z][\w ]+", page.text)
    differs = "Keputusan Anda berbeda dari hasil aturan. Tulis alasannya."
    assert page.html.count("button--primary") == 1
    if button:
        assert button in page.text
    else:
        assert offered == []
        assert 'name="disposition" required type="radio" value="LANJUT"' in page.html
        assert "checked" not in page.html
        assert (differs in page.text) is (band != "kuning")


def test_refusals_are_not_offered_to_officers(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("merah")
    assert "TOLAK" not in client.get_page(f"/interviews/{interview_id}").html
    page = send(client, interview_id, 409, disposition="TOLAK-ADM", reason=LONG)
    assert "Isian Anda tidak dapat lagi dicatat" in page.text
    assert all_decisions(database, interview_id) == []


def test_an_agreed_decision_is_two_presses_and_a_receipt(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("hijau")
    page = send(client, interview_id, disposition="LANJUT")
    assert (1, "Antrean hari ini") in page.headings
    number = head_of(database, interview_id).receipt_no
    assert f"Tersimpan. Nomor bukti {number}." in page.text
    assert all_decisions(database, interview_id) == [("keputusan", "LANJUT")]


@pytest.mark.parametrize("judgement", ["lanjut", "rujuk"])
def test_a_short_reason_is_refused_at_the_field_and_kept(client, sealed, judgement):
    client.sign_in("officer")
    band = "merah" if judgement == "lanjut" else "hijau"
    given = {"officer_judgement": judgement, "judgement_reason": "Menurut cerita."}
    interview_id = sealed(band, **given)
    page = send(client, interview_id, 422, disposition="LANJUT", reason="pendek")
    assert page.title.startswith("Perbaiki: ")
    assert page.text.count("Tulis alasannya, sedikitnya 15 huruf.") == 2
    assert "#reason" in page.links
    assert ">pendek</textarea>" in page.html.replace("\r\n", "").replace("\n", "")
    assert '<details class="more more--button reveal" data-reveal open>' in page.html


def test_a_decision_must_be_chosen(client, sealed):
    """WF-18."""
    client.sign_in("officer")
    page = send(client, sealed("kuning"), 422, reason=LONG)
    assert page.text.count("Pilih satu keputusan.") == 2


def test_a_postponement_needs_its_kind_of_reason(client, sealed):
    client.sign_in("officer")
    page = send(client, sealed("kuning"), 422, disposition="TUNDA", reason=LONG, reason_code="")
    assert "Pilih jenis alasan." in page.text


def test_missing_papers_are_the_reason_of_a_postponement_left_empty(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("kuning")
    page = client.get_page(f"/interviews/{interview_id}")
    papers = hidden(page, "papers")
    send(client, interview_id, disposition="TUNDA", reason_code="BERKAS", papers=papers)
    assert all_decisions(database, interview_id) == [("keputusan", "TUNDA")]
    page = client.get_page(f"/interviews/{interview_id}")
    assert "Berkas: Berkas belum lengkap: surat PPIU. Dilengkapi sampai" in page.text
    assert "Menunggu persetujuan atasan." in page.text


def test_the_same_form_twice_is_one_decision(client, database, sealed):
    client.sign_in("officer")
    interview_id = sealed("hijau")
    form = {"disposition": "LANJUT", "key": str(uuid.uuid4())}
    first = send(client, interview_id, version="1", **form)
    second = send(client, interview_id, version="1", **form)
    assert first.headings == second.headings
    assert all_decisions(database, interview_id) == [("keputusan", "LANJUT")]


def test_a_decision_on_an_older_state_shows_both_in_words(client, database, sealed, decided):
    client.sign_in("officer")
    interview_id = decided(sealed("kuning"), Disposition.RUJUK)
    page = send(client, interview_id, 409, version="1", disposition="LANJUT", reason=LONG)
    assert "Keputusan: Dirujuk ke Inteldakim, oleh Pegawai officer" in page.text
    assert "Dilanjutkan" in page.text
    assert LONG in page.text
    assert "Simpan sebagai perbaikan" not in page.text
    other = decided(sealed("kuning"), Disposition.BATAL)
    page = send(client, other, 409, version="1", disposition="LANJUT", reason=LONG)
    assert "Pakai yang sudah tersimpan" in page.text
    assert hidden(page, "reason") == LONG
    kept = {name: hidden(page, name) for name in ("version", "key", "disposition", "reason")}
    client.post_page(f"/interviews/{other}/decision", kept)
    assert all_decisions(database, other) == [("keputusan", "BATAL"), ("keputusan", "LANJUT")]


def test_a_referral_waits_for_the_case(client, sealed, decided):
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{decided(sealed('hijau'), Disposition.RUJUK)}")
    assert "Keputusan berikutnya menunggu kasus selesai." in page.text
    assert 'name="disposition"' not in page.html


def test_a_watch_list_hit_is_not_named(client, database, actor, sealed):
    """ACM-09."""
    from profiling.services import watchlist

    phone = "+6281234567890"
    with database.transaction() as session:
        entry = watchlist.NewEntry("phone", phone, "Munir", "Perekrut dalam penyelidikan.")
        watchlist.add(session, actor("analyst"), entry)
    party = [{"role": "perekrut", "name": "Munir", "phone": phone}]
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{sealed('hijau', third_parties=party)}")
    assert "Inteldakim perlu memeriksa satu hal." in page.text
    for word in ("RW-05", "antau", "penyelidikan"):
        assert word not in page.text


def test_two_results_stand_side_by_side(client, database, actor, sealed):
    interview_id = sealed("kuning")
    change = Correction(
        version=1,
        kind=VersionKind.PENDALAMAN,
        reason="Ditanyakan lagi kepada pemohon.",
        changes={"answers": {"PK-06": "ya"}, "notes": {"PK-06": NOTE}},
    )
    with database.transaction() as session:
        correct(session, actor("officer"), interview_id=interview_id, correction=change, lang="id")
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{interview_id}")
    assert [text for level, text in page.headings if level == 3] == [
        "Jawaban versi 1",
        "Jawaban versi 2",
    ]
    assert page.html.count("band--kuning") == 1
    assert page.html.count("band--merah") == 2
    assert len(versions_of(database, interview_id)) == 2


def test_a_supervisor_confirms_from_the_list(client, database, sealed, decided):
    interview_id = decided(sealed("hijau", **MISSING), Disposition.TUNDA, REASON)
    client.sign_in("supervisor")
    page = client.get_page("/")
    assert (1, "Menunggu saya") in page.headings
    assert "surat PPIU" in page.text
    form = {name: hidden(page, name) for name in ("version", "key")}
    address = f"/interviews/{interview_id}/decision/confirm"
    for _ in range(2):
        page = client.post_page(address, form)
        assert "Tersimpan. Nomor bukti" in page.text
    assert all_decisions(database, interview_id)[1:] == [("setuju", "TUNDA")]
    client.get_page(f"/interviews/{interview_id}", status=404)


def test_a_supervisor_reads_the_officers_view_with_a_masked_nik(client, sealed, decided):
    """ACM-10."""
    interview_id = decided(sealed("kuning"), Disposition.TUNDA, REASON)
    client.sign_in("supervisor")
    page = client.get_page(f"/interviews/{interview_id}")
    assert re.search(r"99\d\d••••••••\d{4}", page.text)
    assert not re.search(r"\d{16}", page.text)
    assert "Ada hal yang perlu diperjelas." in page.text
    assert REASON in page.text
    assert "poin" not in page.text


def test_a_supervisor_gives_back_with_a_reason(client, database, sealed, decided):
    interview_id = decided(sealed("hijau", **MISSING), Disposition.TUNDA, REASON)
    client.sign_in("supervisor")
    page = client.get_page(f"/interviews/{interview_id}")
    form = {name: hidden(page, name) for name in ("version", "key")}
    address = f"/interviews/{interview_id}/decision/return"
    page = client.post_page(address, {**form, "reason": "kurang"}, status=422)
    assert page.text.count("Tulis alasannya, sedikitnya 15 huruf.") == 2
    assert ">kurang</textarea>" in page.html.replace("\r\n", "").replace("\n", "")
    client.post_page(address, {**form, "reason": "Surat sudah ada pada berkas."})
    assert head_of(database, interview_id).state == "sealed"


def test_a_supervisor_decides_after_the_case_by_its_outcome(client, database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "finding")
    do(database, actor("analyst"), case, "close", outcome="INDIKASI-NP")
    client.sign_in("officer")
    assert "menunggu atasan" in client.get_page("/interviews").text
    client.sign_in("supervisor")
    page = client.get_page("/waiting")
    assert "Indikasi PMI nonprosedural" in page.text
    page = client.get_page(f"/interviews/{case.interview_id}")
    offered = set(
        re.findall(r'name="disposition" required type="radio" value="([A-Z-]+)"', page.html)
    )
    assert offered == {"LANJUT", "TUNDA", "BATAL", "TOLAK-ADM", "TOLAK-NP", "TANGGUH", "CEGAH"}
    assert "biro tidak mengenal pemohon" not in page.text
    page = send(client, case.interview_id, disposition="TOLAK-NP", reason=LONG)
    assert (1, "Menunggu saya") in page.headings
    assert all_decisions(database, case.interview_id) == [("keputusan", "TOLAK-NP")]


def test_overdue_cases_are_only_counted(client, database, actor, monkeypatch):
    """WF-19."""
    from datetime import timedelta

    from profiling import clock

    red_case(database, actor("officer"))
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.sign_in("supervisor")
    page = client.get_page("/waiting")
    assert "1 kasus Inteldakim lewat tenggat." in page.text
    assert "dibuka 0, ditutup 0, berjalan 1" in page.text
    assert make_submission()["applicant"]["name"] not in page.text


def test_after_an_unconfirmed_case_the_officer_decides_unprompted(client, database, actor):
    """ACM-09."""
    case = red_case(database, actor("officer"))
    for action in ("take", "finding"):
        do(database, actor("analyst"), case, action)
    do(database, actor("analyst"), case, "close", outcome="PERLU-BAKET")
    client.sign_in("officer")
    page = client.get_page(f"/interviews/{case.interview_id}")
    assert "Kasus sudah selesai. Catat keputusan Anda." in page.text
    assert "Catat: " not in page.text
    assert "Perlu bahan" not in page.text
