"""Reports and the dataset before a real browser: charts, tables, paper, small screens."""

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from profiling.cli import group
from tests.browser.live import LiveSite
from tests.browser.visitor import Visitor
from tests.support.rows import Told, ToldCase, add_appointment, add_case, add_interview, drawn

Enter = Callable[..., Visitor]

MONTH = "/reports/2026-10"
_CELLS = "(tables) => tables.map((one) => one.innerText)"


@pytest.fixture(autouse=True, scope="module")
def filled(live: LiveSite) -> None:
    """Two years of interviews, some of them merah with closed cases."""
    rng = random.Random(11)
    with live.database.transaction() as session:
        for number in range(330):
            told = drawn(rng)
            day = date(2024, 11, 3) + timedelta(days=number * 2 + rng.randrange(3))
            told.sealed_at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
            told.office, told.voided = "PMK", False
            interview_id = add_interview(session, told, appointment=True)
            if number % 9 == 0:
                add_appointment(session, f"KOSONG-{number}", told.sealed_at)
            if told.band == "merah":
                outcome = rng.choice(["INDIKASI-NP", "TIDAK-TERBUKTI"])
                closed = ToldCase(
                    "merah", "ditutup", told.sealed_at, day, closed_on=day, outcome=outcome
                )
                add_case(session, interview_id, closed)
        for _ in range(30):
            add_interview(session, Told(sex="P"))


def test_U52_every_chart_has_a_name_and_a_table_with_the_same_numbers(enter: Enter) -> None:
    page = enter("supervisor").open(MONTH)
    charts = page.query_selector_all(".chart")

    assert len(charts) == 4
    for chart in charts:
        pictures = [svg for svg in chart.query_selector_all("svg[role=img]") if svg.is_visible()]
        assert len(pictures) == 1
        assert len(pictures[0].get_attribute("aria-label") or "") > 20
        title = chart.query_selector("h2")
        assert title
        assert title.inner_text() in (pictures[0].get_attribute("aria-label") or "")
        chart.query_selector("summary").click()
        table = chart.query_selector("table")
        assert table.is_visible()
        texts = pictures[0].query_selector_all("text")
        written = " ".join(text.text_content() or "" for text in texts)
        numbers = set(re.findall(r"\d+(?:,\d+)?%(?=, n)|n = \d+|\d+ \(\d+,\d%\)", written))
        cells = table.inner_text()
        for number in numbers:
            for part in re.findall(r"\d+(?:,\d+)?%?", number):
                assert part in cells, (title.inner_text(), number)


def test_U53_shares_carry_interval_and_n(enter: Enter) -> None:
    page = enter("supervisor").open(MONTH)
    rows = page.eval_on_selector_all("#figures tbody tr", _CELLS)
    shares = [row for row in rows if "%" in row]

    assert len(shares) > 8
    for row in shares:
        assert re.search(r"\d-\d+(,\d)?%, n = \d", row), row


def test_U53_small_cells_are_hidden_and_nobody_is_ranked(enter: Enter, live: LiveSite) -> None:
    page = enter("analyst").open(MONTH)
    page.click("#section-places ~ details > summary")
    groups = page.inner_text("#section-groups ~ *, .report__tables")
    body = page.inner_text("main")

    assert "disembunyikan" in body
    assert groups
    cells = page.eval_on_selector_all(
        "[aria-labelledby=section-groups] td, [aria-labelledby=section-places] td", _CELLS
    )
    assert cells
    for cell in cells:
        assert cell == "disembunyikan" or int(cell.replace(".", "")) >= 5
    assert "Pegawai officer" not in body
    assert "PERINGKAT" not in body.upper()


def test_U54_page_print_and_file_show_the_same_figures(
    enter: Enter, live: LiveSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = enter("supervisor")
    page = visitor.open(MONTH)
    on_screen = page.eval_on_selector_all("#figures td", _CELLS)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    on_paper = page.eval_on_selector_all("#figures td", _CELLS)
    tables = page.query_selector_all(".chart table")
    file = tmp_path / "laporan.html"
    monkeypatch.setenv("SIAGA_HOME", str(live.database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")
    made = CliRunner().invoke(
        group, ["report", "2026-10", "--office", "PMK", "--format", "html", "--out", str(file)]
    )

    assert made.exit_code == 0, made.output
    assert len(on_screen) > 30
    assert on_paper == on_screen
    assert all(table.is_visible() for table in tables)
    assert not page.is_visible(".top")
    other = visitor.context.new_page()
    other.set_content(file.read_text(encoding="utf-8"))
    assert other.eval_on_selector_all("#figures td", _CELLS) == on_screen


def test_U54_series_stay_apart_in_grey(enter: Enter) -> None:
    page = enter("supervisor").open(MONTH)
    page.emulate_media(media="print")
    shades = page.eval_on_selector_all(
        ".report__chart--bands .drawing--middle rect",
        "(all) => all.map((r) => r.getAttribute('fill'))",
    )
    greys = sorted({_grey(shade) for shade in shades})

    assert len(greys) == 3
    assert all(after - before > 0.15 for before, after in pairwise(greys))
    dashes = page.query_selector_all(".report__chart--coverage .drawing--middle [stroke-dasharray]")
    assert len(dashes) == 2


@pytest.mark.parametrize(("role", "path"), [("supervisor", MONTH), ("steward", "/dataset")])
@pytest.mark.parametrize("language", ["id", "en"])
def test_U55_no_accessibility_rule_is_broken(
    enter: Enter, role: str, path: str, language: str
) -> None:
    visitor = enter(role)
    page = visitor.open(path)
    if language == "en":
        page.click(".language button")
        page.wait_for_load_state()
    for summary in page.query_selector_all("main summary"):
        summary.click()

    assert page.get_attribute("html", "lang") == language
    assert visitor.axe_faults() == []


@pytest.mark.parametrize(("role", "path"), [("supervisor", MONTH), ("steward", "/dataset")])
@pytest.mark.parametrize("width", [320, 390, 640, 900, 1024])
def test_U56_small_screens_need_no_sideways_scroll(
    enter: Enter, role: str, path: str, width: int
) -> None:
    visitor = enter(role, width=width)
    page = visitor.open(path)
    for summary in page.query_selector_all("main summary"):
        summary.click()

    assert visitor.overflow() <= 0
    sizes = page.eval_on_selector_all(
        ".drawing svg text",
        "(all) => all.filter((one) => one.getBoundingClientRect().width)"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize)"
        " * one.ownerSVGElement.getBoundingClientRect().width"
        " / one.ownerSVGElement.viewBox.baseVal.width)",
    )
    assert all(size >= 11.9 for size in sizes)


@pytest.mark.parametrize(("role", "path"), [("supervisor", MONTH), ("steward", "/dataset")])
def test_every_tab_stop_can_be_seen(enter: Enter, role: str, path: str) -> None:
    visitor = enter(role)
    visitor.open(path)

    assert visitor.hidden_stops() == []


def test_the_dataset_is_downloaded_with_a_purpose(enter: Enter, tmp_path: Path) -> None:
    page = enter("steward").open("/dataset")
    page.fill("#purpose", "Uji pola perjalanan triwulan")
    page.fill("#first", "2026-Q3")
    with page.expect_download() as waiting:
        page.click("text=Unduh dataset")
    target = tmp_path / "dataset.csv"
    waiting.value.save_as(target)

    assert target.read_text(encoding="utf-8-sig").startswith("record_id,person,household")


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
