"""siaga score, as an operator runs it: no database, clear refusals, the right exit status."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checklist.vectors import PATH


def score(*options: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "profiling.cli", "score", *options],
        capture_output=True,
        text=True,
        check=False,
        env={"SIAGA_HOME": str(home / "instance"), "PYTHONPATH": ":".join(sys.path)},
    )


def test_the_catalogue_is_scored_without_a_database(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = score(str(PATH), "--out", str(target), "--only-result", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "400 records scored by tppo-2026.1." in done.stdout
    with target.open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 400
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--ruleset", "tppo-1999.1"), "there is no instrument tppo-1999.1"),
        (("--unknown",), "No such option"),
    ],
)
def test_what_cannot_be_done_ends_with_two(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = score(str(PATH), "--out", str(tmp_path / "out.csv"), *options, home=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["in.csv", "in.parquet", "absent.csv"])
def test_a_file_that_cannot_be_scored_ends_with_two(tmp_path: Path, name: str) -> None:
    for source in ("in.csv", "in.parquet"):
        (tmp_path / source).write_text("record_id\nR1\n")
    done = score(str(tmp_path / name), "--out", str(tmp_path / "out.csv"), home=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
