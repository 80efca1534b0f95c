"""A report as plain rows: one for each count or share, for table files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from profiling.reports.figures import figures
from profiling.reports.monthly import Report, as_json

_NOT_FIGURES = ("period", "office", "intervals")
_SHARES = ("coverage", "completeness")
_HIDDEN = {"id": "disembunyikan", "en": "hidden"}

HEADS = ("period", "office", "figure", "key", "value", "low", "high", "n", "label", "definition")
"""The columns of a report's table file."""

Plain = str | int | float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row; `low`, `high` and `n` belong to shares."""

    figure: str
    key: str
    value: Plain
    low: float | None = None
    high: float | None = None
    n: int | None = None


def lines_of(report: Report, lang: str) -> tuple[tuple[Plain, ...], ...]:
    """Return the rows of a report, in the order of HEADS."""
    content = as_json(report)
    head = (content["period"], content["office"])
    rows = []
    for name, value in content.items():
        if name in _NOT_FIGURES:
            continue
        figure = figures()[name]
        words = (figure.label.of(lang), figure.definition.of(lang))
        rows += [
            (*head, line.figure, line.key, line.value, line.low, line.high, line.n, *words)
            for line in _lines(name, value, content["intervals"], lang)
        ]
    return tuple(rows)


def _lines(name: str, value: Any, intervals: Mapping[str, Any], lang: str) -> Iterator[Line]:
    if name in _SHARES:
        yield _share(name, "", intervals[name])
    elif name == "flag_precision":
        yield _share(name, "", value)
    elif name == "audit_sample":
        share = {**value, "value": value["miss_rate"]}
        yield _share(name, "miss_rate", share)
        yield Line(name, "positives", value["positives"])
    elif isinstance(value, Mapping):
        yield from _nested(name, value, lang)
    else:
        yield Line(name, "", value)


def _nested(name: str, value: Mapping[str, Any], lang: str, prefix: str = "") -> Iterator[Line]:
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _nested(name, inner, lang, f"{prefix}{key}.")
        else:
            yield Line(name, f"{prefix}{key}", _HIDDEN[lang] if inner is None else inner)


def _share(name: str, key: str, share: Mapping[str, Any]) -> Line:
    return Line(name, key, share["value"], share["low"], share["high"], share["n"])
