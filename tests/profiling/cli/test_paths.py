"""Paths that an operator names: what is not there is said in one line, what is made is private."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from profiling.cli import main
from profiling.database import Database

VECTORS = Path(__file__).parents[2] / "fixtures" / "vectors.csv"


@pytest.mark.parametrize(
    "words",
    [
        ("score", str(VECTORS), "--out"),
        ("report", "2026-10", "--format", "json", "--out"),
        ("dataset", "export", "--format", "csv", "--out"),
        ("backup",),
    ],
    ids=lambda words: words[0],
)
def test_a_folder_that_is_not_there_is_named(
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")
    target = tmp_path / "tidak-ada" / "hasil"
    monkeypatch.setattr(sys, "argv", ["siaga", *words, str(target)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err.strip()
    assert str(target.parent) in said
    assert "Traceback" not in said
    assert not target.parent.exists()


@pytest.mark.parametrize("words", [("daily", "run"), ("db", "upgrade")], ids=" ".join)
@pytest.mark.parametrize(
    "url",
    ["postgresql+psycopg://siaga@127.0.0.1:1/siaga", "sqlite:////tidak-ada/siaga.db"],
    ids=["postgresql", "sqlite"],
)
def test_a_database_that_is_away_is_named(
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    url: str,
) -> None:
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")
    monkeypatch.setenv("SIAGA_DATABASE_URL", url)
    monkeypatch.setattr(sys, "argv", ["siaga", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("The database cannot be reached or written (")
    assert len(said.splitlines()) == 1


def test_what_a_command_writes_is_its_owners_alone(tmp_path: Path) -> None:
    home, result = tmp_path / "home", tmp_path / "hasil.csv"
    home.mkdir(mode=0o755)
    for words in (["db", "upgrade"], ["score", str(VECTORS), "--out", str(result)]):
        subprocess.run(
            [sys.executable, "-m", "profiling.cli", *words],
            env={**os.environ, "SIAGA_HOME": str(home), "SIAGA_ENV": "demo"},
            check=True,
            umask=0o022,
        )
    written = [result, *home.rglob("siaga.db*")]
    assert len(written) > 1
    assert {path.stat().st_mode & 0o077 for path in written} == {0}
