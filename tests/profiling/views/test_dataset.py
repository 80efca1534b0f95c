"""The page on which the dataset is taken out."""

import csv
import io

import pytest
from sqlalchemy import select

from profiling.database import Database
from profiling.records import AuditEvent
from profiling.services import dataset_register
from tests.support.client import SiteClient
from tests.support.rows import add_interview

FIELDS = {
    "form": "csv",
    "first": "2026-10",
    "last": "",
    "office": "",
    "purpose": "Uji pola bulanan",
}


@pytest.mark.parametrize("role", ["steward", "analyst"])
def test_who_may_gets_the_file_and_leaves_a_trace(
    database: Database, client: SiteClient, role: str
) -> None:
    with database.transaction() as session:
        add_interview(session)
    client.sign_in(role)
    page = client.get_page("/dataset")

    answer = client.post("/dataset", data={**FIELDS, "csrf_token": page.token}, buffered=True)

    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row["office"] for row in rows] == ["PMK"]
    with database.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.action, event.detail["rows"]) == ("dataset.export", 1)


@pytest.mark.parametrize("role", ["officer", "supervisor", "admin", "dpo"])
def test_others_find_no_page(client: SiteClient, role: str) -> None:
    client.sign_in(role)

    client.get_page("/dataset", status=404)


def test_the_auditor_reads_who_took_it_out_and_cannot_take_it(
    database: Database, client: SiteClient
) -> None:
    client.sign_in("auditor")
    assert "Belum ada pengambilan dataset." in client.get_page("/dataset").text
    for role, purpose in (("steward", "Uji pola bulanan"), ("steward-k001", "Uji kantor lain")):
        client.sign_in(role)
        page = client.get_page("/dataset")
        fields = {**FIELDS, "purpose": purpose, "csrf_token": page.token}
        assert client.post("/dataset", data=fields, buffered=True).status_code == 200
    client.sign_in("auditor")
    page = client.get_page("/dataset")
    assert (1, "Daftar pengambilan dataset") in page.headings
    assert "Pegawai steward Pengelola aturan, PMK" in " ".join(page.text.split())
    assert "Uji pola bulanan" in page.text
    assert "Uji kantor lain" not in page.text
    assert "Unduh dataset" not in page.text
    assert client.post("/dataset", data={**FIELDS, "csrf_token": page.token}).status_code == 404


def test_the_register_has_pages(
    database: Database, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_register, "PAGE_SIZE", 2)
    client.sign_in("steward")
    for number in range(1, 4):
        page = client.get_page("/dataset")
        fields = {**FIELDS, "purpose": f"Pengambilan ke-{number}", "csrf_token": page.token}
        assert client.post("/dataset", data=fields, buffered=True).status_code == 200
    client.sign_in("auditor")
    page = client.get_page("/dataset")
    assert [n for n in (1, 2, 3) if f"ke-{n}" in page.text] == [2, 3]
    older = next(link for link in page.links if "before=" in link)
    page = client.get_page(older)
    assert [n for n in (1, 2, 3) if f"ke-{n}" in page.text] == [1]
    assert client.get_page("/dataset?before=x").status == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": ""}, "Tulis untuk apa dataset ini, 10 sampai 500 huruf."),
        ({"first": "Oktober"}, "Tulis masa sebagai 2026-10-31"),
        ({"first": "2026-10", "last": "2026-09"}, "Akhir masa mendahului awalnya."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: SiteClient, changes, sentence: str
) -> None:
    client.sign_in("steward")
    client.get_page("/dataset")

    page = client.post_page("/dataset", {**FIELDS, **changes}, status=422)

    assert page.title.startswith("Perbaiki: ")
    assert sentence in page.text
    assert 'value="2026-10"' in page.html or changes.get("first") == "Oktober"


def test_an_office_outside_the_scope_is_no_choice(client: SiteClient) -> None:
    """EXP-01."""
    client.sign_in("steward")
    page = client.get_page("/dataset")

    assert "K001" not in page.html
    client.post_page("/dataset", {**FIELDS, "office": "K001"}, status=422)
