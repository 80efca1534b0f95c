"""siaga seed and siaga queue simulate."""

import csv

import pytest
from click.testing import CliRunner

from profiling.cli import group
from profiling.cli.database import db
from profiling.cli.keys import keys
from profiling.errors import Invalid

SMALL = ["seed", "--officers-per-office", "2", "--interviews", "12", "--months", "1"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SIAGA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SIAGA_DATABASE_URL", raising=False)
    runner = CliRunner()
    assert runner.invoke(keys, ["init"]).exit_code == 0
    assert runner.invoke(db, ["upgrade"]).exit_code == 0
    return lambda *args: runner.invoke(group, args)


def test_seed_writes_accounts_that_only_the_owner_can_read(run, tmp_path):
    accounts = tmp_path / "accounts.csv"
    answer = run(*SMALL, "--accounts-file", str(accounts))
    assert answer.exit_code == 0, answer.output
    assert "12 interviews" in answer.output
    assert accounts.stat().st_mode & 0o077 == 0
    with accounts.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert list(rows[0]) == ["username", "password", "totp_seed", "role", "office", "scope"]
    assert {row["role"] for row in rows} >= {"officer", "analyst", "supervisor", "auditor"}
    assert not any(row["totp_seed"] for row in rows)


def test_seed_refuses_a_database_with_content(run, tmp_path):
    accounts = tmp_path / "accounts.csv"
    assert run(*SMALL, "--accounts-file", str(accounts)).exit_code == 0
    again = run(*SMALL, "--accounts-file", str(tmp_path / "second.csv"))
    assert isinstance(again.exception, Invalid)
    assert not (tmp_path / "second.csv").exists()


def test_seed_needs_a_folder_for_the_accounts(run, tmp_path):
    answer = run(*SMALL, "--accounts-file", str(tmp_path / "nowhere" / "a.csv"))
    assert answer.exit_code == 2
    assert "does not exist" in answer.output


def test_queue_simulate_adds_nothing_twice_and_refuses_a_real_database(run, tmp_path):
    assert isinstance(run("queue", "simulate").exception, Invalid)
    assert run(*SMALL, "--accounts-file", str(tmp_path / "a.csv")).exit_code == 0
    answer = run("queue", "simulate")
    assert answer.exit_code == 0
    assert answer.output.startswith("0 simulated")
