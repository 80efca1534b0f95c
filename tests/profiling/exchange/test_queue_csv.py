"""The appointment list as CSV: what spreadsheets write, and what is refused."""

import pytest

from profiling.errors import Invalid
from profiling.exchange.queue_csv import MAX_ROWS, read_queue_csv

HEADING = "application_no,nik,name,birth_date,sex,slot"
LINE = "A-1,9901014103920001,Siti,1992-03-01,P,2026-11-24T08:00"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADING}\n{LINE}\n",
        f"\ufeff{HEADING}\r\n{LINE}\r\n",
        f"{HEADING}\n{LINE}\n".replace(",", ";"),
        f"{HEADING.upper()}\n\n{LINE}\n,,,,,\n",
    ],
)
def test_usual_files_are_read(text: str) -> None:
    (row,) = read_queue_csv(text.encode())
    assert (row.text("application_no"), row.text("name"), row.text("phone")) == ("A-1", "Siti", "")


def test_rows_keep_their_line_and_quoted_names() -> None:
    text = f'{HEADING}\n\nA-1,,"Uji, Siti",1992-03-01,P,2026-11-24T08:00\n'
    (row,) = read_queue_csv(text.encode())
    assert (row.number, row.text("name")) == (3, "Uji, Siti")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,nik\nSiti,1\n",
        HEADING.encode() + b",name\n",
        HEADING.encode() + b",colour\n",
        HEADING.encode() + b"\n\xff\xfe\n",
        f"{HEADING}\n{LINE}\x00\n".encode(),
        f"{HEADING}\n{LINE},more\n".encode(),
        f'{HEADING}\n"unclosed\n'.encode(),
        b"x" * (8 * 1024 * 1024 + 1),
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    """FILE-01."""
    with pytest.raises(Invalid):
        read_queue_csv(content)


def test_too_many_rows_are_refused() -> None:
    """FILE-02."""
    text = HEADING + "\n" + f"{LINE}\n" * (MAX_ROWS + 1)
    with pytest.raises(Invalid):
        read_queue_csv(text.encode())
