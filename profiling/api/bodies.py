"""Reading what a program sends: one JSON object, strictly, and nothing of it said back."""

import json
from collections.abc import Mapping
from typing import Any, Never

from flask import abort, request

from checklist import fields
from checklist.fields import Fields, Problems
from profiling.errors import Invalid

_LARGEST = 256 * 1024
_DEEPEST = 8
_FEW = 64

read_version = fields.whole(1, 2**31 - 1)
"""Reads the version of a record that a program saw."""


def read_body() -> tuple[object, bytes]:
    """Return the JSON of the request, and its bytes; aborts with 400, 413 or 415."""
    request.max_content_length = _LARGEST
    raw = request.get_data(cache=False)
    if not raw:
        return {}, raw
    if request.mimetype != "application/json":
        abort(415)
    try:
        parsed = json.loads(raw.decode(), object_pairs_hook=_unique_keys, parse_constant=_no_number)
    except (ValueError, RecursionError):
        abort(400)
    # Only a body of many braces can be deep, so that ordinary ones are not walked.
    if raw.count(b"[") + raw.count(b"{") > _FEW and _is_deep(parsed):
        abort(400)
    return parsed, raw


def fields_of(body: object, lang: str) -> Fields:
    """Return the reader of the body's fields; raises Invalid when it is no object."""
    problems = Problems(lang)
    form = Fields(body, "", problems)
    if problems.found:
        raise Invalid(problems.found)
    return form


def finish(form: Fields) -> None:
    """Refuse fields that nobody asked for; raises Invalid with every problem found."""
    form.refuse_others()
    if form.problems.found:
        raise Invalid(form.problems.found)


def _unique_keys(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise ValueError("a key is given twice")
    return unique


def _no_number(_text: str) -> Never:
    raise ValueError("not a number")


def _is_deep(parsed: object) -> bool:
    level = [parsed]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    return bool(level)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
