"""Reports as pages and downloads."""

import csv
import io
import json
import random
import re
from datetime import UTC, datetime

import pytest
import time_machine

from profiling.database import Database
from tests.support.client import SiteClient
from tests.support.rows import Told, ToldCase, add_appointment, add_case, add_interview, drawn

NOW = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def filled(database: Database) -> Database:
    rng = random.Random(5)
    with database.transaction() as session:
        for _ in range(60):
            told = drawn(rng)
            told.sealed_at = datetime(2026, 10, rng.randrange(1, 30), 3, tzinfo=UTC)
            interview_id = add_interview(session, told, appointment=True)
            if told.band == "merah":
                closed = ToldCase(
                    state="ditutup", closed_on=told.sealed_at.date(), outcome="INDIKASI-NP"
                )
                add_case(session, interview_id, closed, office=told.office)
    return database


@pytest.mark.parametrize("role", ["supervisor", "analyst"])
def test_reports_leads_to_the_present_month(client: SiteClient, role: str) -> None:
    client.sign_in(role)

    page = client.get_page("/reports")

    assert "Laporan bulanan, November 2026" in page.text


@pytest.mark.parametrize("role", ["officer", "admin", "steward", "auditor", "dpo"])
def test_other_roles_have_no_reports(client: SiteClient, role: str) -> None:
    client.sign_in(role)

    client.get_page("/reports/2026-10", status=404)


@pytest.mark.parametrize(
    "period", ["2026-10-12", "2026-10", "2026-Q4", "2026-S2", "2026", "2019-01", "2031"]
)
def test_every_kind_of_period_has_a_page(filled: Database, client: SiteClient, period: str) -> None:
    client.sign_in("supervisor")

    page = client.get_page(f"/reports/{period}")

    assert "Wawancara, dihitung sekali" in page.text


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [
        ("2026-10", "Sebelumnya: September 2026", "Sesudahnya: November 2026"),
        ("2026-11", "Sebelumnya: Oktober 2026", None),
        ("2026-Q4", "Sebelumnya: Triwulan III 2026", None),
        ("2031", None, None),
    ],
)
def test_no_link_leads_to_a_period_that_has_not_begun(
    client: SiteClient, period: str, before: str | None, after: str | None
) -> None:
    client.sign_in("supervisor")

    page = client.get_page(f"/reports/{period}")

    assert re.findall(r"(?:Sebelumnya|Sesudahnya): (?:Triwulan )?\w+ 2\d{3}", page.text) == [
        words for words in (before, after) if words
    ]


@pytest.mark.parametrize("period", ["2026-13", "x", "2026-Q7", "2026-10-32"])
def test_no_period_is_no_page(client: SiteClient, period: str) -> None:
    client.sign_in("supervisor")

    client.get_page(f"/reports/{period}", status=404)
    assert client.get(f"/reports/{period}/csv").status_code == 404


def test_an_office_outside_the_scope_looks_missing(client: SiteClient) -> None:
    """EXP-01."""
    client.sign_in("supervisor")

    for office in ("K001", "NONE", "'"):
        client.get_page(f"/reports/2026-10?office={office}", status=404)
        assert client.get(f"/reports/2026-10/json?office={office}").status_code == 404


def test_a_sub_unit_is_part_of_its_office_and_can_be_chosen(
    filled: Database, client: SiteClient
) -> None:
    client.sign_in("supervisor")

    whole = client.get("/reports/2026-10/json").get_json()
    part = client.get("/reports/2026-10/json?office=PMK-MPP-SPG").get_json()

    assert whole["office"] == "PMK"
    assert part["office"] == "PMK-MPP-SPG"
    assert 0 < part["interviews"] < whole["interviews"]


def test_page_and_downloads_show_the_same_figures(filled: Database, client: SiteClient) -> None:
    client.sign_in("analyst")

    figures = client.get("/reports/2026-10/json").get_json()
    table = client.get("/reports/2026-10/csv")
    rows = list(csv.DictReader(io.StringIO(table.get_data().decode("utf-8-sig"))))
    page = client.get_page("/reports/2026-10")

    by_name = {(row["figure"], row["key"]): row for row in rows}
    assert by_name["interviews", ""]["value"] == str(figures["interviews"])
    assert float(by_name["coverage", ""]["value"]) == figures["coverage"]
    assert by_name["coverage", ""]["n"] == str(figures["intervals"]["coverage"]["n"])
    assert by_name["bands", "merah"]["value"] == str(figures["bands"]["merah"])
    assert by_name["indicators", "TP-05.ya"]["value"] == str(figures["indicators"]["TP-05"]["ya"])
    assert all(row["definition"] and row["label"] for row in rows)
    for sex, count in figures["by_sex"].items():
        shown = by_name["by_sex", sex]["value"]
        assert shown == ("disembunyikan" if count is None else str(count))
    assert f">{figures['bands']['merah']} <" in page.html.replace("\n", "")
    assert "attachment" in table.headers["Content-Disposition"]


def test_hidden_cells_say_so_and_small_counts_are_nowhere(
    database: Database, client: SiteClient
) -> None:
    """EXP-10."""
    with database.transaction() as session:
        for number in range(9):
            add_interview(session, Told(sex="P" if number < 6 else "L"))
    client.sign_in("supervisor")

    page = client.get_page("/reports/2026-10")

    section = page.html.split('id="section-groups"', 1)[1].split("</section>", 1)[0]
    assert section.count("disembunyikan") >= 2
    assert not re.search(r'<td class="number">[1-4]</td>', section)


def test_shares_carry_interval_and_n(filled: Database, client: SiteClient) -> None:
    client.sign_in("supervisor")

    page = client.get_page("/reports/2026-10")

    assert re.search(r"Cakupan janji.*?\d+,\d-\d+,\d%, n = \d+", page.html, re.S)


def test_every_figure_of_the_contract_is_defined_on_the_page(
    filled: Database, client: SiteClient
) -> None:
    from profiling.reports.figures import figures

    client.sign_in("supervisor")
    content = json.loads(client.get("/reports/2026-10/json").get_data())
    page = client.get_page("/reports/2026-10")

    assert set(figures()) == set(content) - {"period", "office", "intervals"}
    for figure in figures().values():
        assert figure.label.of("id") in page.text, figure.key


def test_the_page_is_there_in_english(filled: Database, client: SiteClient) -> None:
    client.sign_in("supervisor")
    client.get_page("/reports/2026-10")
    client.post_page("/language", {"language": "en", "next": "/reports/2026-10"})

    page = client.get_page("/reports/2026-10")

    assert page.lang == "en"
    assert "Monthly report, October 2026" in page.text
    assert "Wawancara" not in page.text


def test_the_head_says_whether_the_lists_of_all_days_were_received(
    database: Database, client: SiteClient
) -> None:
    client.sign_in("supervisor")
    assert "<dt>Sumber</dt><dd>-</dd>" in client.get_page("/reports/2026-10").html
    days = [datetime(2026, 10, day, 3, tzinfo=UTC) for day in (5, 6, 7)]
    with database.transaction() as session:
        for office in ("PMK", "PMK-MPP-SPG"):
            for day in days:
                told = Told(sealed_at=day, office=office)
                add_interview(session, told, appointment=True)
                add_interview(session, told)
    assert "<dt>Sumber</dt><dd>lengkap</dd>" in client.get_page("/reports/2026-10").html
    lone = datetime(2026, 10, 8, 3, tzinfo=UTC)
    with database.transaction() as session:
        # A walk-in alone is no list, another office's list is not this one's.
        add_interview(session, Told(sealed_at=lone))
        add_appointment(session, "LANGSUNG-1", lone, is_walk_in=True)
        add_appointment(session, "LAIN-1", lone, office="K001")
        add_interview(session, Told(sealed_at=datetime(2026, 9, 1, 3, tzinfo=UTC)))
    page = client.get_page("/reports/2026-10")
    assert "daftar antrean belum diterima untuk 1 dari 4 hari layanan" in page.text
    assert "belum diterima" not in client.get_page("/reports/2026-10-07").text
    with database.transaction() as session:
        add_appointment(session, "MPP-1", lone, office="PMK-MPP-SPG")
    assert "<dt>Sumber</dt><dd>lengkap</dd>" in client.get_page("/reports/2026-10").html
