"""siaga decision replay."""

import json
import sys

import pytest

from profiling.cli import main
from profiling.records import Interview
from profiling.services import signin
from tests.support.cases import seal
from tests.support.submissions import make_submission, red_submission
from tests.support.tampering import change


@pytest.fixture
def sealed(sqlite_database):
    """Two sealed interviews, a clean one and a red one; gives their ids."""
    with sqlite_database.reading() as session:
        officer = signin.actor_named(session, "officer")
    return [
        seal(sqlite_database, officer, payload) for payload in (make_submission(), red_submission())
    ]


def turn_green(database, interview):
    change(database, "assessments", interview, band="hijau")


def test_nothing_stored_is_nothing_different(siaga):
    result = siaga("decision", "replay", "--all", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"different": [], "checked": 0, "same": 0}


def test_all_as_stored(siaga, sealed):
    result = siaga("decision", "replay", "--all")
    assert (result.exit_code, result.stdout) == (0, "2 checked, 2 as stored.\n")
    result = siaga("decision", "replay", "--all", "--json")
    assert json.loads(result.stdout) == {"different": [], "checked": 2, "same": 2}


def test_what_differs_is_named(siaga, sealed, sqlite_database):
    turn_green(sqlite_database, sealed[1])
    result = siaga("decision", "replay", "--all")
    assert result.exit_code == 1
    assert f"{sealed[1]} version 1 (receipt PMK 2/" in result.stdout
    assert "  band: stored 'hijau', recomputed 'merah'\n" in result.stdout
    assert result.stdout.endswith("2 checked, 1 as stored.\n")
    assert sealed[0] not in result.stdout


def test_every_difference_stands_in_one_json(siaga, sealed, sqlite_database):
    turn_green(sqlite_database, sealed[1])
    change(sqlite_database, "assessments", sealed[0], rules_version="tppo-1999.1")
    result = siaga("decision", "replay", "--all", "--json")
    assert result.exit_code == 1
    findings = json.loads(result.stdout)
    assert (findings["checked"], findings["same"]) == (2, 0)
    by_interview = {each["interview"]: each for each in findings["different"]}
    assert set(by_interview) == set(sealed)
    assert "tppo-1999.1" in by_interview[sealed[0]]["problem"]
    assert by_interview[sealed[1]] == {
        "interview": sealed[1],
        "version": 1,
        "receipt": by_interview[sealed[1]]["receipt"],
        "rules": "tppo-2026.1",
        "problem": None,
        "columns": {"band": {"stored": "hijau", "recomputed": "merah"}},
    }


def test_what_is_no_text_can_be_shown(siaga, sealed, sqlite_database):
    change(sqlite_database, "assessments", sealed[0], band=b"\xff\x00")
    result = siaga("decision", "replay", "--all", "--json")
    (finding,) = json.loads(result.stdout)["different"]
    assert finding["columns"]["band"]["stored"] == repr(b"\xff\x00")


def test_one_interview_by_the_number_on_its_notice(siaga, sealed, sqlite_database):
    turn_green(sqlite_database, sealed[1])
    with sqlite_database.reading() as session:
        numbers = [session.get_one(Interview, one).application_no for one in sealed]
    assert [siaga("decision", "replay", one).exit_code for one in numbers] == [0, 1]
    assert [siaga("decision", "replay", one, "--json").exit_code for one in sealed] == [0, 1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2026-999999"], "No interview has this id or application number."),
        (["2026-999999", "--json"], "No interview has this id or application number."),
        ([], "Give either an ID or --all."),
        (["2026-000001", "--all"], "Give either an ID or --all."),
    ],
)
@pytest.mark.usefixtures("siaga")
def test_bad_input_is_said(monkeypatch, capsys, words, said):
    monkeypatch.setattr(sys, "argv", ["siaga", "decision", "replay", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
