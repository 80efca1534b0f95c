"""The frame before a real browser: keyboard, reading aids, small screens, the policy."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visitor

Visit = Callable[..., Visitor]

PAGES = ("/login", "/me", "/guide", "/nowhere")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_U55_no_accessibility_rule_is_broken(visit: Visit, path: str, language: str) -> None:
    visitor = visit(None if path == "/login" else "officer")
    page = visitor.open(path)
    if language == "en":
        page.click(".language button")
        page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == language
    assert visitor.axe_faults() == []


def test_U55_errors_and_menus_break_no_rule(visit: Visit) -> None:
    visitor = visit("officer")
    page = visitor.open("/me")
    page.click(".who summary")
    assert visitor.axe_faults() == []
    page.keyboard.press("Escape")
    page.fill("#current", "bukan sandinya")
    page.fill("#new", "pendek")
    page.click("text=Ganti kata sandi")
    page.wait_for_load_state()
    assert page.title() == "Perbaiki: Akun saya - SIAGA"
    assert visitor.axe_faults() == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 640])
def test_U56_small_screens_need_no_sideways_scroll(visit: Visit, path: str, width: int) -> None:
    visitor = visit(None if path == "/login" else "officer", width=width)
    visitor.open(path)
    assert visitor.overflow() <= 0


@pytest.mark.parametrize("path", ["/login", "/me", "/guide"])
def test_U56_wide_text_spacing_hides_nothing(visit: Visit, path: str) -> None:
    visitor = visit(None if path == "/login" else "officer", width=640)
    page = visitor.open(path)
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    assert visitor.overflow() <= 0
    clipped = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, a, label, h1, h2, p")]
          .filter((one) => one.offsetParent && !one.closest(".visually-hidden"))
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
          .filter((one) => getComputedStyle(one).display !== "inline")
          .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert clipped == []


@pytest.mark.parametrize("path", ["/login", "/me", "/guide"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_tab_stop_can_be_seen(visit: Visit, path: str, width: int) -> None:
    visitor = visit(None if path == "/login" else "officer", width=width)
    visitor.open(path)
    assert visitor.hidden_stops() == []


def test_the_first_stop_leads_to_the_content(visit: Visit) -> None:
    page = visit("officer").open("/me")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_sign_in_needs_the_keyboard_only(visit: Visit) -> None:
    page = visit().open("/login")
    page.keyboard.type("officer")
    page.keyboard.press("Tab")
    page.keyboard.type("sandi-uji-siaga-2026")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    assert "Pegawai officer" in page.inner_text(".who")


def test_U32_a_refused_sign_in_puts_the_focus_on_the_summary(visit: Visit) -> None:
    page = visit().open("/login")
    page.fill("#username", "officer")
    page.fill("#password", "sandi yang lain")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errors")
    assert page.evaluate("document.activeElement.className") == "errors"
    page.click(".errors a")
    assert page.evaluate("document.activeElement.id") == "username"


def test_a_password_can_be_shown_and_hidden(visit: Visit) -> None:
    page = visit().open("/login")
    page.fill("#password", "terlihat")
    page.click("text=Tampilkan")
    assert page.get_attribute("#password", "type") == "text"
    page.click("text=Sembunyikan")
    assert page.get_attribute("#password", "type") == "password"


def test_the_connection_is_a_word(visit: Visit) -> None:
    visitor = visit("officer")
    page = visitor.open("/me")
    assert page.inner_text("[data-net-word]") == "Daring"
    visitor.context.set_offline(True)
    page.wait_for_function("document.querySelector('[data-net-word]').textContent === 'Luring'")
    assert page.is_visible("[data-offline-strip]")
    page.evaluate("dispatchEvent(new CustomEvent('siaga:waiting', { detail: { count: 3 } }))")
    assert page.inner_text("[data-net-word]") == "Luring, 3 menunggu"
    visitor.context.set_offline(False)
    page.wait_for_function("document.querySelector('[data-offline-strip]').hidden")


def test_the_large_text_size_is_larger(visit: Visit) -> None:
    page = visit("officer").open("/me")
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    assert page.evaluate(size) == 16
    page.check("text=Besar")
    page.click("text=Simpan pengaturan")
    page.wait_for_selector(".receipt")
    assert page.evaluate(size) == 18


def test_the_page_works_without_scripts(visit: Visit) -> None:
    visitor = visit("officer", java_script_enabled=False)
    page = visitor.open("/me")
    page.check("text=Besar")
    page.click("text=Simpan pengaturan")
    assert page.get_attribute("html", "data-text") == "large"
    page.click(".who summary")
    page.click("text=Keluar")
    page.wait_for_url("**/login*")
    assert page.title() == "Masuk - SIAGA"
    assert "Anda sudah keluar." in page.inner_text("main")


def test_after_sign_out_the_back_button_shows_nothing(visit: Visit) -> None:
    """SESS-09."""
    page = visit("officer").open("/me")
    page.click(".who summary")
    page.click("text=Keluar")
    page.wait_for_selector("#password")
    page.go_back()
    page.wait_for_load_state()
    assert page.query_selector(".who") is None
    assert page.title() == "Masuk - SIAGA"


@pytest.mark.parametrize("path", ["/me", "/login"])
def test_targets_are_large_enough(visit: Visit, path: str) -> None:
    page = visit(None if path == "/login" else "officer", width=390).open(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, summary")]
          .filter((one) => one.offsetParent && !one.closest(".visually-hidden, p, .skip"))
          .map((one) => [one, (one.closest("label") || one).getBoundingClientRect()])
          .filter(([one, box]) => box.width && (box.width < 24 || box.height < 24))
          .map(([one]) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_paper_shows_open_tables_but_never_a_closed_result(visit: Visit) -> None:
    page = visit("officer").open("/me")
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
          `<details class="more" id="table"><summary>Tabel</summary><p>12</p></details>
           <details class="more more--button" id="result"><summary>Hasil</summary><p>rahasia</p>
           </details>`)"""
    )
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#table p")
    assert not page.is_visible("#result p")
    assert not page.is_visible("#result summary")
    assert not page.is_visible("header")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.evaluate("document.querySelector('#table').open")
