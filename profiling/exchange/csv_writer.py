"""The one writer of CSV: comma, UTF-8 with a mark, and no cell that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

_RUNNABLE = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_GUARD = "'"
_OTHER_CELL = re.compile(r'([;\t\r\n][\s"]*)(?=[=+\-@|%＝＋－＠])')
"""Where a program that separates by other signs would begin a cell that runs."""

MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def write_csv(target: TextIO, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table; returns the number of rows without the head."""
    writer = csv.writer(target, lineterminator="\r\n")
    target.write(MARK)
    writer.writerow(safe_cell(head) for head in heads)
    count = 0
    for row in rows:
        writer.writerow(safe_cell(value) for value in row)
        count += 1
    return count


def safe_cell(value: object) -> str:
    """Return a cell's text; a text that a spreadsheet would take for a formula gets a guard.

    Numbers stay numbers, also below zero; nothing known is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    text = _OTHER_CELL.sub(rf"\1{_GUARD}", str(value).replace("\x00", ""))
    runs = text.lstrip(" \ufeff\u00a0").startswith(_RUNNABLE) or text.startswith(_RUNNABLE)
    return f"{_GUARD}{text}" if runs else text
