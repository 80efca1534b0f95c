"""siaga report and siaga dataset export, as an operator runs them."""

import csv
import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from profiling.cli import group
from profiling.database import Database
from profiling.errors import Invalid, NotFound
from tests.architecture.test_words import banned_words
from tests.support.rows import add_interview


@pytest.fixture
def run(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")
    with sqlite_database.transaction() as session:
        add_interview(session, appointment=True)

    def go(*arguments: str):
        return CliRunner().invoke(group, list(arguments))

    return go


def test_a_report_as_json_csv_and_page(run, tmp_path: Path) -> None:
    files = {form: tmp_path / f"laporan.{form}" for form in ("json", "csv", "html")}
    for form, file in files.items():
        result = run("report", "2026-10", "--office", "PMK", "--format", form, "--out", str(file))
        assert result.exit_code == 0, result.output

    figures = json.loads(files["json"].read_text(encoding="utf-8"))
    assert (figures["period"], figures["office"], figures["interviews"]) == ("2026-10", "PMK", 1)
    with files["csv"].open(encoding="utf-8-sig", newline="") as stream:
        rows = {(row["figure"], row["key"]): row["value"] for row in csv.DictReader(stream)}
    assert rows["interviews", ""] == "1"
    page = files["html"].read_text(encoding="utf-8")
    assert "Laporan bulanan, Oktober 2026" in page
    assert "<link" not in page
    assert "<script" not in page


@pytest.mark.parametrize("period", ["2026-10-31", "2026-10", "2026-Q4", "2026-S2", "2026"])
def test_U57_no_export_has_a_banned_word(run, tmp_path: Path, period: str) -> None:
    files = [tmp_path / f"laporan.{form}" for form in ("csv", "html", "json")]
    for file in files:
        done = run("report", period, "--format", file.suffix[1:], "--out", str(file))
        assert done.exit_code == 0, done.output
    dataset = tmp_path / "dataset.csv"
    assert run("dataset", "export", "--format", "csv", "--out", str(dataset)).exit_code == 0
    for file in (*files, dataset):
        text = re.sub(r"<style>.*?</style>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert len(text) > 500
        assert banned_words(text) == []


def test_without_an_office_it_is_the_whole_nation(run, tmp_path: Path) -> None:
    file = tmp_path / "laporan.json"

    assert run("report", "2026", "--format", "json", "--out", str(file)).exit_code == 0

    figures = json.loads(file.read_text(encoding="utf-8"))
    assert (figures["office"], figures["interviews"]) == (None, 1)


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [(["2026-13"], Invalid), (["2026-10", "--office", "NONE"], NotFound)],
)
def test_a_wrong_period_or_office_writes_nothing(run, tmp_path: Path, arguments, refusal) -> None:
    file = tmp_path / "laporan.json"

    result = run("report", *arguments, "--format", "json", "--out", str(file))

    assert isinstance(result.exception, refusal)
    assert not file.exists()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_dataset_is_written_with_its_digest(run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"dataset.{form}"

    result = run("dataset", "export", "--format", form, "--from", "2026", "--out", str(file))

    assert result.exit_code == 0, result.output
    assert "1 rows" in result.output
    assert hashlib.sha256(file.read_bytes()).hexdigest() in result.output
    assert list(tmp_path.glob(".*.part")) == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_without_a_file_the_dataset_goes_to_standard_output(run, form: str) -> None:
    result = run("dataset", "export", "--format", form)

    assert result.exit_code == 0, result.output
    assert "1 rows" in result.stderr
    assert hashlib.sha256(result.stdout_bytes).hexdigest() in result.stderr
