"""What the interview opens and closes: gates, notes, parts, and what an onlooker may see."""

import json
import re

from playwright.sync_api import Page, Response

from checklist.loading import load
from tests.browser.desk import Desk, Enter, begin
from tests.browser.live import LiveSite
from tests.support.sealed import versions_of

FOLLOW_UPS = ("PK-02", "DC-04", "DC-05", "FN-01", "FN-02", "FN-03")
RESULT_WORDS = re.compile(
    r"\bhijau\b|\bkuning\b|\bmerah\b|band_max|\"band\"|\bpoin\b|points|\bfired\b", re.IGNORECASE
)
COLOURS = """() => {
  const seen = new Set();
  for (const one of document.querySelectorAll("main *, .strip *, .foot *")) {
    if (!one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    seen.add(style.color).add(style.backgroundColor);
  }
  return [...seen].sort();
}"""
STORAGE = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const store of database.objectStoreNames) {
      const entries = await new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      });
      found.push(JSON.stringify(entries, (_, value) =>
        value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value));
    }
    database.close();
  }
  return found.join("\\n");
}"""


def test_U13_a_gate_opens_its_questions_or_answers_for_them(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    assert not desk.row("PK-02").is_visible()
    desk.ask("GT-1")
    desk.keys.press("y")
    desk.settled("answers.PK-02")
    for code in FOLLOW_UPS:
        desk.page.wait_for_function(
            "code => getComputedStyle(document.getElementById(`q-${code}`)).opacity === '1'",
            arg=code,
        )
    assert not desk.row("FN-04").is_visible()
    desk.keys.press("t")
    desk.settled("answers.DC-04")
    desk.ask("GT-1")
    desk.keys.press("t")
    desk.settled("answers.GT-3")
    assert not desk.row("PK-02").is_visible()
    assert desk.page.locator("#others").is_hidden()


def test_U13_what_a_gate_answers_is_sealed_as_set_by_the_gate(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.type("1yyyyttttbtyttyt")
    desk.settled("officer_judgement")
    desk.keys.press("1", "Enter")
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    (version,) = versions_of(live.database, desk.page.url.rpartition("/")[2])
    answers, marked = json.loads(version.answers), set(version.set_by_gate.split())
    for gate, word in (("GT-1", "tidak"), ("GT-3", "td")):
        behind = [code for code in load().gates[gate].indicators if code in answers]
        assert len(behind) > 2
        assert set(behind) <= marked
        assert {answers[code] for code in behind} == {word}
    assert not marked & {"TP-03", "TP-09", "ID-06"}


def test_U14_closing_a_gate_keeps_what_was_answered(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("GT-1")
    desk.keys.type("yttt")
    desk.settled("answers.FN-01")
    desk.ask("GT-1")
    desk.keys.press("t")
    line = desk.row("GT-1").locator("[data-unused]")
    assert line.inner_text() == "3 jawaban disimpan tetapi tidak dipakai"
    desk.ask("GT-1")
    desk.keys.press("y")
    desk.settled("answers.FN-01")
    assert [desk.stored(code) for code in FOLLOW_UPS[:3]] == ["tidak"] * 3
    assert line.is_hidden()


def test_U15_an_adverse_answer_asks_for_a_note_and_is_not_sealed_without(
    live: LiveSite, enter: Enter
) -> None:
    desk = begin(live, enter)
    desk.journey()
    desk.keys.type("1yt")
    desk.settled("notes.TP-05")
    desk.keys.press("Enter")
    desk.settled("answers.TP-06")
    desk.keys.type("yyttttttyttyt")
    desk.keys.type("ttt")
    desk.settled("officer_judgement")
    desk.keys.press("1", "Enter")
    desk.page.wait_for_selector(".errors")
    sentence = "Tulis apa yang dikatakan atau terlihat (sedikitnya 10 huruf)"
    assert f"{sentence}: tidak mengetahui biro" in desk.page.inner_text(".errors")
    assert f"{sentence}." in desk.row("TP-05").inner_text()
    assert desk.page.locator("[id='notes.TP-05']").is_visible()
    assert desk.page.get_attribute("[id='notes.TP-05']", "aria-invalid") == "true"


def test_weak_adverse_answers_ask_for_no_note(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-15")
    desk.keys.press("y")
    assert desk.stored("TP-15") == "ya"
    assert not desk.page.locator("[id='notes.TP-15']").is_visible()


def test_U16_questions_follow_the_departure_and_what_is_in_order(
    live: LiveSite, enter: Enter
) -> None:
    desk = begin(live, enter)
    desk.journey(day="200127")
    desk.settled("documents.SURAT-PPIU")
    assert not desk.row("TP-03").is_visible()
    desk.keys.type("1yyyttttttyttyt")
    desk.settled("officer_judgement")
    desk.page.wait_for_selector("[data-part=G]", state="hidden")
    desk.ask("TP-08")
    desk.keys.press("b")
    desk.settled("answers.PL-02")
    desk.page.wait_for_selector("[data-part=G]", state="visible")
    desk.ask("TP-08")
    desk.keys.press("y")
    desk.page.wait_for_selector("[data-part=G]", state="hidden")
    desk.page.fill("#stay_days", "75")
    desk.page.locator("#stay_days").press("Enter")
    desk.page.wait_for_selector("[data-part=G]", state="visible")


def test_U17_the_private_part_opens_when_it_is_reached(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    part = desk.page.locator("[data-part=E]")
    assert "Bila ada pendamping, persilakan menunggu sebelum bagian ini." in part.inner_text()
    assert "ancaman" not in desk.page.inner_text("body")
    desk.ask("GT-1")
    desk.keys.press("t")
    desk.settled("answers.GT-3")
    assert "ancaman" in part.inner_text()
    heading = part.locator("p").first.bounding_box()
    question = desk.row("GT-3").bounding_box()
    assert heading
    assert question
    assert heading["y"] < question["y"]


def test_U18_before_the_seal_nothing_tells_of_a_result(live: LiveSite, enter: Enter) -> None:
    bodies: list[str] = []

    def keep(response: Response) -> None:
        if "/static/" not in response.url and response.status < 300:
            bodies.append(response.text())

    desk = begin(live, enter)
    desk.page.on("response", keep)
    adverse(desk)
    desk.saved()
    desk.page.reload()
    desk.wait()
    told = [desk.page.content(), desk.page.title(), desk.page.evaluate(STORAGE), *bodies]
    assert len(bodies) >= 2
    assert [RESULT_WORDS.findall(text) for text in told] == [[]] * len(told)
    assert "Pak Munir" not in desk.page.evaluate(STORAGE)


def test_U19_adverse_and_clean_drafts_look_alike(live: LiveSite, enter: Enter) -> None:
    clean = begin(live, enter)
    clean.journey()
    clean.keys.type("1yyyyttttttyttyt")
    clean.settled("officer_judgement")
    grave = begin(live, enter)
    adverse(grave)
    grave.keys.press("Control+Enter")
    grave.settled("officer_judgement")
    assert colours(clean.page) == colours(grave.page)
    assert "Pak Munir" not in grave.page.inner_text("body")
    assert grave.page.locator("[data-note] textarea:visible").count() == 0
    assert "Catatan ditulis" in grave.page.inner_text("body")


def test_the_fact_of_the_last_answer_stands_alone(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("TP-05")
    desk.keys.press("y")
    desk.settled("answers.TP-06")
    assert desk.row("TP-05").inner_text().endswith("Mengetahui biro dan jadwalnya.")
    desk.keys.press("y")
    desk.settled("answers.TP-08")
    assert desk.page.locator("[data-fact]:visible").count() == 1
    assert desk.row("TP-06").locator("[data-fact]").is_visible()


def test_papers_and_questions_follow_the_purpose(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.page.select_option("#purpose", "KEL")
    assert not desk.row("SURAT-PPIU").is_visible()
    assert desk.row("SURAT-JAMINAN").is_visible()
    assert "keluarga yang dikunjungi" in desk.row("TP-07").inner_text()
    desk.page.select_option("#purpose", "WIS")
    assert desk.page.locator("[data-part=B]").is_hidden()


def test_kinds_of_yes_have_keys_of_their_own(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    desk.ask("GT-4")
    desk.keys.press("y")
    desk.settled("answers.ID-02")
    desk.keys.press("4")
    desk.settled("answers.ID-03")
    desk.keys.type("tt")
    desk.settled("answers.ID-05")
    desk.keys.press("y")
    assert "Tekan 4 atau 5" in desk.page.inner_text("[data-announce]")
    desk.keys.press("5")
    desk.settled("notes.ID-05")
    assert (desk.stored("ID-02"), desk.stored("ID-05")) == ("ejaan", "identitas_berbeda")


def test_the_browser_routes_as_the_server_does(live: LiveSite, enter: Enter) -> None:
    desk = begin(live, enter)
    adverse(desk)
    desk.saved()
    shown = "() => [...document.querySelectorAll('[data-code]')].filter((row) => !row.hidden && !('closed' in row.dataset)).map((row) => row.dataset.code)"
    by_script = desk.page.evaluate(shown)
    html = desk.visitor.context.request.get(desk.page.url).text()
    rows = re.findall(r'data-code="([A-Z0-9-]+)"[^>]*?( hidden| data-closed)?>', html)
    assert json.dumps(by_script) == json.dumps([code for code, shut in rows if not shut])


def adverse(desk: Desk) -> None:
    """Answer everything so that much stands out, with a note for each."""
    note = "Kata pemohon diurus Pak Munir."
    desk.journey(stay="75")
    desk.keys.press("3")
    while True:
        desk.page.wait_for_selector("form[data-ready]:not([data-busy])")
        focus = desk.focus
        if focus == "officer_judgement":
            break
        if focus.startswith("notes."):
            desk.page.keyboard.insert_text(note)
            desk.keys.press("Enter")
        elif focus.startswith("third_parties."):
            desk.keys.press("Enter")
        elif focus == "answers.ID-05":
            desk.keys.press("t")
        else:
            is_reversed = desk.page.evaluate(
                "() => document.activeElement.closest('fieldset').querySelector('[data-key=y]').value === 'tidak'"
            )
            desk.keys.press("t" if is_reversed else "y")
    desk.keys.press("3")
    desk.settled("judgement_reason")
    desk.page.keyboard.insert_text("Perlu diperiksa Inteldakim.")


def colours(page: Page) -> list[str]:
    page.evaluate("document.activeElement.blur()")
    for field in page.locator("[data-fact]:visible").all():
        field.evaluate("(line) => { line.hidden = true; }")
    return list(page.evaluate(COLOURS))
