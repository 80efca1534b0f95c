"""The intelligence dataset: rows against what was stored, pseudonyms, extent, audit."""

import csv
import hashlib
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pyarrow import parquet
from sqlalchemy import select, update

from checklist.loading import load
from profiling.database import Database
from profiling.errors import Invalid, NotAllowed, NotFound
from profiling.exchange.dataset_columns import columns_of, dictionary
from profiling.records import AuditEvent, Case, Interview
from profiling.services import audit, dataset, dataset_rows
from profiling.services.dataset import ExportWish
from tests.support.rows import Told, ToldCase, add_case, add_interview, drawn

WISH = ExportWish("csv", "Uji pola perjalanan bulan Oktober")
DOCS = Path(__file__).parents[3] / "docs" / "dataset.md"


def export(database: Database, actor, wish: ExportWish, target: Path) -> list[dict[str, str]]:
    with database.reading() as session:
        written = dataset.write_export(session, actor, wish, target)
    with database.transaction() as session:
        dataset.record_export(session, actor, wish, written)
    if wish.form == "parquet":
        return parquet.read_table(target).to_pylist()
    with target.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_row_tells_what_was_answered_assessed_decided_and_found(
    database: Database, actor, tmp_path: Path
) -> None:
    told = Told(
        birth_date=date(2009, 1, 2),
        answers={"TP-05": "ya", "ID-02": "ejaan", "ID-05": "identitas_sama", "PK-02": "td"},
        band="merah",
        decision="RUJUK",
        judgement="perdalam",
    )
    with database.transaction() as session:
        interview_id = add_interview(session, told)
        closed = ToldCase("merah", "ditutup", closed_on=date(2026, 10, 20), outcome="INDIKASI-NP")
        add_case(session, interview_id, closed)

    [row] = export(database, actor("steward"), WISH, tmp_path / "d.csv")

    expected = {
        "office": "PMK", "interview_date": "2026-10-12", "channel": "counter", "sex": "P",
        "age_band": "0-17", "is_child": "1", "district": "35.26.01", "purpose": "UMR",
        "days_to_departure": "20", "TP-05": "ya", "ID-02": "ejaan", "ID-05": "identitas_sama",
        "PK-02": "td", "TP-06": "", "band": "merah", "judgement": "perdalam", "decision": "RUJUK",
        "case_origin": "merah", "case_outcome": "INDIKASI-NP", "outcome": "1", "propensity": "1.0",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("band", "origin", "state", "outcome", "label", "propensity"),
    [
        ("hijau", None, None, None, "", "0.02"),
        ("kuning", None, None, None, "", ""),
        ("hijau", "baca_ulang", "ditutup", "TIDAK-TERBUKTI", "0", "0.02"),
        ("hijau", "baca_ulang", "ditutup", "PERLU-BAKET", "", "0.02"),
        ("hijau", "lonjakan", "ditutup", "INDIKASI-TPPO", "1", "1.0"),
        ("kuning", "rujukan", "ditutup", "DOKUMEN-IDENTITAS", "0", "1.0"),
        ("merah", "merah", "didalami", None, "", "1.0"),
    ],
)
def test_label_and_propensity_follow_the_review(
    database: Database, actor, tmp_path: Path, band, origin, state, outcome, label, propensity
) -> None:
    with database.transaction() as session:
        interview_id = add_interview(session, Told(band=band))
        if origin:
            closed = date(2026, 10, 20) if state == "ditutup" else None
            add_case(
                session, interview_id, ToldCase(origin, state, closed_on=closed, outcome=outcome)
            )

    [row] = export(database, actor("steward"), WISH, tmp_path / "d.csv")

    assert (row["outcome"], row["propensity"]) == (label, propensity)


def test_no_name_no_nik_no_number_and_equal_people_are_equal(
    database: Database, actor, tmp_path: Path
) -> None:
    """EXP-04."""
    phone, nik = "+6281234567890", "9901014101900001"
    with database.transaction() as session:
        add_interview(session, Told(name="NAMA RAHASIA", nik=nik, phone=phone))
        add_interview(session, Told(name="NAMA RAHASIA", nik=nik))
        add_interview(session, Told(nik="9901014101900002", third_party=phone))

    rows = export(database, actor("steward"), WISH, tmp_path / "d.csv")

    raw = (tmp_path / "d.csv").read_text(encoding="utf-8")
    with database.reading() as session:
        ids = list(session.scalars(select(Interview.id)))
        numbers = list(session.scalars(select(Interview.application_no)))
    for secret in ("NAMA RAHASIA", nik, phone, phone[1:], "1990-05-17", *ids, *numbers):
        assert secret not in raw
    assert rows[0]["person"] == rows[1]["person"] != rows[2]["person"]
    assert rows[0]["phone"] == rows[2]["third_party_phones"] != ""
    assert rows[1]["phone"] == ""
    assert len({row["record_id"] for row in rows}) == 3


def test_both_formats_hold_the_same_rows(
    database: Database, actor, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(dataset_rows, "PIECE", 7)
    rng = random.Random(3)
    with database.transaction() as session:
        for _ in range(25):
            add_interview(session, drawn(rng))
    steward = actor("steward")

    table = export(database, steward, WISH, tmp_path / "d.csv")
    typed = export(database, steward, ExportWish("parquet", WISH.purpose), tmp_path / "d.parquet")

    assert len(table) == len(typed) > 7
    assert list(table[0]) == [column.name for column in columns_of(load())]

    def as_cell(value: object) -> str:
        return "" if value is None else str(int(value) if isinstance(value, bool) else value)

    assert [{k: as_cell(v) for k, v in row.items()} for row in typed] == table


def test_extent_is_scope_office_and_period(database: Database, actor, tmp_path: Path) -> None:
    """EXP-01."""
    with database.transaction() as session:
        for office in ("PMK", "PMK-MPP-SPG", "K001"):
            add_interview(session, Told(office=office))
        add_interview(session, Told(sealed_at=datetime(2026, 11, 2, tzinfo=UTC)))
        add_interview(session, Told(voided=True))
    steward = actor("steward")

    def count(**changes: str) -> int:
        wish = ExportWish("csv", WISH.purpose, **changes)
        return len(export(database, steward, wish, tmp_path / "d.csv"))

    assert count() == 3
    assert count(office="PMK-MPP-SPG") == 1
    assert count(first="2026-10", last="2026-10") == 2
    assert count(first="2026-11-01") == 1
    assert count(last="2026-Q3") == 0
    with pytest.raises(NotFound):
        count(office="K001")


def test_a_case_read_blind_stays_hidden_from_analysts(
    database: Database, actor, tmp_path: Path
) -> None:
    with database.transaction() as session:
        interview_id = add_interview(session)
        case_id = add_case(session, interview_id, ToldCase("baca_ulang"))
        session.execute(update(Case).where(Case.id == case_id).values(is_blind=True))
        audit.record(session, actor("admin"), action="test.fill", subject=("case", case_id))

    assert export(database, actor("analyst"), WISH, tmp_path / "a.csv") == []
    assert len(export(database, actor("steward"), WISH, tmp_path / "s.csv")) == 1


@pytest.mark.parametrize("role", ["officer", "supervisor", "admin", "auditor", "dpo"])
def test_other_roles_take_nothing_out(database: Database, actor, tmp_path: Path, role) -> None:
    with pytest.raises(NotAllowed), database.reading() as session:
        dataset.write_export(session, actor(role), WISH, tmp_path / "d.csv")


@pytest.mark.parametrize(
    ("field", "wish"),
    [
        ("purpose", ExportWish("csv", "pendek")),
        ("form", ExportWish("xml", WISH.purpose)),
        ("first", ExportWish("csv", WISH.purpose, first="2026-13")),
        ("last", ExportWish("csv", WISH.purpose, first="2026-10", last="2026-09")),
    ],
)
def test_an_incomplete_wish_is_refused(database: Database, actor, tmp_path, field, wish) -> None:
    with pytest.raises(Invalid) as refused, database.reading() as session:
        dataset.write_export(session, actor("steward"), wish, tmp_path / "d.csv")
    assert list(refused.value.errors) == [field]


def test_the_export_is_an_audit_event(database: Database, actor, tmp_path: Path) -> None:
    """EXP-03."""
    with database.transaction() as session:
        add_interview(session)
    export(database, actor("steward"), WISH, tmp_path / "d.csv")

    with database.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event.action == "dataset.export"
    assert event.detail["rows"] == 1
    assert event.detail["purpose"] == WISH.purpose
    assert event.detail["sha256"] == hashlib.sha256((tmp_path / "d.csv").read_bytes()).hexdigest()


def test_the_data_dictionary_is_that_of_the_columns() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text.endswith("\n\n" + dictionary(columns_of(load())))
