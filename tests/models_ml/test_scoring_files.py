"""Scoring files: the catalogue's own records, odd but right files, and faulty ones."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from checklist.assessment import load_rules
from models_ml.scoring_columns import ScoringFileError, input_columns
from models_ml.scoring_files import Job, count_records, result_columns, score_file
from tests.checklist.vectors import PATH

RULES = load_rules()
RESULTS = result_columns(RULES)


def table() -> list[dict[str, str]]:
    with PATH.open(newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, found: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def inputs() -> list[dict[str, str]]:
    return [{name: row[name] for name in input_columns(RULES)} for row in table()]


def assert_as_expected(found: list[dict[str, str]]) -> None:
    for scored, wanted in zip(found, table(), strict=True):
        outcome = {name: str(scored[name]) for name in RESULTS}
        assert outcome == {name: wanted[f"expected_{name}"] for name in RESULTS}


def test_a_csv_gives_the_expected_results_beside_its_inputs(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    heard: list[int] = []
    assert score_file(Job(PATH, target), RULES, progress=heard.append) == sum(heard) == 400
    found = read(target)
    assert list(found[0]) == [*table()[0], *RESULTS]
    assert_as_expected(found)
    assert [{k: row[k] for k in table()[0]} for row in found] == table()


def test_only_the_result_can_be_kept(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    score_file(Job(PATH, target, only_result=True), RULES)
    assert list(read(target)[0]) == ["record_id", *RESULTS]
    assert target.read_text().splitlines()[0].startswith("record_id,TP,DR,CR,AV,ID,RW,positive")
    assert_as_expected(read(target))


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_parquet_file_with_real_types_gives_the_same(tmp_path: Path, suffix: str) -> None:
    frame = pd.read_csv(PATH)
    for name in ("interview_date", "birth_date"):
        frame[name] = pd.to_datetime(frame[name])
    frame["watchlist_hit"] = frame["watchlist_hit"].map({"ya": True, "tidak": False})
    frame["purpose"] = frame["purpose"].astype("category")
    source, target = tmp_path / "in.parquet", tmp_path / f"out{suffix}"
    frame.to_parquet(source)
    assert count_records(source) == 400
    assert score_file(Job(source, target, only_result=True), RULES) == 400
    found = pd.read_parquet(target) if suffix == ".parquet" else pd.read_csv(target, dtype=str)
    assert_as_expected(found.fillna("").to_dict("records"))


def test_numbers_written_by_other_programs_are_read(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    pd.read_csv(PATH).to_csv(source, index=False)
    assert ".0" in source.read_text()
    score_file(Job(source, tmp_path / "out.csv"), RULES)
    assert_as_expected(read(tmp_path / "out.csv"))


def test_a_byte_order_mark_other_order_and_extra_columns_do_no_harm(tmp_path: Path) -> None:
    found = [
        {"note": 'said "no", twice\nor more', **dict(reversed(row.items()))} for row in inputs()
    ]
    source = write(tmp_path / "in.csv", found)
    source.write_bytes("\ufeff".encode() + source.read_bytes())
    target = tmp_path / "out.csv"
    score_file(Job(source, target), RULES)
    assert_as_expected(read(target))
    assert read(target)[0]["note"] == 'said "no", twice\nor more'


def test_results_already_there_are_replaced_and_a_file_may_be_its_own_target(
    tmp_path: Path,
) -> None:
    source = write(tmp_path / "in.csv", [{**row, "band": "x", "TP": "y"} for row in inputs()])
    score_file(Job(source, source), RULES)
    assert_as_expected(read(source))


def test_many_blocks_are_read_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models_ml.scoring_files._BLOCK_BYTES", 30_000)
    target = tmp_path / "out.csv"
    score_file(Job(PATH, target), RULES)
    assert_as_expected(read(target))


def test_a_file_without_records_gives_its_header(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(",".join(input_columns(RULES)) + "\n")
    assert count_records(source) == 0
    assert score_file(Job(source, target, only_result=True), RULES) == 0
    assert target.read_text().strip() == ",".join(["record_id", *RESULTS])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("interview_date", "24-11-2026"),
        ("interview_date", ""),
        ("interview_date", "2026-02-30"),
        ("birth_date", "2099-01-01"),
        ("birth_date", ""),
        ("sex", ""),
        ("sex", "F"),
        ("nik", "123"),
        ("nik", "352801200195000A"),
        ("purpose", "umrah"),
        ("purpose", ""),
        ("destination", "Malaysia"),
        ("stay_days", "-1"),
        ("stay_days", "12.5"),
        ("stay_days", "many"),
        ("stay_days", "9999999999"),
        ("missing_documents", "none"),
        ("TP-01", "YA"),
        ("TP-01", "ejaan"),
        ("ID-05", "ya"),
        ("ID-02", "identitas_sama"),
        ("prior_np_refusal_purpose", "XXX"),
        ("watchlist_hit", "true"),
        ("replacement_months", "x"),
    ],
)
def test_a_faulty_value_is_named_by_record_and_column(
    tmp_path: Path, column: str, value: str
) -> None:
    found = inputs()
    found[5][column] = value
    target = tmp_path / "out.csv"
    with pytest.raises(ScoringFileError) as refused:
        score_file(Job(write(tmp_path / "in.csv", found), target), RULES)
    said = str(refused.value)
    assert said.startswith(f"record 6 (R000005), column {column}: expected ")
    assert list(tmp_path.iterdir()) == [tmp_path / "in.csv"]


def test_an_earlier_result_survives_a_faulty_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("earlier")
    found = inputs()
    found[399]["purpose"] = "x"
    with pytest.raises(ScoringFileError, match=r"record 400 \(R000399\)"):
        score_file(Job(write(tmp_path / "in.csv", found), target), RULES)
    assert target.read_text() == "earlier"


def _without_column(path: Path) -> Path:
    return write(path, [{k: v for k, v in row.items() if k != "TP-05"} for row in inputs()])


def _twice(path: Path) -> Path:
    path.write_text(",".join([*input_columns(RULES), "sex"]) + "\n")
    return path


def _uneven(path: Path) -> Path:
    write(path, inputs())
    path.write_text(path.read_text() + "R1,2026-01-01\n")
    return path


def _not_text(path: Path) -> Path:
    path.write_bytes(b"record_id\n\xff\xfe\xff\n")
    return path


def _empty(path: Path) -> Path:
    path.write_text("")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_without_column, "columns are missing: TP-05"),
        (_twice, "twice: sex"),
        (_uneven, "cannot be read"),
        (_not_text, "cannot be read"),
        (_empty, "cannot be read"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, make: Callable[[Path], Path], said: str) -> None:
    with pytest.raises(ScoringFileError, match=said):
        score_file(Job(make(tmp_path / "in.csv"), tmp_path / "out.csv"), RULES)
    assert list(tmp_path.iterdir()) == [tmp_path / "in.csv"]


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    source.write_text("not at all")
    assert count_records(source) == 0
    with pytest.raises(ScoringFileError, match="cannot be read"):
        score_file(Job(source, tmp_path / "out.csv"), RULES)
