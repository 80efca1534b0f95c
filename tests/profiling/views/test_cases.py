"""The case pages, as an analyst and others see them."""

import re

import pytest
from sqlalchemy import select

from profiling.records import AuditEvent, CaseEvent
from tests.support.cases import FOUND, REASON, case_of, do, red_case, referred_case, reread_case

HIDDEN = "dibuka sesudah penilaian pertama"


def test_the_list_follows_the_printed_order(client, database, actor):
    officer = actor("officer")
    referred = referred_case(database, officer)
    red = red_case(database, officer)
    client.sign_in("analyst")
    page = client.get_page("/cases")
    places = [page.html.index(f"/cases/{case.id}") for case in (red, referred)]
    assert places == sorted(places)
    assert "Urutan: lewat tenggat, anak, ancaman, merah, tenggat terdekat, nomor." in page.text
    assert "Menyatakan atau menunjukkan bekas kekerasan terkait keberangkatan" in page.text
    assert "Dirujuk petugas wawancara" in page.text


def test_an_empty_list_says_what_fills_it(client):
    client.sign_in("analyst")
    assert "Kasus baru muncul di sini dengan sendirinya." in client.get_page("/cases").text
    assert "Tidak ada kasus yang cocok" in client.get_page("/cases?state=baru").text


def test_a_filter_narrows_the_list_and_can_be_taken_away(client, database, actor):
    red, referred = red_case(database, actor("officer")), referred_case(database, actor("officer"))
    client.sign_in("analyst")
    page = client.get_page("/cases?origin=rujukan")
    assert referred.id in page.html
    assert red.id not in page.html
    assert "Asal: Rujukan petugas" in page.text
    assert "/cases?" in page.links or any(link.startswith("/cases?") for link in page.links)
    client.get_page("/cases?state=terbang", status=422)


def test_taking_the_next_case_opens_it_held(client, database, actor):
    case = red_case(database, actor("officer"))
    client.sign_in("analyst")
    client.get_page("/cases")
    page = client.post_page("/cases/next", {})
    assert "Kasus ini sekarang Anda pegang." in page.text
    assert case_of(database, case.interview_id).state == "diambil"
    client.get_page("/cases")
    assert "Sekarang tidak ada kasus yang bebas." in client.post_page("/cases/next", {}).text


def test_taking_a_held_case_is_a_conflict(client, database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst2"), case, "take")
    client.sign_in("analyst")
    page = client.get_page(f"/cases/{case.id}")
    assert "Pegawai analyst2 memegang kasus ini" in page.text
    client.post_page(f"/cases/{case.id}/take", {}, status=409)


def test_a_case_is_worked_from_the_first_finding_to_the_second_reader(client, database, actor):
    """WF-08."""
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    client.sign_in("analyst")
    client.get_page(f"/cases/{case.id}")
    page = client.post_page(f"/cases/{case.id}/findings", {"version": "2", "text": FOUND})
    assert FOUND in page.text
    fields = {"version": "3", "outcome": "TIDAK-TERBUKTI", "reason": REASON}
    page = client.post_page(f"/cases/{case.id}/close", fields)
    assert "Rekan lain membacanya untuk kedua kali." in page.text
    client.sign_in("analyst2")
    client.get_page(f"/cases/{case.id}")
    page = client.post_page(f"/cases/{case.id}/confirm", {"version": "4"})
    assert "Petugas membaca: Selesai: tidak terbukti." in page.text
    page = client.post_page(f"/cases/{case.id}/reopen", {"version": "5", "reason": REASON})
    assert case_of(database, case.interview_id).state == "didalami"


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        ("findings", {"text": ""}, "Tulis apa yang ditemukan."),
        ("findings", {"text": "pendek"}, "Tulis sedikitnya 10 huruf."),
        ("close", {"reason": REASON}, "Pilih salah satu hasil."),
        ("close", {"outcome": "INDIKASI-NP", "reason": "."}, "Tulis sedikitnya 15 huruf."),
        ("nik", {"why": "perlu"}, "Tulis sedikitnya 10 huruf."),
    ],
)
def test_what_is_wrong_is_said_on_the_same_page_with_the_typed_text(
    client, database, actor, path, fields, sentence
):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    client.sign_in("analyst")
    client.get_page(f"/cases/{case.id}")
    page = client.post_page(f"/cases/{case.id}/{path}", {"version": "2", **fields}, status=422)
    assert "Ada 1 hal yang perlu diperbaiki" in page.text
    assert page.title.startswith("Perbaiki: ")
    assert page.text.count(sentence) == 2
    assert case_of(database, case.interview_id).version == 2


def test_an_older_page_is_a_conflict(client, database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    client.sign_in("analyst")
    client.get_page(f"/cases/{case.id}")
    fields = {"version": "1", "text": FOUND}
    client.post_page(f"/cases/{case.id}/findings", fields, status=409)


def test_only_the_actions_of_this_state_are_offered(client, database, actor):
    case = red_case(database, actor("officer"))
    client.sign_in("analyst")

    def offered():
        page = client.get_page(f"/cases/{case.id}")
        return set(re.findall(rf'action="/cases/{case.id}/(\w+)"', page.html))

    assert offered() == {"take", "nik"}
    do(database, actor("analyst"), case, "take")
    assert offered() == {"findings", "close", "nik"}
    do(database, actor("analyst"), case, "close")
    assert offered() == {"reopen", "nik"}


def test_reading_a_case_is_an_audit_event_and_shows_in_the_timeline(client, database, actor):
    case = red_case(database, actor("officer"))
    client.sign_in("analyst")
    client.get_page(f"/cases/{case.id}")
    client.sign_in("analyst2")
    page = client.get_page(f"/cases/{case.id}?timeline=reading")
    assert "Dibaca Pegawai analyst." in page.text.replace("DibacaPegawai", "Dibaca Pegawai")
    with database.reading() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.action == "case.read")).all()
    assert [event.actor_id for event in found] == [actor("analyst").id, actor("analyst2").id]


def test_the_nik_is_masked_until_a_reason_is_given(client, database, actor):
    """ACM-10."""
    case = red_case(database, actor("officer"))
    client.sign_in("analyst")
    page = client.get_page(f"/cases/{case.id}")
    assert not re.search(r"99\d{14}", page.html)
    page = client.post_page(f"/cases/{case.id}/nik", {"why": "Mencocokkan dengan data Dukcapil."})
    assert re.search(r"99\d\d \d{4} \d{4} \d{4}", page.text)
    assert "Mencocokkan dengan data Dukcapil." in page.text
    assert not re.search(r"99\d\d \d{4} ", client.get_page(f"/cases/{case.id}").text)
    with database.reading() as session:
        assert session.scalar(select(CaseEvent.kind).where(CaseEvent.kind == "nik_opened"))


@pytest.mark.parametrize("path", ["/cases", "/cases/{id}", "/cases/{id}?timeline=decision"])
def test_a_blind_reading_hides_result_and_origin_on_every_page(client, app, database, actor, path):
    case = reread_case(database, actor("officer"))
    address = path.format(id=case.id)
    client.sign_in("analyst")
    page = client.get_page(address)
    for word in ("baca ulang", "Baca ulang", "Hijau", "hijau", "Penilaian petugas", "tppo-2026.1"):
        assert word not in _without_filters(page)
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "finding")
    assert "Hijau" in client.get_page(f"/cases/{case.id}").text


def test_the_interview_itself_has_no_page_for_an_analyst(client, database, actor):
    case = reread_case(database, actor("officer"))
    client.sign_in("analyst")
    client.get_page(f"/interviews/{case.interview_id}", status=404)


def test_a_blind_case_is_marked_and_says_what_is_missing(client, database, actor):
    case = reread_case(database, actor("officer"))
    client.sign_in("analyst")
    assert client.get_page("/cases").text.count(HIDDEN) == 2
    page = client.get_page(f"/cases/{case.id}")
    assert HIDDEN in page.text
    assert "data-explanation" not in page.html
    assert "Tulis temuan pertama menurut bukti saja." in page.text


def test_the_filter_by_origin_does_not_betray_a_blind_case(client, database, actor):
    case = reread_case(database, actor("officer"))
    client.sign_in("analyst")
    for origin in ("merah", "rujukan", "baca_ulang", "lonjakan"):
        assert case.id not in client.get_page(f"/cases?origin={origin}").html


def test_the_interviewer_gets_no_content_and_is_told_why(client, database, actor):
    case = red_case(database, actor("officer"))
    _become_the_interviewer(database, "analyst", "officer")
    client.sign_in("analyst")
    assert "wawancara Anda sendiri" in client.get_page("/cases").text
    page = client.get_page(f"/cases/{case.id}")
    assert "Anda yang mewawancarai pemohon ini." in page.text
    assert f"/cases/{case.id}/" not in page.html
    assert "Siti Contoh" not in page.text


@pytest.mark.parametrize("role", ["officer", "supervisor", "steward", "admin", "auditor", "dpo"])
def test_other_roles_see_no_case(client, database, actor, role):
    case = red_case(database, actor("officer"))
    client.sign_in(role)
    for path in ("/cases", f"/cases/{case.id}"):
        assert client.get(path).status_code in (403, 404)


def test_another_office_and_an_unknown_id_read_the_same(client, database, actor):
    case = red_case(database, actor("officer"))
    client.sign_in("analyst-k001")
    outside = client.get_page(f"/cases/{case.id}", status=404)
    unknown = client.get_page("/cases/00000000-0000-7000-8000-000000000000", status=404)
    assert outside.text == unknown.text.replace(unknown.text[-5:], outside.text[-5:])


def test_the_english_page_has_no_indonesian_headings(client, database, actor):
    case = red_case(database, actor("officer"))
    client.sign_in("analyst")
    client.post_page("/language", {"language": "en", "next": "/cases"})
    page = client.get_page(f"/cases/{case.id}")
    assert page.lang == "en"
    headings = [text for level, text in page.headings if level == 2]
    assert headings == ["Summary", "Timeline", "Evidence", "Explanation", "Links", "Outcome"]


def _without_filters(page):
    """Return the page's text without the lists to choose from, which name every word."""
    return re.sub(r"<select.*?</select>", "", page.html, flags=re.S)


def _become_the_interviewer(database, username, other):
    from profiling.records import Account
    from profiling.security.access import system_actor
    from profiling.services import audit

    with database.transaction() as session:
        accounts = {row.username: row for row in session.scalars(select(Account))}
        accounts[username].person_no = accounts[other].person_no
        audit.record(session, system_actor(), action="account.same", subject=("account", username))
