"""Files that cannot be written are bad input: one line that names the path, never a traceback."""

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
