"""Records of a scoring file checked and turned into columns of small numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from checklist.coding import CODES
from checklist.compilation import CompiledRules
from checklist.rules import NUMERIC_FACTS
from checklist.vocabulary import Answer
from models_ml.columns import PURPOSES, UNKNOWN, Bytes, Columns, Flags, Numbers

ID_COLUMN = "record_id"
_NUMBER = r"^[0-9]{1,9}(\.0+)?$"
_WORDS = ("", *sorted(CODES, key=CODES.__getitem__))
_LIMIT = 2**30


class ScoringFileError(ValueError):
    """The file cannot be scored; says where and why, never what stood there."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a file as text columns, and how many came before them."""

    table: pa.Table
    before: int

    def refuse(self, column: str, wrong: NDArray[np.bool_], expected: str) -> None:
        """Refuse the file if any record is wrong in this column, naming the first."""
        if wrong.any():
            place = int(np.argmax(wrong))
            name = self.table.column(ID_COLUMN)[place].as_py()
            raise ScoringFileError(
                f"record {self.before + place + 1} ({name}), column {column}: expected {expected}"
            )


def input_columns(rules: CompiledRules) -> tuple[str, ...]:
    """Name the columns a scoring file must have."""
    facts = sorted(NUMERIC_FACTS)
    return (
        *(ID_COLUMN, "interview_date", "birth_date", "sex", "nik", "purpose", "destination"),
        *rules.questions,
        *(*facts, "prior_np_refusal_purpose", "watchlist_hit"),
    )


def as_text(table: pa.Table) -> pa.Table:
    """Return the table with every column as text, empty where nothing is known."""
    return pa.table(
        {name: _text(table.column(name)) for name in table.column_names},
    )


def read_columns(part: Part, rules: CompiledRules) -> Columns:
    """Check a part of a file and lay it out for scoring."""
    held, born = _dates(part, "interview_date"), _dates(part, "birth_date")
    part.refuse("birth_date", born > held, "a date not after interview_date")
    facts = {name: _numbers(part, name) for name in NUMERIC_FACTS}
    facts["watchlist_hit"] = _yes_or_no(part, "watchlist_hit")
    facts["nik_disagrees"] = _nik_disagrees(part, born)
    purpose = _places(part, "purpose", PURPOSES)
    prior = _places(part, "prior_np_refusal_purpose", ("", *PURPOSES)) - 1
    is_known = (facts["prior_np_refusal_days"] != UNKNOWN) & (prior >= 0)
    facts["refused_for_other_purpose"] = np.where(is_known, prior != purpose, UNKNOWN).astype(
        np.int32
    )
    destination, destinations = _destinations(part)
    starts = np.array([day.toordinal() for day in rules.starts], np.int64)
    ordinals = held.astype(np.int64) + date(1970, 1, 1).toordinal()
    return Columns(
        purpose=purpose.astype(np.uint8),
        is_child=_ages(born, held) < rules.rules.adult_age,
        period=np.searchsorted(starts, ordinals, side="right").astype(np.uint8),
        answers=_answers(part, rules),
        facts=facts,
        destination=destination,
        destinations=destinations,
    )


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(column.cast(kind.value_type))
    if pa.types.is_boolean(kind):
        column = pc.if_else(column, Answer.YA.value, Answer.TIDAK.value)
    elif pa.types.is_timestamp(kind):
        column = column.cast(pa.date32())
    return pc.fill_null(column.cast(pa.string()), "")


def _answers(part: Part, rules: CompiledRules) -> Bytes:
    kinds = {item.code: item.kind for item in rules.rules.indicators}
    answers = np.empty((len(rules.questions), part.table.num_rows), np.uint8)
    for row, question in zip(answers, rules.questions, strict=True):
        allowed = kinds[question].allowed
        known = np.isin(np.arange(len(_WORDS)), [0, *(CODES[answer] for answer in allowed)])
        places = _places(part, question, _WORDS, expected=f"{', '.join(allowed)} or empty")
        part.refuse(question, ~known[places], f"{', '.join(allowed)} or empty")
        row[:] = places
    return answers


def _places(
    part: Part, column: str, words: Iterable[str], *, expected: str | None = None
) -> NDArray[np.int32]:
    """Return the place of each value in a list of words."""
    listed = [str(word) for word in words]
    found = pc.index_in(part.table.column(column), value_set=pa.array(listed))
    places: NDArray[np.int32] = pc.fill_null(found, -1).to_numpy().astype(np.int32)
    named = ", ".join(word or "empty" for word in listed)
    part.refuse(column, places < 0, expected or f"one of {named}")
    return places


def _numbers(part: Part, column: str) -> Numbers:
    values = part.table.column(column)
    is_empty = pc.equal(values, "")
    is_number = pc.match_substring_regex(values, _NUMBER)
    part.refuse(column, _flags(pc.invert(pc.or_(is_empty, is_number))), "a whole number or empty")
    whole = pc.replace_substring_regex(values, r"\.0+$", "")
    filled = pc.if_else(is_empty, str(UNKNOWN), whole).cast(pa.int64()).to_numpy()
    part.refuse(column, filled > _LIMIT, "a number that is not so large")
    numbers: Numbers = filled.astype(np.int32)
    return numbers


def _yes_or_no(part: Part, column: str) -> Numbers:
    meaning = np.array([UNKNOWN, 0, 1], np.int32)
    words = ("", Answer.TIDAK, Answer.YA)
    return meaning[_places(part, column, words, expected="ya, tidak or empty")]


def _dates(part: Part, column: str) -> NDArray[np.datetime64]:
    values = part.table.column(column)
    try:
        # A parser that stops at the first fault does not say where it stopped.
        days: NDArray[np.datetime64] = values.cast(pa.date32()).to_numpy().astype("datetime64[D]")
    except pa.ArrowInvalid:
        wrong = [_is_no_date(value) for value in values.to_pylist()]
        part.refuse(column, np.array(wrong), "a date such as 2026-12-20")
        raise
    return days


def _is_no_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() != value
    except ValueError:
        return True


def _ages(born: NDArray[np.datetime64], held: NDArray[np.datetime64]) -> NDArray[np.int64]:
    (birth_year, birth_day), (year, day) = _year_and_day(born), _year_and_day(held)
    return year - birth_year - (day < birth_day)


def _year_and_day(days: NDArray[np.datetime64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the year, and month and day as one number that grows within the year."""
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    return months.astype("datetime64[Y]").astype(np.int64) + 1970, month * 100 + day


def _nik_disagrees(part: Part, born: NDArray[np.datetime64]) -> Numbers:
    is_woman = _places(part, "sex", ("L", "P")) == 1
    values = part.table.column("nik")
    is_empty = pc.equal(values, "")
    is_nik = pc.match_substring_regex(values, "^[0-9]{16}$")
    part.refuse("nik", _flags(pc.invert(pc.or_(is_empty, is_nik))), "16 digits or empty")
    digits = pc.if_else(is_empty, "0", pc.utf8_slice_codeunits(values, 6, 12))
    given = digits.cast(pa.int64()).to_numpy()
    year, month_and_day = _year_and_day(born)
    month, day = np.divmod(month_and_day, 100)
    implied = ((day + 40 * is_woman) * 100 + month) * 100 + year % 100
    return np.where(_flags(is_empty), UNKNOWN, given != implied).astype(np.int32)


def _destinations(part: Part) -> tuple[NDArray[np.int16], tuple[str, ...]]:
    values = part.table.column("destination")
    is_country = pc.match_substring_regex(values, "^([A-Z]{3})?$")
    part.refuse("destination", _flags(pc.invert(is_country)), "a three-letter code or empty")
    named = tuple(sorted(set(pc.unique(values).to_pylist()) - {""}))
    places = pc.index_in(values, value_set=pa.array(named, pa.string()))
    return pc.fill_null(places, -1).to_numpy().astype(np.int16), named


def _flags(values: pa.ChunkedArray) -> Flags:
    flags: Flags = values.to_numpy().astype(np.bool_)
    return flags
