"""Fails when a Python file is longer than its limit, unless the file gives a reason."""

import subprocess
import sys
from pathlib import Path

CODE_LINES = 300
TEST_LINES = 400
REASON = "# long because: "


def main() -> int:
    """Print each file over its limit; return 1 when there is one."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"],  # noqa: S607 - git is found by name on every machine
        capture_output=True,
        text=True,
        check=True,
    )
    too_long = [line for name in listed.stdout.split() if (line := _complaint(Path(name)))]
    sys.stdout.writelines(f"{line}\n" for line in too_long)
    return 1 if too_long else 0


def _complaint(path: Path) -> str | None:
    if not path.exists() or "versions" in path.parts:
        return None
    text = path.read_text(encoding="utf-8")
    limit = TEST_LINES if path.parts[0] == "tests" else CODE_LINES
    lines = text.count("\n")
    if lines <= limit or REASON in text:
        return None
    return f"{path}: {lines} lines, limit {limit}"


if __name__ == "__main__":
    sys.exit(main())
