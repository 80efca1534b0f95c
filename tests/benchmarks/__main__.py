"""Measures everything beside its anchor, in one run, and prints tables in Markdown.

`python -m tests.benchmarks` runs all; names choose some: scoring, batch, replay, start, page, or
submission-sqlite and submission-postgresql.
With `--write FILE` the tables replace what stands between the marks of a document.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import interview_page, replay, scoring, startup, submission
from tests.benchmarks.timing import Measured

_BEGIN, _END = "<!-- measured -->\n", "<!-- end of measured -->\n"
Rows = dict[str, Measured]


def main() -> int:
    """Run the chosen benchmarks; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=[])
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    tables = [table() for name, table in TABLES.items() if not chosen.names or name in chosen.names]
    text = "\n".join([_machine(), *(each for each, _ in tables)])
    print(text)
    if chosen.write:
        _write(chosen.write, text)
    return 0 if all(held for _, held in tables) else 1


def _scoring() -> tuple[str, bool]:
    rows = scoring.one_assessment()
    targets = [
        (f"assessment / generated, {kind}", f"assessment, {kind}", f"generated, {kind}", 4.0)
        for kind in ("catalogue", "clean")
    ]
    return _table("One assessment (list, points, band, range)", rows, targets, scale=(1e6, "us"))


def _batch() -> tuple[str, bool]:
    rows = scoring.batch()
    targets = [("batch form / least numpy", "batch form", "least numpy", 3.0)]
    return _table("200,000 coded records", rows, targets, scale=(1e3, "ms"))


def _replay() -> tuple[str, bool]:
    rows = replay.replays()
    targets = [("replay / reading the same columns", "replay", "reading", 15.0)]
    return _table("200,000 stored results worked out again", rows, targets, scale=(1, "s"))


def _submission(engine: str, most: float) -> tuple[str, bool]:
    rows = submission.submissions(engine)
    targets = [
        ("bare view / submission, requests a second", "bare view", "submission", most),
        ("p99 of submission / of bare view", "submission p99", "bare view p99", 3.0),
    ]
    return _table(f"API submission on {engine}", rows, targets, scale=(1, "1/s or s"))


def _start() -> tuple[str, bool]:
    rows = startup.startup()
    targets = [
        ("counter / bare, seconds of processor", "counter seconds", "bare seconds", 2.0),
        ("counter / bare, memory", "counter MiB", "bare MiB", 2.0),
    ]
    return _table("Start of a counter process", rows, targets, scale=(1, "s or MiB"))


def _page() -> tuple[str, bool]:
    rows = interview_page.interview_page()
    limits = {"slowed 4 times, seconds": 1.0, "compressed kB": 120.0}
    text, _ = _table("Interview page until it takes keys", rows, [], scale=(1, "s or kB"))
    lines = [_verdict(name, rows[name].median, most) for name, most in limits.items()]
    held = all(rows[name].median <= most for name, most in limits.items())
    return "\n".join([text, *lines, ""]), held


TABLES: dict[str, Callable[[], tuple[str, bool]]] = {
    "scoring": _scoring,
    "batch": _batch,
    "replay": _replay,
    "submission-sqlite": lambda: _submission("sqlite", 2.5),
    "submission-postgresql": lambda: _submission("postgresql", 4.0),
    "start": _start,
    "page": _page,
}


def _table(
    title: str,
    rows: Rows,
    targets: list[tuple[str, str, str, float]],
    *,
    scale: tuple[float, str],
) -> tuple[str, bool]:
    factor, unit = scale
    lines = [
        f"### {title}",
        "",
        f"| work | median, {unit} | least | most |",
        "|---|---:|---:|---:|",
    ]
    for name, each in rows.items():
        figures = (each.median * factor, each.least * factor, each.most * factor)
        lines.append(f"| {name} | {' | '.join(f'{figure:.4g}' for figure in figures)} |")
    lines.append("")
    held = True
    for title_, above, below, most in targets:
        ratio = rows[above].median / rows[below].median
        held = held and ratio <= most
        lines.append(_verdict(title_, ratio, most))
    return "\n".join([*lines, ""]), held


def _verdict(title: str, figure: float, most: float) -> str:
    word = "held" if figure <= most else "MISSED"
    return f"- {title}: **{figure:.2f}**, at most {most:g}: {word}"


def _machine() -> str:
    load = os.getloadavg()[0]
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f} at the "
        "start. Ratios within one run are the result; absolute figures move with the machine.\n"
    )


def _write(path: Path, text: str) -> None:
    document = path.read_text(encoding="utf-8")
    before, rest = document.split(_BEGIN)
    _, after = rest.split(_END)
    path.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
