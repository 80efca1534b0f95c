"""Start and memory of a counter process beside bare flask, wtforms and sqlalchemy."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing import Measured, measured
from tests.support.databases import SqliteTemplate

ROUNDS = 5
_BARE = "import flask, wtforms, sqlalchemy, sqlalchemy.orm; flask.Flask('bare')"
_OURS = "import wsgi"
_REPORT = """
import re, time
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], time.process_time())
"""


def startup() -> dict[str, Measured]:
    """Return seconds of processor and MiB of memory until each is ready to answer."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="siaga-bench-") as folder:
        template = SqliteTemplate(Path(folder) / "home")
        environ = {**os.environ, "SIAGA_HOME": str(template.settings.home), "SIAGA_ENV": "demo"}
        for _ in range(ROUNDS):
            for name, code in {"bare": _BARE, "counter": _OURS}.items():
                memory, seconds = _run(code, environ)
                found.setdefault(f"{name} seconds", []).append(seconds)
                found.setdefault(f"{name} MiB", []).append(memory)
    return {name: measured(each) for name, each in found.items()}


def _run(code: str, environ: dict[str, str]) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", code + _REPORT],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    memory, seconds = done.stdout.split()[-2:]
    return int(memory) / 1024, float(seconds)
