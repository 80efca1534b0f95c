"""Nothing is lost: the device, the server, the network, other tabs, a covered screen."""

import re
from datetime import timedelta

from playwright.sync_api import Page, Route
from sqlalchemy import select

from profiling.records import Interview
from profiling.services import drafts, signin
from tests.browser.desk import Enter, begin
from tests.browser.live import Keys, LiveSite
from tests.browser.visitor import watch
from tests.support.databases import PASSWORD

KEPT_WITH_FOCUS = """() => {
  window.order = [];
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (value.cipher) this.transaction.addEventListener("complete", () => window.order.push("kept"));
    return put.call(this, value, key);
  };
  document.querySelector("#interview").addEventListener("focusin", () => window.order.push("moved"));
}"""
DEVICE_COPY = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("siaga-drafts");
    request.onsuccess = () => resolve(request.result);
  });
  const all = await new Promise((resolve) => {
    const request = database.transaction("entries").objectStore("entries").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  return all.map((entry) => [entry.isSent, new TextDecoder().decode(entry.cipher)]);
}"""


def test_U20_each_answer_is_on_the_device_before_the_focus_moves(
    live: LiveSite, enter: Enter
) -> None:
    desk = begin(live, enter)
    desk.ask("TP-05")
    desk.page.evaluate(KEPT_WITH_FOCUS)
    for key, following in (("y", "TP-06"), ("t", None)):
        desk.keys.press(key)
        desk.settled(f"answers.{following}" if following else "notes.TP-06")
    order = desk.page.evaluate("window.order")
    assert order[:2] == ["kept", "moved"]


def test_U25_a_fresh_page_takes_keys_before_it_has_the_key_of_the_device(
    live: LiveSite, enter: Enter
) -> None:
    visitor = enter()
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    visitor.page.route("**/device-key", hold)
    with visitor.page.expect_request("**/device-key"):
        page = visitor.open(f"/interviews/new?application={live.book()}")
        page.wait_for_selector("form[data-ready]")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-busy]")
    assert page.evaluate(DEVICE_COPY) == []
    asked[0].continue_()
    page.wait_for_selector("#destination:focus")
    assert len(page.evaluate(DEVICE_COPY)) == len(asked) == 1


def test_a_device_key_that_was_not_to_be_had_is_asked_for_again(
    live: LiveSite, enter: Enter
) -> None:
    visitor = enter()
    visitor.page.route("**/device-key", lambda route: route.abort(), times=1)
    with visitor.page.expect_event("requestfailed"):
        page = visitor.open(f"/interviews/new?application={live.book()}")
        page.wait_for_selector("form[data-ready]")
    assert page.evaluate(DEVICE_COPY) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#destination:focus")
    saved(page)
    assert len(page.evaluate(DEVICE_COPY)) == 1
    visitor.complaints.clear()


def test_U20_a_killed_tab_comes_back_whole(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.page.route("**/draft", lambda route: route.abort())
    desk.journey()
    desk.keys.type("1yt")
    desk.settled("notes.TP-05")
    desk.page.keyboard.insert_text("Nama biro akan dikabari lewat telepon.")
    desk.keys.press("Enter")
    desk.settled("answers.TP-06")
    address = desk.page.url
    assert server_fields(live, address) == {}
    desk.page.close()
    page = desk.visitor.context.new_page()
    watch(desk.visitor, page)
    page.goto(address)
    page.wait_for_selector("form[data-ready]")
    assert page.input_value("#destination") == "Arab Saudi"
    assert page.locator("[name='answers.TP-05']:checked").get_attribute("value") == "ya"
    assert page.input_value("[id='notes.TP-05']") == "Nama biro akan dikabari lewat telepon."
    assert page.evaluate("document.activeElement.name") == "answers.TP-06"
    saved(page)
    assert server_fields(live, address)["answers.TP-05"] == "ya"


def test_the_device_holds_ciphertext_only_for_its_account(live: LiveSite, enter: Enter) -> None:
    """CACHE-03."""
    desk = begin(live, enter)
    desk.journey()
    desk.saved()
    ((is_sent, cipher),) = desk.page.evaluate(DEVICE_COPY)
    assert is_sent
    assert "Arab Saudi" not in cipher
    assert desk.page.evaluate(
        "async () => (await indexedDB.databases()).map((one) => one.name).sort()"
    ) == ["siaga-drafts", "siaga-keys"]
    desk.page.locator(".who > summary").click()
    desk.page.locator("[data-sign-out] button").click()
    desk.page.wait_for_url("**/login")
    names = "async () => (await indexedDB.databases()).map((one) => one.name)"
    assert desk.page.evaluate(names) == ["siaga-drafts"]


def test_what_the_server_holds_is_restored_on_another_device(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.press("1")
    desk.saved()
    address = desk.page.url
    desk.page.close()
    other = enter("officer")
    page = other.open(address.removeprefix(live.url))
    page.wait_for_selector("form[data-ready]")
    assert page.input_value("#stay_days") == "12"
    assert page.evaluate("document.activeElement.name") == "answers.TP-03"


def test_U21_a_second_tab_is_refused_and_may_take_over(live: LiveSite, enter: Enter) -> None:
    before = sealed_ids(live)
    desk = begin(live, enter)
    desk.journey()
    desk.keys.press("1")
    desk.settled("answers.TP-03")
    second = desk.visitor.context.new_page()
    watch(desk.visitor, second)
    second.goto(desk.page.url)
    second.wait_for_selector("[data-elsewhere]:visible")
    words = second.inner_text("[data-elsewhere]")
    assert "Wawancara ini sedang terbuka di tab lain. Pindahkan ke sini?" in words
    assert second.locator("#interview").is_hidden()
    second.keyboard.press("Enter")
    second.wait_for_selector("form[data-ready]")
    assert second.input_value("#stay_days") == "12"
    assert desk.page.locator("[data-elsewhere]").is_visible()
    keys = Keys(second)
    keys.type("yyyyttttttyttyt")
    second.wait_for_function("() => document.activeElement.name === 'officer_judgement'")
    keys.press("1", "Enter")
    second.wait_for_selector("h1:has-text('Sudah disegel')")
    desk.page.reload()
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    assert len(sealed_ids(live) - before) == 1


def test_offline_the_interview_goes_on_and_sealing_waits(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.visitor.context.set_offline(True)
    assert "Luring. Wawancara tetap bisa diisi; penyegelan menunggu jaringan." in (
        desk.page.inner_text("[data-offline-strip]")
    )
    desk.journey()
    desk.keys.type("1yyyyttttttyttyt")
    desk.settled("officer_judgement")
    desk.page.wait_for_selector("[data-save-word]:has-text('Tersimpan di perangkat')")
    desk.keys.press("1", "Enter")
    # Keys wait for the device's storage: the press must be refused before the network is back.
    desk.page.wait_for_selector("[data-announce]:has-text('Menunggu jaringan')", state="attached")
    assert desk.page.inner_text("[data-seal]") == "Menunggu jaringan"
    assert desk.page.get_attribute("[data-seal]", "aria-disabled") == "true"
    desk.visitor.context.set_offline(False)
    desk.saved()
    assert "Daring kembali" in desk.page.inner_text("[data-announce]")
    desk.page.locator("[data-seal]").click()
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")


def test_a_lost_save_is_told_once_and_repeated(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    lost: list[str] = []
    desk.page.route("**/draft", lambda route: (lost.append("x"), route.abort()))
    desk.ask("TP-09")
    desk.keys.press("t")
    desk.page.wait_for_selector("[data-announce]:has-text('Belum tersimpan di server.')")
    assert "Tersimpan di perangkat" in desk.page.inner_text("[data-save-word]")
    desk.page.unroute("**/draft")
    desk.saved()
    assert lost


def test_another_devices_answers_are_not_overwritten(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-09")
    desk.keys.press("t")
    desk.saved()
    overwrite(live, desk.page.url, {"answers.TP-09": "td"})
    desk.keys.press("t")
    desk.page.wait_for_selector("[data-conflict]:visible")
    assert "Pakai yang sudah tersimpan" in desk.page.inner_text("[data-conflict]")
    desk.page.locator("[data-use-stored]").click()
    desk.page.wait_for_selector("form[data-ready]")
    desk.page.wait_for_function(
        "() => document.querySelector(\"[name='answers.TP-09']:checked\")?.value === 'td'"
    )


def test_U28_F9_covers_everything_and_the_password_uncovers(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.settled("documents.SURAT-PPIU")
    desk.keys.press("F9")
    body = desk.page.inner_text("body")
    assert "Layar ditutup sementara" in body
    assert not re.search(r"Siti Uji|Arab Saudi|2026-0", body)
    desk.keys.type("ytb")
    desk.keys.press("Enter")
    desk.page.wait_for_selector("#unlock-error:visible")
    assert "Kata sandi tidak cocok." in desk.page.inner_text("[data-cover]")
    desk.page.keyboard.insert_text(PASSWORD)
    desk.keys.press("Enter")
    desk.page.wait_for_selector("[data-cover]", state="hidden")
    assert desk.focus == "documents.SURAT-PPIU"
    assert desk.page.input_value("#destination") == "Arab Saudi"


def test_an_idle_screen_covers_itself(live: LiveSite, enter: Enter) -> None:
    number = live.book()
    visitor = enter()
    visitor.page.clock.install()
    page = visitor.open(f"/interviews/new?application={number}")
    page.wait_for_selector("form[data-ready]")
    page.clock.fast_forward(9 * 60_000)
    page.keyboard.press("Tab")
    page.clock.fast_forward(9 * 60_000)
    assert page.locator("[data-cover]").is_hidden()
    page.clock.fast_forward(2 * 60_000)
    page.wait_for_selector("[data-cover]:visible")


def test_U33_pressing_twice_makes_one_record(live: LiveSite, enter: Enter) -> None:
    before = sealed_ids(live)
    desk = begin(live, enter)
    desk.journey()
    desk.keys.type("1yyyyttttttyttyt")
    desk.settled("officer_judgement")
    desk.keys.press("1")
    desk.page.evaluate(
        "() => { const b = document.querySelector('[data-seal]'); b.click(); b.click(); }"
    )
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    first, address = desk.page.inner_text("h1"), desk.page.url
    assert first.startswith("Sudah disegel. Nomor bukti")
    desk.page.go_back()
    desk.page.wait_for_load_state()
    desk.page.goto(address)
    assert desk.page.inner_text("h1") == first
    assert sealed_ids(live) - before == {address.rpartition("/")[2]}


def test_a_lost_answer_after_the_seal_makes_no_second_record(live: LiveSite, enter: Enter) -> None:
    before = sealed_ids(live)
    desk = begin(live, enter)
    desk.journey()
    desk.keys.type("1yyyyttttttyttyt")
    desk.settled("officer_judgement")
    address = desk.page.url

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        route.fetch(max_redirects=0)
        return route.abort()

    desk.page.route(address, lose)
    desk.keys.press("1", "Enter")
    desk.page.wait_for_selector("[data-announce]:has-text('Belum tersimpan')", state="attached")
    assert len(sealed_ids(live) - before) == 1
    desk.page.unroute(address)
    desk.page.locator("[data-seal]").press("Enter")
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    assert sealed_ids(live) - before == {address.rpartition("/")[2]}


def test_a_session_that_ended_keeps_the_draft(live: LiveSite, enter: Enter) -> None:
    """SESS-05."""
    desk = begin(live, enter)
    desk.ask("TP-08")
    desk.keys.press("t")
    desk.saved()
    live.pass_time(timedelta(hours=2))
    try:
        desk.ask("TP-09")
        desk.keys.press("t")
        desk.page.wait_for_selector("[data-announce]:has-text('Sesi Anda sudah berakhir.')")
        address = desk.page.url
        cookie = {"name": "siaga", "value": live.cookie("officer"), "url": live.url}
        desk.visitor.context.add_cookies([cookie])
        desk.page.goto(address)
        desk.wait()
        assert desk.stored("TP-09") == "tidak"
    finally:
        live.pass_time(-timedelta(hours=2))


def saved(page: Page) -> None:
    page.wait_for_function(
        "() => document.querySelector('[data-save-word]').textContent.startsWith('Tersimpan 1')"
    )


def sealed_ids(live: LiveSite) -> set[str]:
    """The interviews that are sealed by now."""
    with live.database.reading() as session:
        return set(session.scalars(select(Interview.id)))


def server_fields(live: LiveSite, address: str) -> dict[str, str]:
    """What the server holds of a draft."""
    with live.database.reading() as session:
        actor = signin.actor_named(session, "officer")
        return dict(drafts.read_draft(session, actor, address.rpartition("/")[2]).content)


def overwrite(live: LiveSite, address: str, content: dict[str, str]) -> None:
    """Save a draft as another device would."""
    draft_id = address.rpartition("/")[2]
    with live.database.transaction() as session:
        actor = signin.actor_named(session, "officer")
        revision = drafts.read_draft(session, actor, draft_id).revision
        drafts.save(session, actor, draft_id=draft_id, revision=revision, content=content)
