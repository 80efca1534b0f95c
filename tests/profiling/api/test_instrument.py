"""The instrument through the API."""

import json

import pytest

from checklist.canonical import digest
from checklist.loading import load
from tests.support.api import PREFIX

READERS_OF_RULES = {"analyst", "steward", "auditor"}
ROLES = ("officer", "analyst", "supervisor", "steward", "admin", "auditor", "dpo")


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_read_the_rules_get_them(api, role):
    content = api(role).get("/instrument")
    assert ("rules" in content) is (role in READERS_OF_RULES)
    assert content["sha256"] == load().sha256


def test_an_officer_finds_no_points_strengths_or_bands(api):
    text = json.dumps(api("officer").get("/instrument"))
    for word in ('"points"', '"strength"', "strength_adult", '"bands"', '"supersedes"', "RW-05"):
        assert word not in text, word


def test_it_holds_what_a_counter_asks_and_checks(api):
    content = api("officer").get("/instrument")
    steps = {step["code"] for step in content["routing"]["steps"]}
    assert steps == set(content["wording"]["questions"])
    assert content["wording"]["questions"]["TP-05"]["ask"]["id"]
    assert {paper["code"] for paper in content["papers"]} >= {"SURAT-PPIU"}
    for each in content["lists"].values():
        assert each["sha256"] == digest(each["entries"])


def test_who_has_it_already_gets_nothing_again(api):
    officer = api("officer")
    first = officer.send("GET", "/instrument", status=200)
    headers = {**officer.headers, "If-None-Match": first.headers["ETag"]}
    again = officer.client.get(f"{PREFIX}/instrument", headers=headers)
    assert (again.status_code, again.get_data()) == (304, b"")
    steward = api("steward").send("GET", "/instrument", status=200)
    assert steward.headers["ETag"] != first.headers["ETag"]
