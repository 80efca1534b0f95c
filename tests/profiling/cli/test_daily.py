"""siaga daily run."""

import re

import pytest
from click.testing import CliRunner

from profiling.cli import group


@pytest.fixture
def run(sqlite_database, monkeypatch):
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")

    def command(*arguments):
        return CliRunner().invoke(group, ["daily", "run", *arguments])

    return command


def test_a_day_is_run_and_repeated(run):
    for _ in range(2):
        result = run("--on", "2026-11-24")
        assert (result.exit_code, result.output) == (0, "2026-11-24: 0 lapsed, 0 bursts\n")


def test_without_a_day_it_is_today(run):
    assert re.fullmatch(r"\d{4}-\d\d-\d\d: 0 lapsed, 0 bursts\n", run().output)


@pytest.mark.parametrize("day", ["24-11-2026", "besok", "2026-13-01"])
def test_what_is_no_day_is_refused(run, day):
    assert run("--on", day).exit_code == 2
