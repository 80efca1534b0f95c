"""The interview page as it looks and reads: fields, sizes, phones, zoom, axe, bytes."""

import pytest
from playwright.sync_api import Response

from tests.browser.desk import Desk, Enter, begin
from tests.browser.live import LiveSite
from tests.support.sheets import clean_sheet

REWRITTEN = """
window.rewritten = [];
new MutationObserver((seen) => {
  for (const { target, removedNodes } of seen) {
    if (removedNodes.length && target.matches("[data-ask], .q__no")) rewritten.push(target.textContent);
  }
}).observe(document, { childList: true, subtree: true });
"""


@pytest.mark.parametrize(
    "typed", ["2012", "201226", "20122026", "20/12/2026", "20-12-26", "20 des"]
)
def test_U23_dates_are_read_and_echoed(live: LiveSite, enter: Enter, typed: str) -> None:
    desk = begin(live, enter)
    desk.page.locator("#departure_date").focus()
    desk.keys.type(typed)
    desk.keys.press("Enter")
    desk.settled("stay_days")
    assert desk.page.inner_text("[data-echo=departure_date]") == "Minggu, 20 Desember 2026"


def test_U23_other_text_is_kept_and_explained(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.page.locator("#departure_date").focus()
    desk.keys.type("12/20/2026")
    desk.keys.press("Enter")
    assert desk.page.inner_text("[data-echo=departure_date]") == (
        "Tanggal belum terbaca. Contoh: 20-12-2026."
    )
    assert (desk.page.input_value("#departure_date"), desk.focus) == (
        "12/20/2026",
        "departure_date",
    )
    desk.page.fill("#departure_date", "?")
    desk.keys.press("Enter")
    desk.settled("stay_days")
    assert desk.page.inner_text("[data-echo=departure_date]") == "Belum ada tanggal"


def test_U24_no_number_fields(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    assert desk.page.locator("input[type=number]").count() == 0
    for name in ("stay_days", "applicant.nik", "applicant.kk_number", "passport.replacements_5y"):
        assert desk.page.get_attribute(f"[id='{name}']", "inputmode") == "numeric"


def test_U25_at_most_120_kilobytes_from_this_host_only(live: LiveSite, enter: Enter) -> None:
    number = live.book()
    visitor = enter()
    sizes: list[int] = []

    def weigh(response: Response) -> None:
        sizes.append(response.request.sizes()["responseBodySize"])

    visitor.page.on("requestfinished", lambda request: weigh(request.response()))
    page = visitor.open(f"/interviews/new?application={number}")
    page.wait_for_selector("form[data-ready]")
    page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes) <= 120_000


def test_U25_only_what_changes_is_written_anew(live: LiveSite, enter: Enter) -> None:
    visitor = enter()
    visitor.page.add_init_script(REWRITTEN)
    page = visitor.open(f"/interviews/new?application={live.book()}")
    page.wait_for_selector("form[data-ready]")
    assert page.evaluate("window.rewritten") == []
    page.select_option("#purpose", "WIS")
    page.wait_for_function("() => window.rewritten.length > 0")


def test_U26_a_clean_umrah_fits_and_every_stop_is_seen(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    assert height(desk) <= 1350
    desk.journey()
    desk.keys.type("1yyyyttttttyttyt")
    desk.settled("officer_judgement")
    assert height(desk) <= 1350
    assert desk.visitor.hidden_stops() == []


def test_U27_nothing_counts_time(live: LiveSite, enter: Enter) -> None:
    number = live.book()
    visitor = enter()
    visitor.page.clock.install()
    page = visitor.open(f"/interviews/new?application={number}")
    page.wait_for_selector("form[data-ready]")
    before = page.inner_text("body")
    page.clock.fast_forward(5 * 60_000)
    assert page.inner_text("body") == before
    assert "Mulai 10.38" in before


@pytest.mark.parametrize("width", [390, 320])
def test_U29_phones_scroll_down_only(live: LiveSite, enter: Enter, width: int) -> None:
    desk = begin(live, enter, width=width)
    desk.journey()
    desk.keys.type("1")
    desk.ask("GT-1")
    desk.keys.press("y")
    desk.settled("answers.PK-02")
    assert desk.visitor.overflow() <= 0
    heights = desk.page.evaluate(
        "() => [...document.querySelectorAll('.answer')].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    assert desk.row("PK-02").locator("summary").is_visible()


def test_U30_the_form_works_without_scripts(live: LiveSite, enter: Enter) -> None:
    number = live.book()
    visitor = enter(java_script_enabled=False)
    page = visitor.open(f"/interviews/new?application={number}")
    assert page.locator("[id='notes.TP-05']").is_visible()
    assert page.locator("#q-PK-02").is_visible()
    page.locator("[data-seal]").click()
    assert "Ada 20 hal yang perlu diperbaiki" in page.inner_text(".errors")
    for name, value in clean_sheet().items():
        if name.startswith(("answers.", "documents.", "officer_")):
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif name in ("destination", "departure_date", "stay_days"):
            page.locator(f"[name='{name}']").fill(value)
    page.locator("[data-seal]").click()
    page.wait_for_selector("h1:has-text('Sudah disegel')")


def test_U32_gaps_stand_in_a_focused_summary(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.type("1yyy")
    desk.settled("answers.TP-08")
    desk.page.check("[name=officer_judgement][value=lanjut]", force=True)
    desk.page.locator("[data-seal]").click()
    desk.page.wait_for_selector(".errors")
    desk.wait()
    assert desk.page.title().startswith("Perbaiki: ")
    assert desk.page.evaluate("document.activeElement.className") == "errors"
    desk.keys.press("Tab", "Enter")
    assert desk.focus == "answers.TP-08"
    desk.page.locator(".errors a[href='#answers.GT-3']").click()
    assert desk.row("GT-3").is_visible()
    assert desk.focus == "answers.GT-3"
    desk.ask("TP-08")
    assert desk.stored("TP-03") == "tidak"
    desk.keys.press("y")
    desk.settled("answers.TP-09")


def test_U32_going_back_after_a_refused_and_a_good_seal_asks_for_nothing(
    live: LiveSite, enter: Enter
) -> None:
    desk = begin(live, enter)
    address = desk.page.url
    desk.journey()
    desk.keys.type("1yyyyttttttyttyt")
    desk.settled("officer_judgement")
    desk.page.locator("[data-seal]").click()
    desk.page.wait_for_selector(".errors")
    desk.wait()
    assert desk.page.url == address
    assert "Pilih penilaian Anda: Lanjut, Perdalam, atau Rujuk." in desk.page.inner_text(".errors")
    desk.page.reload()
    desk.wait()
    assert desk.page.locator(".errors").count() == 0
    desk.page.check("[name=officer_judgement][value=lanjut]", force=True)
    desk.page.locator("[data-seal]").click()
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    answer = desk.page.go_back()
    assert answer is None or answer.ok
    desk.page.wait_for_selector("h1")
    assert desk.page.url.endswith("/queue")


@pytest.mark.parametrize("locale", ["id", "en"])
def test_U55_axe_finds_nothing_on_the_interview(live: LiveSite, enter: Enter, locale: str) -> None:
    desk = begin(live, enter)
    if locale == "en":
        desk.page.locator(".language button").click()
        desk.wait()
        assert "Departure date" in desk.page.inner_text("body")
    assert desk.visitor.axe_faults() == []
    desk.journey()
    desk.ask("GT-1")
    desk.keys.press("y")
    desk.settled("answers.PK-02")
    desk.keys.press("y")
    desk.settled("notes.PK-02")
    desk.page.locator("[data-open-identity]").click()
    assert desk.visitor.axe_faults() == []
    desk.keys.press("F9")
    assert desk.visitor.axe_faults() == []


def test_U56_zoom_and_text_spacing_clip_nothing(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter, width=640)
    assert desk.visitor.overflow() <= 0
    desk.visitor.context.close()
    wide = begin(live, enter)
    assert wide.visitor.clipped_by_spacing() == []


def test_the_identity_block_reads_dates_and_warns_about_the_nik(
    live: LiveSite, enter: Enter
) -> None:
    desk = begin(live, enter)
    desk.page.locator("[data-open-identity]").click()
    desk.settled("applicant.nik")
    desk.page.fill("[id='applicant.birth_date']", "020392")
    desk.page.locator("[id='applicant.birth_date']").press("Enter")
    assert desk.page.inner_text("[data-echo='applicant.birth_date']") == "Senin, 2 Maret 1992"
    desk.page.wait_for_selector("[data-echo='applicant.nik']:has-text('Periksa dulu salah ketik')")
    desk.page.select_option("[id='applicant.regency']", "35.27")
    desk.page.wait_for_function(
        "() => document.getElementById('applicant.district').options.length > 5"
    )
    desk.page.select_option("[id='applicant.district']", "35.27.01")
    desk.page.wait_for_function(
        "() => document.getElementById('applicant.village').options.length > 5"
    )


def test_a_child_is_named_in_the_strip(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.page.locator("[data-open-identity]").click()
    desk.page.fill("[id='applicant.birth_date']", "01-03-2012")
    desk.page.locator("[id='applicant.birth_date']").press("Enter")
    assert desk.page.inner_text("[data-age]") == ", Anak, 14 th"
    assert desk.row("AN-01").is_visible()
    assert not desk.row("ID-03").is_visible()


def test_parties_are_added_and_sealed(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("GT-2")
    desk.keys.press("y")
    desk.page.locator("[data-add-party]").click()
    desk.settled("third_parties.1.role")
    desk.keys.press("2")
    desk.settled("third_parties.1.name")
    desk.keys.type("Bu Lilik")
    desk.saved()
    desk.page.reload()
    desk.wait()
    assert desk.page.input_value("[id='third_parties.1.role']") == "agen"
    assert desk.page.input_value("[id='third_parties.1.name']") == "Bu Lilik"


def height(desk: Desk) -> int:
    return int(desk.page.evaluate("document.documentElement.scrollHeight"))
