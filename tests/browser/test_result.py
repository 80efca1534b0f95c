"""The result: closed until asked for, the same for every onlooker, and what is decided on it."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from profiling.security.access import system_actor
from profiling.services import accounts, signin, watchlist
from tests.browser.desk import Enter, begin, prefer
from tests.browser.live import Keys, LiveSite
from tests.support.sealed import MISSING, NOTE, head_of, seal_band, versions_of
from tests.support.sheets import clean_sheet
from tests.support.submissions import make_submission

LONG = "Pemohon sudah menjelaskan semuanya dengan bukti."
SAME_FOR_ALL = """() => {
  document.querySelector("h1").textContent = "Sudah disegel. Nomor bukti 1.";
  document.querySelectorAll(".strip__bit")[1].textContent = "2026-000001";
}"""


def settled_picture(page: Page) -> bytes:
    """Return the page's picture once two in a row are the same: a busy browser paints in steps."""
    page.wait_for_load_state("networkidle")
    before = b""
    for _ in range(20):
        now = page.screenshot(full_page=True, animations="disabled", caret="hide")
        if now == before:
            break
        before = now
    return before


def seal(live: LiveSite, band: str, username: str = "officer", **changes: Any) -> str:
    """Seal an interview of this band now, by the service's clock."""
    with live.database.reading() as session:
        actor = signin.actor_named(session, username)
    times = {
        "started_at": (live.at[0] - timedelta(minutes=4)).isoformat(),
        "finished_at": (live.at[0] - timedelta(minutes=1)).isoformat(),
        "departure_date": (live.at[0].date() + timedelta(days=60)).isoformat(),
    }
    return seal_band(live.database, actor, band, **{**times, **changes})


def opened(enter: Enter, interview_id: str, username: str = "officer", **options: Any) -> Page:
    """Open the result of an interview with Enter."""
    page = enter(username, **options).open(f"/interviews/{interview_id}")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-reveal][open]")
    return page


def is_open(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('[data-reveal]').open"))


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText"))


def test_U03_after_a_decision_the_queue_goes_on(live: LiveSite, enter: Enter) -> None:
    number = live.book()
    interview_id = seal(live, "hijau")
    page = opened(enter, interview_id)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue")
    receipt = head_of(live.database, interview_id).receipt_no
    status = page.locator(".receipt[role=status]").inner_text()
    assert status == f"Tersimpan. Nomor bukti {receipt}."
    assert focus(page).startswith("Mulai")
    assert page.locator("a[data-focus]").get_attribute("href") is not None
    assert page.locator(f"a[href$='{number}']").count() == 1


def test_U31_the_judgement_comes_before_the_seal(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    address = desk.page.url
    form = {
        "csrf_token": desk.page.get_attribute("meta[name=csrf-token]", "content") or "",
        "revision": "0",
        **clean_sheet(officer_judgement=""),
    }
    bodies = []
    for _ in range(2):
        answer = desk.page.request.post(address, form=form, headers={"Origin": live.url})
        assert answer.status == 422
        bodies.append(answer.text())
    with live.database.transaction() as session:
        token = accounts.create_token(session, system_actor(), username="officer", name="uji")
    sent = make_submission()
    del sent["officer_judgement"]
    refused = desk.page.request.post(
        "/api/v1/interviews",
        data=sent,
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())},
    )
    assert refused.status == 422
    assert list(refused.json()["errors"]) == ["officer_judgement"]
    for body in (*bodies, refused.text()):
        assert not re.search(r"hijau|kuning|merah|\bband\b|band--", body, re.IGNORECASE)
    assert "Pilih penilaian Anda: Lanjut, Perdalam, atau Rujuk." in bodies[0]
    desk.page.goto(address)
    assert desk.page.locator("h1").inner_text() == "Wawancara"


def test_U34_the_closed_page_is_the_same_for_every_band(live: LiveSite, enter: Enter) -> None:
    pictures = set()
    for band in ("hijau", "kuning", "merah"):
        page = enter("officer").open(f"/interviews/{seal(live, band)}")
        assert not is_open(page)
        assert focus(page) == "Tampilkan hasil"
        page.evaluate(SAME_FOR_ALL)
        pictures.add(settled_picture(page))
    assert len(pictures) == 1


@pytest.mark.parametrize(
    ("band", "word", "step"),
    [
        ("hijau", "Hijau", "Lanjutkan proses."),
        ("kuning", "Kuning", "Tanyakan hal di bawah ini, lalu tambah jawaban."),
        ("merah", "Merah", "Rujuk ke Inteldakim. Persilakan pemohon menunggu di ruang layanan."),
    ],
)
def test_U35_enter_shows_shape_word_and_next_step(
    live: LiveSite, enter: Enter, band: str, word: str, step: str
) -> None:
    page = opened(enter, seal(live, band))
    head = page.locator("[data-result]")
    assert head.locator(".band svg *").count() >= 1
    assert head.locator(".band").inner_text().strip() == word
    assert step in head.inner_text()
    assert page.evaluate("document.activeElement.matches('[data-result]')")
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert focus(page) == "Tampilkan hasil"


def test_U35_the_result_closes_after_60_seconds_without_a_key(live: LiveSite, enter: Enter) -> None:
    visitor = enter("officer")
    visitor.page.clock.install()
    page = visitor.open(f"/interviews/{seal(live, 'merah')}")
    page.keyboard.press("Enter")
    page.clock.run_for(59_000)
    assert is_open(page)
    page.keyboard.press("Shift")
    page.clock.run_for(59_000)
    assert is_open(page)
    page.clock.run_for(2_000)
    assert not is_open(page)


def test_U35_closing_by_itself_can_be_turned_off(live: LiveSite, enter: Enter) -> None:
    prefer(live, "officer2", auto_close=False)
    visitor = enter("officer2")
    visitor.page.clock.install()
    page = visitor.open(f"/interviews/{seal(live, 'merah', 'officer2')}")
    page.keyboard.press("Enter")
    page.clock.run_for(600_000)
    assert is_open(page)


def test_the_result_closes_when_the_page_is_left(live: LiveSite, enter: Enter) -> None:
    page = opened(enter, seal(live, "merah"))
    page.goto(f"{live.url}/queue")
    page.go_back()
    page.wait_for_selector("[data-reveal]")
    assert not is_open(page)


def test_U36_reasons_are_sentences_without_points_or_codes(live: LiveSite, enter: Enter) -> None:
    text = opened(enter, seal(live, "kuning")).locator("[data-reveal]").inner_text()
    assert "Tidak mengetahui biro, paket, jadwal, atau pembimbing." in text
    assert f"Catatan Anda: “{NOTE}”" in text
    assert not re.search(r"\b(?:TP|PK|DC|FN|AN|ID|RW|PL|GT)-\d", text)
    assert not re.search(r"\bpoin\b|\bskor\b|\+\d", text)


def test_U36_a_watch_list_hit_is_never_named_to_an_officer(live: LiveSite, enter: Enter) -> None:
    phone = "+6281234567890"
    with live.database.transaction() as session:
        analyst = signin.actor_named(session, "analyst")
        entry = watchlist.NewEntry("phone", phone, "Munir", "Perekrut dalam penyelidikan.")
        watchlist.add(session, analyst, entry)
    party = [{"role": "perekrut", "name": "Pak Contoh", "phone": phone}]
    page = opened(enter, seal(live, "hijau", third_parties=party))
    assert "Inteldakim perlu memeriksa satu hal." in page.inner_text("[data-reveal]")
    assert not re.search(r"RW-?05|pantau|penyelidikan|Munir", page.content())


def test_U37_the_range_and_one_question(live: LiveSite, enter: Enter) -> None:
    text = opened(enter, seal(live, "kuning")).locator("[data-reveal]").inner_text()
    assert "Kuning. Bila 2 hal yang belum diketahui ternyata memberatkan: Merah." in text
    assert text.count("Tanyakan: “") == 1


def test_U38_papers_stand_apart_from_the_band(live: LiveSite, enter: Enter) -> None:
    page = opened(enter, seal(live, "hijau", **MISSING))
    part = page.locator("section:has(#papers-title)")
    assert "Berkas belum lengkap: surat PPIU" in part.inner_text()
    assert "Ini bukan penolakan. Pemohon dapat melengkapi sampai 24 Desember 2026." in (
        part.inner_text()
    )
    assert part.locator(".band").count() == 0


@pytest.mark.parametrize(("band", "disposition"), [("hijau", "LANJUT"), ("merah", "RUJUK")])
def test_U39_agreement_offers_one_decision(
    live: LiveSite, enter: Enter, band: str, disposition: str
) -> None:
    interview_id = seal(live, band)
    visitor = enter("officer")
    visitor.open(f"/interviews/{interview_id}")
    keys = Keys(visitor.page)
    keys.press("Enter", "Tab")
    assert focus(visitor.page).startswith("Catat: ")
    assert visitor.page.locator(".button--primary:visible").count() == 1
    keys.press("Enter")
    visitor.page.wait_for_url("**/queue")
    assert keys.count == 3
    assert head_of(live.database, interview_id).disposition == disposition


@pytest.mark.parametrize(
    ("band", "judgement", "choice"),
    [("kuning", "perdalam", "LANJUT"), ("hijau", "rujuk", "RUJUK"), ("merah", "lanjut", "LANJUT")],
)
def test_U39_else_none_is_prefilled_and_a_reason_is_needed(
    live: LiveSite, enter: Enter, band: str, judgement: str, choice: str
) -> None:
    given = {"officer_judgement": judgement, "judgement_reason": "Menurut cerita pemohon."}
    interview_id = seal(live, band, **given)
    page = opened(enter, interview_id)
    assert page.locator("[data-offered]").count() == 0
    assert page.locator("[name=disposition]:checked").count() == 0
    page.check(f"[name=disposition][value={choice}]")
    page.fill("#reason", "pendek")
    page.locator(".button--primary").press("Enter")
    page.wait_for_selector(".errors")
    assert page.evaluate("document.activeElement.matches('.errors')")
    assert page.input_value("#reason") == "pendek"
    assert page.title().startswith("Perbaiki: ")
    page.fill("#reason", LONG)
    page.locator(".button--primary").press("Enter")
    page.wait_for_url("**/queue")
    assert head_of(live.database, interview_id).disposition == choice


def test_a_postponement_has_its_reason_ready(live: LiveSite, enter: Enter) -> None:
    page = opened(enter, seal(live, "kuning"))
    page.check("[name=disposition][value=TUNDA]")
    assert page.input_value("#reason").startswith("Berkas belum lengkap: surat PPIU.")
    assert page.locator("#reason_code").is_visible()
    assert page.input_value("#reason_code") == "BERKAS"
    page.check("[name=disposition][value=LANJUT]")
    assert page.input_value("#reason") == ""
    assert not page.locator("#reason_code").is_visible()


def test_pressing_twice_is_one_decision(live: LiveSite, enter: Enter) -> None:
    interview_id = seal(live, "hijau")
    page = opened(enter, interview_id)
    page.locator("[data-offered]").dblclick()
    page.wait_for_url("**/queue")
    assert head_of(live.database, interview_id).version == 2


def test_U40_further_answers_are_version_2_beside_version_1(live: LiveSite, enter: Enter) -> None:
    interview_id = seal(live, "kuning")
    before = versions_of(live.database, interview_id)[0].answers
    page = opened(enter, interview_id)
    page.keyboard.press("Tab")
    assert focus(page) == "Tambah jawaban"
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-supplement]")
    page.keyboard.press("1")
    page.locator("[id='answers.PK-06']").focus()
    page.keyboard.press("y")
    page.keyboard.type(NOTE)
    page.get_by_role("button", name="Segel jawaban tambahan").press("Enter")
    page.wait_for_selector("[data-reveal]")
    assert focus(page) == "Tampilkan hasil"
    page.keyboard.press("Enter")
    columns = page.locator(".columns > section").all_inner_texts()
    assert [text.splitlines()[0] for text in columns] == ["Jawaban versi 1", "Jawaban versi 2"]
    assert "Kuning" in columns[0]
    assert "Merah" in columns[1]
    first, second = versions_of(live.database, interview_id)
    assert first.answers == before
    assert '"PK-06":"ya"' in second.answers


def test_U41_the_printed_notice_holds_no_result(live: LiveSite, enter: Enter) -> None:
    interview_id = seal(live, "merah", **MISSING)
    page = opened(enter, interview_id)
    page.locator("[data-offered]").press("Enter")
    page.wait_for_url("**/queue")
    page.goto(f"{live.url}/interviews/{interview_id}/notice")
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    assert text.index("Kementerian Imigrasi") < 200
    for word in ("Antrean", "merah", "Inteldakim", "Rujuk", "poin", "PK-06", "diancam"):
        assert word.lower() not in text.lower()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_pages_after_the_seal_hold_the_reading_aids(live: LiveSite, enter: Enter) -> None:
    interview_id = seal(live, "kuning")
    visitor = enter("officer")
    for path in ("", "/further", "/correction", "/papers", "/void", "/notice"):
        page = visitor.open(f"/interviews/{interview_id}{path}")
        if not path:
            page.keyboard.press("Enter")
        assert visitor.axe_faults() == [], path
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 720})
            assert visitor.overflow() <= 0, (path, width)
        page.set_viewport_size({"width": 1280, "height": 720})
    visitor.open(f"/interviews/{interview_id}").keyboard.press("Enter")
    assert visitor.hidden_stops() == []


def test_everything_works_without_scripts(live: LiveSite, enter: Enter) -> None:
    interview_id = seal(live, "hijau")
    page = enter("officer", java_script_enabled=False).open(f"/interviews/{interview_id}")
    page.click("summary:has-text('Tampilkan hasil')")
    page.click("button:has-text('Catat: Dilanjutkan')")
    page.wait_for_url("**/queue")
    assert head_of(live.database, interview_id).disposition == "LANJUT"
