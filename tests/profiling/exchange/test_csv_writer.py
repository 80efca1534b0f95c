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
    """INJ-20."""
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
    """INJ-22."""
    rows = [('say "=1";', "a,b", "line\r\nbreak", "x"), ("\n=1", "'", '"', ",")]
    stream = io.StringIO()

    count = write_csv(stream, ["a", "b", "c", "d"], rows)

    assert count == 2
    text = stream.getvalue()
    assert text.startswith(MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))
    assert read[0] == ["a", "b", "c", "d"]
    assert read[1] == list(rows[0])
    assert read[2] == ["'\n'=1", "'", '"', ","]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_text_begins_a_cell_that_runs_however_cells_are_parted(delimiter: str) -> None:
    """INJ-22."""
    texts = [
        "x;=1",
        "y\n=1",
        "z\t+1",
        'q";@SUM(A1)',
        "a; ＝1",
        "b\r\n-1",
        '"=1',
        "'=1",
        '",=1',
        'c"\n"=1',
    ]
    stream = io.StringIO()

    write_csv(stream, ["head"], [("first", text) for text in texts] + [(text,) for text in texts])

    read = csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=delimiter)
    cells = [cell.lstrip(" \ufeff") for row in read for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))] == []
