"""The keyboard of the interview: one key per answer, and nothing where no key belongs."""

import pytest

from tests.browser.desk import Desk, Enter, begin, prefer
from tests.browser.live import Keys, LiveSite

CLEAN = {
    "UMR": ("ar", "12", "1", "yyyyttttttyttyt"),
    "WIS": ("si", "5", "", "yyyttttttyttyt"),
    "KEL": ("ma", "21", "11", "yyyyttttttyttyt"),
}


def clean(desk: Desk, purpose: str) -> None:
    country, stay, papers, answers = CLEAN[purpose]
    desk.journey(country=country, stay=stay)
    desk.keys.type(papers)
    desk.keys.type(answers)
    desk.settled("officer_judgement")


@pytest.mark.parametrize("purpose", ["UMR", "WIS", "KEL"])
def test_U05_U06_a_clean_interview_takes_at_most_36_keys(
    live: LiveSite, enter: Enter, purpose: str
) -> None:
    desk = begin(live, enter, purpose=purpose)
    clean(desk, purpose)
    desk.keys.press("1", "Enter")
    decide(desk)
    assert desk.keys.count <= 36


def test_U07_a_serious_interview_takes_at_most_62_keys_beside_text(
    live: LiveSite, enter: Enter
) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.press("1")
    texts = 0
    # TP-05, then GT-1 with PK-02, DC-04, DC-05 and FN-03: each takes a note.
    for answer in ("y", "T", *"yytt", *"ty", *"YYYttYtt"):
        desk.keys.press(answer.lower())
        if answer.isupper():
            texts += write(desk, "Kata pemohon diurus Pak Munir di Omben.")
    desk.settled("third_parties.0.role")
    desk.keys.press("3")
    for text in ("Pak Munir", "0877501233", "", ""):
        desk.keys.type(text)
        desk.keys.press("Enter")
        texts += len(text)
    desk.settled("answers.PK-05")
    desk.keys.press("y")
    texts += write(desk, "Dilarang menyebut akan bekerja.")
    for answer in "ttyttytttt":
        desk.keys.press(answer)
    desk.settled("officer_judgement")
    desk.keys.press("3")
    reason = "Perekrut mengatur jawaban pemohon."
    desk.keys.type(reason)
    desk.keys.press("Enter", "Enter")
    decide(desk)
    assert desk.keys.count - texts - len(reason) <= 62


def decide(desk: Desk) -> None:
    """Show the result and record the decision that agrees with the judgement."""
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    desk.page.wait_for_function("() => document.activeElement.matches('summary')")
    desk.keys.press("Enter")
    desk.page.wait_for_function("() => document.activeElement.matches('[data-result]')")
    while not desk.page.evaluate("document.activeElement.matches('[data-offered]')"):
        desk.keys.press("Tab")
    desk.keys.press("Enter")
    desk.page.wait_for_url("**/queue")


def write(desk: Desk, note: str) -> int:
    """Write a note into the field that has opened; returns how many letters it has."""
    desk.page.wait_for_function("() => document.activeElement.matches('textarea')")
    desk.keys.type(note)
    desk.keys.press("Enter")
    return len(note)


def test_U08_letters_store_what_they_say_and_go_on(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.press("1")
    desk.settled("answers.TP-03")
    for key, code, stored, following in (
        ("Y", "TP-03", "tidak", "answers.TP-05"),
        ("1", "TP-05", "tidak", "answers.TP-06"),
        ("?", "TP-06", "td", "answers.TP-08"),
        ("b", "TP-08", "td", "answers.TP-09"),
        ("T", "TP-09", "tidak", "answers.TP-10"),
        ("2", "TP-10", "tidak", "answers.GT-2"),
        ("3", "GT-2", "td", "answers.GT-1"),
        ("/", "GT-1", "td", "answers.GT-3"),
        ("t", "GT-3", "tidak", "answers.GT-4"),
        ("t", "GT-4", "tidak", "answers.ID-06"),
        ("y", "ID-06", "tidak", "answers.RW-01"),
    ):
        desk.keys.press(key)
        desk.settled(following)
        assert desk.stored(code) == stored


def test_U09_arrows_and_space_choose_without_moving(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-09")
    desk.keys.press("Space")
    assert (desk.stored("TP-09"), desk.focus) == ("ya", "answers.TP-09")
    desk.keys.press("ArrowRight")
    assert (desk.stored("TP-09"), desk.focus) == ("tidak", "answers.TP-09")
    desk.keys.press("ArrowDown")
    assert (desk.stored("TP-09"), desk.focus) == ("td", "answers.TP-09")


def test_U10_letters_do_nothing_elsewhere(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.page.evaluate("document.activeElement.blur()")
    desk.keys.type("ytb123")
    desk.page.locator("#destination").focus()
    desk.keys.type("ytb")
    assert desk.page.locator("#interview input[type=radio]:checked").count() == 0
    assert desk.page.input_value("#destination") == "ytb"


def test_U10_letters_can_be_switched_off(live: LiveSite, enter: Enter) -> None:
    prefer(live, "officer2", single_keys=False)
    desk = begin(live, enter, username="officer2")
    desk.ask("TP-09")
    desk.keys.type("ytb1n]")
    assert (desk.stored("TP-09"), desk.focus) == (None, "answers.TP-09")
    assert "Tombol huruf dimatikan" in desk.page.inner_text(".foot")
    desk.keys.press("Space", "Tab")
    assert (desk.stored("TP-09"), desk.focus) == ("ya", "notes.TP-09")


def test_U11_backspace_goes_back_and_delete_clears(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-09")
    desk.keys.press("t")
    desk.settled("answers.TP-10")
    desk.keys.press("Backspace")
    desk.settled("answers.TP-09")
    assert desk.stored("TP-09") == "tidak"
    desk.keys.press("Delete")
    desk.settled("answers.TP-09")
    assert desk.stored("TP-09") is None


def test_U12_a_held_key_answers_once(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-09")
    for _ in range(6):
        desk.page.keyboard.down("t")
    desk.page.keyboard.up("t")
    desk.settled("answers.TP-10")
    assert [desk.stored(code) for code in ("TP-09", "TP-10", "GT-2")] == ["tidak", None, None]


def test_parts_notes_guidance_and_review_have_keys(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-09")
    desk.keys.press("]")
    desk.settled("answers.GT-2")
    desk.keys.press("[")
    desk.settled("answers.TP-03")
    desk.keys.press("n")
    desk.settled("notes.TP-03")
    desk.keys.type("Pulang 1 Januari.")
    desk.keys.press("Escape")
    desk.settled("answers.TP-03")
    assert desk.row("TP-03").locator("[data-noted]").is_visible()
    desk.keys.press("g")
    assert "Jadwal pulang pada surat biro" in desk.page.inner_text("[data-announce]")
    assert desk.focus == "answers.TP-03"
    desk.keys.press("Control+Enter")
    desk.settled("documents.SURAT-PPIU")


def test_without_advance_the_focus_stays(live: LiveSite, enter: Enter) -> None:
    prefer(live, "officer-k002", auto_advance=False)
    number = live.book(office="K002")
    desk = Desk(visitor := enter("officer-k002"), Keys(visitor.page))
    visitor.open(f"/interviews/new?application={number}")
    desk.wait()
    desk.ask("TP-09")
    desk.keys.press("t")
    assert (desk.stored("TP-09"), desk.focus) == ("tidak", "answers.TP-09")


def test_tabbing_alone_does_everything(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.page.locator("#stay_days").focus()
    desk.keys.type("12")
    desk.keys.press("Tab", "Space")
    assert desk.focus == "documents.SURAT-PPIU"
    desk.keys.press("Tab", "Space")
    assert desk.focus == "answers.TP-03"
    assert desk.stored("TP-03") == "tidak"
