"""siaga queue import, as an operator runs it."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from profiling.cli import main
from profiling.cli.queue import queue as command
from profiling.database import Database
from profiling.services import queue, signin
from tests.profiling.services.bookings import nik

HEADING = "application_no;nik;name;birth_date;sex;slot\n"
GOOD = f"A-0001;{nik(1)};Siti Uji;1992-03-01;P;2026-11-24T08:00\n"


@pytest.fixture
def run(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")

    def go(text: str, *options: str):
        path = tmp_path / "antrean.csv"
        path.write_text(HEADING + text, encoding="utf-8")
        return CliRunner().invoke(command, ["import", str(path), *options])

    return go


def test_rows_arrive_in_the_queue(run, sqlite_database):
    result = run(GOOD, "--office", "PMK")
    assert result.exit_code == 0, result.output
    assert "1 added, 0 updated" in result.output
    with sqlite_database.reading() as session:
        officer = signin.actor_named(session, "officer")
        page = queue.queue_page(session, officer, on=date(2026, 11, 24))
    assert [entry.name for entry in page.waiting] == ["Siti Uji"]


def test_bad_rows_are_named_and_nothing_is_taken_in(run):
    result = run(GOOD + "A-0002;12;;2026-13-01;Q;besok\n", "--office", "PMK")
    assert result.exit_code == 2
    assert "Nothing was taken in." in result.output
    for place in ("row 3, nik", "row 3, name", "row 3, birth_date", "row 3, sex", "row 3, slot"):
        assert place in result.output
    assert "1 added" in run(GOOD, "--office", "PMK").output


def test_the_office_must_be_named_where_there_are_several(run):
    assert run(GOOD).exit_code == 2


def test_an_unknown_office_is_refused(run):
    result = run(GOOD, "--office", "ZZZ")
    assert result.exit_code == 2
    assert "office: This office code is not known." in result.output


@pytest.mark.parametrize(("rows", "status"), [(GOOD, 0), ("A-0002;;;;;\n", 2)])
def test_the_shell_sees_whether_a_file_was_taken_in(run, monkeypatch, tmp_path, rows, status):
    path = tmp_path / "berkas.csv"
    path.write_text(HEADING + rows, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["siaga", "queue", "import", str(path), "--office", "PMK"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
