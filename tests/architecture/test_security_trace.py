"""The table of security cases in docs/security.md names what is there, and nothing else."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASE = re.compile(r"\b(?:AUTH|SESS|CSRF|ACM|IDOR|INJ|MASS|WF|FILE|PATH|REDIR|MOD|HDR|CACHE|ERR|RATE|ENUM|AUD|TAMP|EXP)-\d\d\b")  # fmt: skip
ROW = re.compile(
    r"^\| ([A-Z]+-\d\d)(★?) \| (.+) \| (held|does not apply|not yet) \| (.+) \|$", re.MULTILINE
)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = ROW.findall(TEXT)


def cases() -> dict[str, bool]:
    with (ROOT / "tests/fixtures/security_cases.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["is_blocker"] == "1" for row in csv.DictReader(stream)}


@cache
def claims() -> dict[tuple[str, str], frozenset[str]]:
    """Return each test that carries ids in its docstring or name, with them."""
    found = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                told = f"{ast.get_docstring(node) or ''} {node.name.replace('_', ' ')}"
                ids = frozenset(CASE.findall(re.sub(r"\b([A-Z]+) (\d\d)\b", r"\1-\2", told)))
                if ids:
                    found[str(path.relative_to(ROOT)), node.name] = ids
    return found


def test_every_case_stands_in_the_table_once() -> None:
    assert Counter(row[0] for row in ROWS) == Counter(cases().keys())
    assert {row[0]: row[1] == "★" for row in ROWS} == cases()
    assert len(re.findall(r"^\| [A-Z]+-\d", TEXT, re.MULTILINE)) == len(ROWS)


def test_a_held_case_names_tests_that_carry_its_id() -> None:
    for case, _, _, state, told in ROWS:
        named = NAMED.findall(told)
        assert named or state != "held", case
        assert not named or state != "does not apply", case
        assert "`tests/" not in NAMED.sub("", told), case
        for test in named:
            assert case in claims().get(test, ()), (case, test)


def test_a_test_that_carries_an_id_is_named_in_its_row() -> None:
    named = {(case, test) for case, *_, told in ROWS for test in NAMED.findall(told)}
    carried = {(case, test) for test, ids in claims().items() for case in ids}
    assert carried == named
