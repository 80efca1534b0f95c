"""The appointment list of the booking system as CSV: from bytes to rows of text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from profiling.errors import Invalid, sentence

REQUIRED = ("application_no", "nik", "name", "birth_date", "sex", "slot")
OPTIONAL = (
    "phone",
    "purpose",
    "kk_number",
    "mother_name",
    "village",
    "guardian",
    "passport_service",
    "passport_issued",
    "passport_event_date",
    "status",
)
MAX_BYTES = 8 * 1024 * 1024
MAX_ROWS = 20_000
_MAX_CELL = 500


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row as text; `number` is its line in a spreadsheet, the heading being line 1."""

    number: int
    cells: dict[str, str] = field(repr=False)

    def text(self, column: str) -> str:
        """Return the text of a column, empty when the column is absent."""
        return self.cells.get(column, "")


def read_queue_csv(content: bytes) -> list[QueueRow]:
    """Read comma or semicolon separated text in UTF-8; raises Invalid for the file as a whole."""
    if len(content) > MAX_BYTES:
        raise _refused(sentence("The file is larger than 8 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(sentence("The file is not UTF-8 text. Save it as CSV UTF-8.")) from None
    if "\x00" in text:
        raise _refused(sentence("The file is not a CSV file."))
    try:
        return list(_rows(text))
    except csv.Error:
        raise _refused(sentence("The file is not a CSV file.")) from None


def _rows(text: str) -> Iterator[QueueRow]:
    heading, _, _ = text.partition("\n")
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = [name.strip().lower() for name in next(reader, [])]
    _check_columns(columns)
    count = 0
    for number, cells in enumerate(reader, start=2):
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        count += 1
        if count > MAX_ROWS:
            raise _refused(sentence("The file has more than 20,000 rows. Split it."))
        yield QueueRow(number, _cells(number, columns, texts))


def _check_columns(columns: list[str]) -> None:
    if set(REQUIRED) - set(columns):
        raise _refused(
            sentence(
                "The first line must name these columns: "
                "application_no, nik, name, birth_date, sex, slot."
            )
        )
    if len(set(columns)) != len(columns):
        raise _refused(sentence("The first line names a column twice."))
    if set(columns) - {*REQUIRED, *OPTIONAL}:
        raise _refused(sentence("The first line names a column that is not known."))


def _cells(number: int, columns: list[str], texts: list[str]) -> dict[str, str]:
    if len(texts) > len(columns) or any(len(text) > _MAX_CELL for text in texts):
        raise Invalid({f"{number}.row": [sentence("This row does not fit the first line.")]})
    return dict(zip(columns, texts, strict=False))


def _refused(words: str) -> Invalid:
    return Invalid({"file": [words]})
