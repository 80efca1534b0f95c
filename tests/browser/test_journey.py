"""One day at the office by keyboard alone, in Indonesian: counter, case desk, head of office."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.desk import Desk, Enter, begin
from tests.browser.live import LiveSite
from tests.browser.test_interview_keys import write
from tests.support.cases import case_of
from tests.support.databases import PASSWORD
from tests.support.sealed import head_of

_MOST_STOPS = 120
FINDING = "Izin biro dicocokkan dengan daftar; biro mengenal pemohon dan jadwalnya."
CLOSING = "Keterangan pemohon cocok dengan bukti yang diperiksa."


@dataclass
class Hands:
    """A person who only has a keyboard."""

    page: Page

    def at(self) -> str:
        """What stands on the control in focus: its words, or its name."""
        return str(
            self.page.evaluate(
                "(document.activeElement.innerText || document.activeElement.name || '').trim()"
            )
        )

    def to(self, words: str) -> "Hands":
        """Press Tab until the control with these words has the focus."""
        for _ in range(_MOST_STOPS):
            if self.at().startswith(words):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no stop says {words!r}; last: {self.at()!r}")

    def enter(self, heading: str) -> None:
        """Press Enter and arrive at the page with this heading."""
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"h1:has-text('{heading}')")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


def arrive(enter: Enter, username: str) -> Hands:
    """Sign in with name and password, as everybody does; the first page is that of the role."""
    page = enter(None).open("/login")
    hands = Hands(page)
    hands.write(username)
    page.keyboard.press("Tab")
    hands.write(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    return hands


def seal(desk: Desk) -> Hands:
    """Seal the interview, and open its result."""
    desk.page.wait_for_selector("h1:has-text('Sudah disegel')")
    hands = Hands(desk.page)
    assert hands.at() == "Tampilkan hasil"
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_function("document.activeElement.matches('[data-result]')")
    return hands


def postpone(live: LiveSite, enter: Enter) -> str:
    """Interview somebody whose letter is missing; the rules raise nothing else."""
    desk = begin(live, enter)
    desk.journey()
    desk.keys.press("3")
    desk.keys.type("yyyyttttttyttyt")
    for _ in range(6):
        if desk.focus == "officer_judgement":
            break
        desk.keys.press("y")
        desk.page.wait_for_selector("form[data-ready]:not([data-busy])")
    desk.settled("officer_judgement")
    desk.keys.press("1", "Enter")
    hands = seal(desk)
    assert hands.at().startswith("Hijau")
    interview_id = desk.page.url.rsplit("/", 1)[1]
    hands.to("Catat: Ditunda").enter("Antrean hari ini")
    return interview_id


def refer(live: LiveSite, enter: Enter) -> str:
    """Interview somebody who may need protection, and refer."""
    desk = begin(live, enter)
    desk.journey()
    desk.keys.press("1")
    for answer in ("y", "T", *"yytt", *"ty", *"YYYttYtt"):
        desk.keys.press(answer.lower())
        if answer.isupper():
            write(desk, "Kata pemohon diurus Pak Munir di Omben.")
    desk.settled("third_parties.0.role")
    desk.keys.press("3")
    for text in ("Pak Munir", "0877501233", "", ""):
        desk.keys.type(text)
        desk.keys.press("Enter")
    desk.settled("answers.PK-05")
    desk.keys.press("y")
    write(desk, "Dilarang menyebut akan bekerja.")
    desk.keys.type("ttyttytttt")
    desk.settled("officer_judgement")
    desk.keys.press("3")
    desk.keys.type("Perekrut mengatur jawaban pemohon.")
    desk.keys.press("Enter", "Enter")
    hands = seal(desk)
    assert hands.at().startswith("Merah")
    interview_id = desk.page.url.rsplit("/", 1)[1]
    hands.to("Catat: Dirujuk ke Inteldakim").enter("Antrean hari ini")
    return interview_id


def review(enter: Enter) -> str:
    """Take the next case, write a finding, close it as not confirmed; returns its number."""
    hands = arrive(enter, "analyst")
    page = hands.page
    hands.to("Ambil kasus berikutnya").enter("Kasus")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))
    number = page.locator("h1").inner_text()
    page.keyboard.press("Tab")
    hands.to("Tulis temuan")
    page.keyboard.press("Enter")
    hands.to("text")
    hands.write(FINDING)
    hands.to("Simpan temuan").enter(number)
    page.wait_for_selector(f"text={FINDING}")
    hands.to("Tutup kasus")
    page.keyboard.press("Enter")
    hands.to("outcome")
    page.keyboard.press("Space")
    hands.to("reason")
    hands.write(CLOSING)
    hands.to("Tutup kasus").enter(number)
    return number.removeprefix("Kasus ")


def read_again(enter: Enter, number: str) -> None:
    """Read a case a second time and agree with its outcome."""
    hands = arrive(enter, "analyst2")
    hands.to(number).enter(number)
    hands.to("Baca kedua kali")
    hands.page.keyboard.press("Enter")
    hands.to("Setujui hasil").enter(number)


def decide_after_the_case(enter: Enter) -> None:
    """Decide on the interview whose case ended; the queue keeps it on top."""
    hands = arrive(enter, "officer")
    hands.to("Catat keputusan").enter("Sudah disegel")
    hands.page.wait_for_function("document.activeElement.matches('summary')")
    hands.page.keyboard.press("Enter")
    assert "Kasus sudah selesai. Catat keputusan Anda." in hands.at()
    hands.to("disposition")
    hands.page.keyboard.press("Space")
    hands.to("reason")
    hands.write("Kasus tidak terbukti, berkas lengkap.")
    hands.to("Catat keputusan").enter("Antrean hari ini")


def confirm_and_read_the_month(enter: Enter) -> None:
    """Confirm the postponement that waits, then read the report of the month."""
    hands = arrive(enter, "supervisor")
    assert hands.page.locator("h1").inner_text() == "Menunggu saya"
    hands.to("Setujui").enter("Menunggu saya")
    assert "Tersimpan. Nomor bukti" in hands.page.locator(".receipt").inner_text()
    hands.to("Laporan").enter("November 2026")
    assert hands.page.locator("main table").count() >= 1


def test_a_day_by_keyboard(live: LiveSite, enter: Enter) -> None:
    postponed = postpone(live, enter)
    referred = refer(live, enter)
    opened = case_of(live.database, referred)
    number = review(enter)
    assert case_of(live.database, referred).state == "selesai"
    read_again(enter, number)
    closed = case_of(live.database, referred)
    assert (closed.id, closed.state, closed.outcome) == (opened.id, "ditutup", "TIDAK-TERBUKTI")
    decide_after_the_case(enter)
    assert head_of(live.database, referred).disposition == "LANJUT"
    confirm_and_read_the_month(enter)
    assert head_of(live.database, postponed).awaiting is None
