"""The case pages in a browser."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from profiling.records import Assessment, InterviewVersion
from profiling.services import signin
from tests.browser.live import LiveSite
from tests.browser.visitor import Visitor
from tests.support import cases
from tests.support.submissions import make_nik, make_submission, red_submission

Enter = Callable[..., Visitor]

PHONE = "081255556666"
NOTES = {
    "PK-06": "Mengatakan akan dilaporkan bila batal berangkat.",
    "DC-04": "Dijanjikan visa diubah sesudah tiba di sana.",
    "DC-05": "Katanya tidak usah lewat dinas supaya cepat.",
    "PK-02": "M-Paspor didaftarkan orang lain, dibayar Rp1.000.000.",
}
ANSWERS = {
    "GT-1": "ya",
    "GT-3": "ya",
    **dict.fromkeys(NOTES, "ya"),
    "PK-07": "tidak",
    "PK-08": "tidak",
    "TP-08": "td",
}
PARTY = {"role": "perekrut", "name": "H. Contoh", "phone": "081277778888", "address": "Omben"}


def at_the_counter(live: LiveSite, **changes: object) -> dict[str, object]:
    """Return what every interview of this site's day has in common."""
    now = live.at[0].astimezone(live.database.settings.timezone)
    times = {
        "started_at": (now - timedelta(minutes=4)).isoformat(),
        "finished_at": (now - timedelta(minutes=1)).isoformat(),
        "departure_date": (now.date() + timedelta(days=60)).isoformat(),
    }
    person = {"nik": make_nik(date(1992, 3, 12), "P"), **changes.pop("applicant", {})}  # type: ignore[dict-item]
    return {**times, "applicant": person, **changes}


def person(live: LiveSite, username: str = "officer"):
    with live.database.reading() as session:
        return signin.actor_named(session, username)


def red(live: LiveSite, **changes: object):
    """Open a case by a merah interview."""
    payload = red_submission(**at_the_counter(live, **changes))
    return cases.case_of(live.database, cases.seal(live.database, person(live), payload))


def rich(live: LiveSite):
    """Open a case with everything a case page shows."""
    for name in ("Rukmini Contoh", "Zahrotun Contoh", "Buri Contoh"):
        applicant = {"phone": PHONE, "name": name}
        payload = make_submission(**at_the_counter(live, applicant=applicant))
        cases.seal(live.database, person(live), payload)
    red(live, third_parties=[PARTY], applicant={"name": "Halimatus Contoh"})
    return red(
        live,
        answers=ANSWERS,
        notes=NOTES,
        third_parties=[PARTY],
        applicant={"phone": PHONE, "name": "Sumiati Contoh"},
    )


def stored_points(live: LiveSite, case) -> dict[str, int]:
    """What the rules stored for the sealed version, by dimension."""
    with live.database.reading() as session:
        row = session.scalars(
            select(Assessment)
            .join(InterviewVersion, InterviewVersion.id == Assessment.version_id)
            .where(InterviewVersion.interview_id == case.interview_id)
        ).one()
    return {"TP": row.tp, "DR": row.dr, "CR": row.cr, "AV": row.av, "ID": row.id_, "RW": row.rw}


def reread(live: LiveSite):
    payload = make_submission(**at_the_counter(live))
    interview_id = cases.seal(live.database, person(live), payload, reread=1)
    return cases.case_of(live.database, interview_id)


def test_U43_the_order_is_printed_and_overdue_is_a_word(live: LiveSite, enter: Enter) -> None:
    late = red(live)
    live.pass_time(timedelta(days=6))
    fresh = red(live)
    page = enter("analyst").page
    page.goto("/cases")
    assert "Urutan: lewat tenggat, anak, ancaman, merah, tenggat terdekat, nomor." in (
        page.inner_text("main")
    )
    assert page.evaluate("document.activeElement.textContent") == "Ambil kasus berikutnya"
    rows = page.locator("tbody tr:not(.capacity)").all()
    cells = [row.locator("td").first.inner_text() for row in rows]
    is_late = [bool(re.fullmatch(r"lewat \d+ hari", text)) for text in cells]
    assert is_late == sorted(is_late, reverse=True)
    links = [row.locator("a").get_attribute("href") for row in rows]
    assert is_late[links.index(f"/cases/{late.id}")]
    assert not is_late[links.index(f"/cases/{fresh.id}")]


def test_U44_two_analysts_take_two_different_cases(live: LiveSite, enter: Enter) -> None:
    red(live)
    red(live)
    addresses = []
    for name in ("analyst", "analyst2"):
        page = enter(name).page
        page.goto("/cases")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
        addresses.append(page.url)
    assert len(set(addresses)) == 2


def test_U45_each_evidence_has_its_origin_and_unknowns_are_listed(
    live: LiveSite, enter: Enter
) -> None:
    page = enter("analyst").page
    page.goto(f"/cases/{rich(live).id}")
    origins = page.locator("tr[data-evidence] .tag").all_text_contents()
    assert len(origins) == page.locator("tr[data-evidence]").count() > 10
    words = {"menurut pemohon", "terverifikasi", "dihitung", "diamati"}
    assert set(origins) <= words
    assert "Belum diketahui: " in page.inner_text("#evidence-TP-08")


def test_U46_dimensions_add_up_and_removed_facts_show_why(live: LiveSite, enter: Enter) -> None:
    page = enter("analyst").page
    case = rich(live)
    page.goto(f"/cases/{case.id}")
    sums = {}
    for body in page.locator("tbody[data-dimension]").all():
        points = [int(text) for text in body.locator("[data-points]").all_inner_texts()]
        sums[body.get_attribute("data-dimension")] = sum(points)
        assert sum(points) == int(body.locator("[data-sum]").inner_text())
    stored = stored_points(live, case)
    assert sums == {dimension: points for dimension, points in stored.items() if points}
    struck = page.locator("[data-explanation] tr", has=page.locator(".struck")).inner_text()
    assert "PK-02" in struck
    assert "Satu fakta dihitung sekali: sudah termasuk PK-03." in struck


def test_U47_links_stand_in_a_table_before_the_picture(live: LiveSite, enter: Enter) -> None:
    visitor = enter("analyst")
    page = visitor.page
    page.goto(f"/cases/{rich(live).id}")
    order = page.evaluate(
        "[...document.querySelectorAll('[data-links], #links svg[role=img], [data-expand]')]"
        ".map(one => one.tagName.toLowerCase())"
    )
    assert order[:2] == ["table", "svg"]
    assert set(order[2:]) == {"details"}
    drawn = page.get_attribute("#links svg[role=img]", "data-points-drawn")
    assert 0 < int(drawn or 0) <= 30
    summary = page.locator("[data-expand] summary").first
    assert re.search(r"0812-5555-6666: tampilkan \d+ permohonan", summary.inner_text())
    assert page.locator("[data-expand] li").first.is_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-expand] li").first.is_visible()


def test_U48_opening_the_nik_asks_a_reason_and_is_logged(live: LiveSite, enter: Enter) -> None:
    page = enter("analyst").page
    page.goto(f"/cases/{red(live).id}")
    assert not re.search(r"99\d{14}", page.content())
    page.click("text=Buka NIK >> nth=0")
    page.click("#nik button")
    assert page.evaluate("document.activeElement.classList.contains('errors')")
    page.fill("#why", "Mencocokkan dengan data Dukcapil.")
    page.click("#nik button")
    assert re.fullmatch(r"99\d\d \d{4} \d{4} \d{4}", page.inner_text("[data-nik]"))
    assert "Mencocokkan dengan data Dukcapil." in page.inner_text("#timeline")


def test_U49_blind_reading_hides_band_and_origin_until_the_first_finding(
    live: LiveSite, enter: Enter
) -> None:
    case = reread(live)
    cases.do(live.database, person(live, "analyst"), case, "take")
    page = enter("analyst").page
    page.goto(f"/cases/{case.id}")
    shown = page.inner_text("main")
    assert "dibuka sesudah penilaian pertama" in shown
    assert not re.search(r"hijau|kuning|merah|baca ulang|poin", shown, re.IGNORECASE)
    assert not re.search(r"hijau|kuning|merah|baca[_ ]ulang|green|re-read", page.content(), re.I)
    assert page.locator("[data-explanation], .band").count() == 0
    page.fill("#text", cases.FOUND)
    page.click("#finding button")
    shown = page.inner_text("main")
    assert "Hasil Hijau menurut aturan" in shown
    assert "baca ulang" in shown


def test_U50_the_interviewer_gets_no_form_and_is_told_why(live: LiveSite, enter: Enter) -> None:
    case = red(live)
    _same_person(live, "analyst-k002", "officer", office="PMK")
    page = enter("analyst-k002").page
    page.goto(f"/cases/{case.id}")
    assert "Anda yang mewawancarai pemohon ini." in page.inner_text("[data-why-not]")
    assert page.locator("main form, .strip form").count() == 0


def test_U42_feedback_names_no_detail_colleague_rank_or_target(
    live: LiveSite, enter: Enter
) -> None:
    red(live)
    closed = red(live, third_parties=[PARTY])
    analyst = person(live, "analyst")
    cases.do(live.database, analyst, closed, "take")
    cases.do(live.database, analyst, closed, "finding")
    cases.do(live.database, analyst, closed, "close", outcome="INDIKASI-TPPO")
    page = enter("officer").page
    page.goto("/me")
    text = page.inner_text("#feedback")
    assert "Sedang dibaca Inteldakim." in text
    assert "Selesai: ada indikasi." in text
    assert not re.search(r"target|peringkat|terbaik|Pegawai officer2", text, re.IGNORECASE)
    for detail in (cases.FOUND, cases.REASON, "TPPO", "Pegawai analyst", *PARTY.values()):
        assert detail not in page.content()
    assert page.locator("#feedback svg[role=img]").count() == 3
    assert page.locator("#feedback details table").count() == 3


@pytest.mark.parametrize("address", ["/cases", "/cases/{id}", "/watchlist", "/me"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_case_pages_keep_to_the_width_and_the_accessibility_rules(
    live: LiveSite, enter: Enter, address: str, width: int
) -> None:
    case = rich(live)
    cases.do(live.database, person(live, "analyst"), case, "take")
    visitor = enter("officer" if address == "/me" else "analyst", width=width)
    visitor.page.goto(address.format(id=case.id))
    assert visitor.overflow() <= 0
    assert visitor.axe_faults() == []


def test_a_case_is_taken_read_and_closed_by_keyboard(live: LiveSite, enter: Enter) -> None:
    case = rich(live)
    visitor = enter("analyst")
    page = visitor.page
    page.goto(f"/cases/{case.id}")
    assert visitor.hidden_stops() == []
    page.reload()
    page.focus("text=Ambil kasus ini")
    page.keyboard.press("Enter")
    page.wait_for_selector("#finding")
    page.focus("#text")
    page.keyboard.type(cases.FOUND)
    page.keyboard.press("Tab")
    page.keyboard.type("Kemenag Sampang")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Temuan tersimpan.")
    page.focus("#outcome-1")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(cases.REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Hasil tersimpan.")
    assert "INDIKASI-NP" in page.inner_text("#ending")


def test_the_case_prints_whole(live: LiveSite, enter: Enter) -> None:
    page = enter("analyst").page
    page.goto(f"/cases/{rich(live).id}")
    page.emulate_media(media="print")
    assert page.locator("[data-expand] li").first.is_visible()
    assert not page.locator(".top").is_visible()
    assert page.locator(".classification").is_visible()
    assert page.locator("#explanation table").is_visible()


def _same_person(live: LiveSite, username: str, other: str, *, office: str) -> None:
    from sqlalchemy import select

    from profiling.records import Account
    from profiling.security.access import system_actor
    from profiling.services import audit

    with live.database.transaction() as session:
        accounts = {row.username: row for row in session.scalars(select(Account))}
        accounts[username].person_no = accounts[other].person_no
        accounts[username].office = office
        audit.record(session, system_actor(), action="account.same", subject=("account", username))
