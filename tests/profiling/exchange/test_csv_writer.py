import csv
import io

import pytest

from profiling.exchange.csv_writer import MARK, safe_cell, write_csv


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "|x", "%x", "＝1", "＋1", "－1", "＠x",
     " =1", "\ufeff=1", "\u00a0=1", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_a_text_that_would_run_gets_a_guard(text: str) -> None:
    assert safe_cell(text).startswith("'")
    assert safe_cell(text)[1:] == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (True, "1"), (False, "0"), (-3, "-3"), (-0.5, "-0.5"), ("Siti", "Siti"),
     ("a=b", "a=b"), ("", ""), ("nol\x00", "nol")],
)  # fmt: skip
def test_other_values_stay_as_they_are(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_no_text_leaves_its_cell() -> None:
    rows = [('say "=1";', "a,b", "line\r\nbreak", "x;=1"), ("\n=1", "'", '"', ",")]
    stream = io.StringIO()

    count = write_csv(stream, ["a", "b", "c", "d"], rows)

    assert count == 2
    text = stream.getvalue()
    assert text.startswith(MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))
    assert read[0] == ["a", "b", "c", "d"]
    assert read[1] == list(rows[0])
    assert read[2] == ["'\n=1", "'", '"', ","]
