"""The house keeps its shape: each rule of the plan that a machine can check."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(
    path
    for room in ("checklist", "forms", "models_ml", "profiling")
    for path in (ROOT / room).rglob("*.py")
)
BANNED_NAMES = {
    "utils",
    "helpers",
    "common",
    "misc",
    "manager",
    "handler",
    "processor",
    "data",
    "info",
    "temp",
}
SLOW = {"sklearn", "shap", "altair", "pandas", "pyarrow", "holidays", "vl_convert", "joblib"}


def imports_of(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def test_only_the_top_starts_from_wsgi():
    importers = [str(path) for path in CODE for name, _ in imports_of(path) if name == "wsgi"]
    assert importers == []


def test_only_the_database_module_ends_transactions():
    ending = re.compile(r"\.(commit|rollback)\(")
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        if ending.search(path.read_text(encoding="utf-8")) and path.name != "database.py"
    ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing():
    assert [str(path) for path in CODE if path.stem in BANNED_NAMES] == []


def test_every_module_opens_with_a_line_that_says_what_it_is_for():
    missing = [
        str(path) for path in CODE if ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None
    ]
    assert missing == []


@pytest.mark.parametrize("room", ["views", "api"])
def test_edges_do_not_import_slow_libraries_at_the_top(room):
    found = [
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "profiling" / room).rglob("*.py")
        for name, node in imports_of(path)
        if name.split(".")[0] in SLOW and node.col_offset == 0
    ]
    assert found == []


def test_nothing_names_a_registry_or_a_path_of_one_machine():
    listed = [*ROOT.glob("*.lock"), *ROOT.glob("*.toml"), ROOT / "Makefile", *ROOT.glob("*.md")]
    addresses = re.compile(r"https?://(?!127\.0\.0\.1|localhost|siaga\.example)")
    assert [path.name for path in listed if addresses.search(path.read_text("utf-8"))] == []


def test_locked_dependencies_carry_hashes():
    for name in ("requirements.lock", "requirements-test.lock"):
        pinned = re.findall(r"^([a-z0-9._-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        hashed = re.findall(
            r"^([a-z0-9._-]+)==\S+ \\\n    --hash=sha256:",
            (ROOT / name).read_text("utf-8"),
            re.MULTILINE,
        )
        assert pinned == hashed
        assert len(pinned) > 40
