"""docs/api.md says what is there, and its walk-through works."""

import json
import re
from pathlib import Path

from profiling.api.document import OPERATIONS, document
from profiling.api.openapi import describe
from profiling.security.access import GRANTS
from tests.support.api import PREFIX
from tests.support.submissions import make_submission

GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| `(GET|POST) (/api/v1[^`]*)` \| ([^|]+) \|")


def test_every_address_of_the_guide_exists_and_none_is_left_out():
    told = {(method, path) for method, path, _ in ROW.findall(GUIDE)}
    there = {(each.method, PREFIX + each.documented_path) for each in OPERATIONS}
    assert told == there
    named = set(re.findall(r"/api/v1(/[a-z.]+)", GUIDE)) | set(re.findall(r"\$API(/[a-z]+)", GUIDE))
    assert {f"{PREFIX}{path}" for path in named} <= {
        "/".join(path.split("/")[:4]) for path in document()["paths"]
    }


def test_the_guide_names_the_roles_that_may_ask():
    told = {(method, path): words for method, path, words in ROW.findall(GUIDE)}
    for each in OPERATIONS:
        words = told[each.method, PREFIX + each.documented_path]
        rule = each.rule
        roles = {role for role, grants in GRANTS.items() if rule.permission in grants}
        if "everybody" in words:
            assert roles == set(GRANTS)
        else:
            assert {role for role in GRANTS if role in words} == roles, each.name


def test_the_statuses_of_the_guide_are_the_documented_ones():
    told = {int(word) for word in re.findall(r"\b[45]\d\d\b", GUIDE.split("## What there is")[0])}
    found = {
        int(status)
        for methods in describe(OPERATIONS)["paths"].values()
        for operation in methods.values()
        for status in operation["responses"]
    }
    assert found - {200, 201} | {405} == told


def test_the_walk_through_works(api):
    block = re.search(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert block is not None
    body = json.loads(block[1]) | {
        name: make_submission()[name] for name in ("departure_date", "started_at", "finished_at")
    }
    officer = api("officer")
    receipt = officer.post("/interviews", body, status=201)
    assert receipt["band"] == "hijau"
    for text in re.findall(r"-d '(\{.*\})'", GUIDE):
        wanted = json.loads(text)
        step = "decision" if "disposition" in wanted else "corrections"
        status = 200 if step == "decision" else 201
        receipt = officer.post(f"/interviews/{receipt['id']}/{step}", wanted, status=status)
    assert officer.get(f"/interviews/{receipt['id']}")["version"] == 3
