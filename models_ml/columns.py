"""Many records as columns of small numbers: what batch scoring reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from checklist.assessment import Record
from checklist.compilation import CompiledRules
from checklist.rules import BOOLEAN_FACTS, NUMERIC_FACTS
from checklist.vocabulary import Purpose

Bytes: TypeAlias = NDArray[np.uint8]
Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int32]

PURPOSES = tuple(Purpose)
PLACE_OF_PURPOSE: Mapping[str, int] = {str(p): place for place, p in enumerate(PURPOSES)}
UNKNOWN = int(np.iinfo(np.int32).min)
FACTS = (*sorted(NUMERIC_FACTS), *sorted(BOOLEAN_FACTS))


@dataclass(frozen=True, slots=True)
class Columns:
    """Records as columns.

    Parameters
    ----------
    purpose
        Place of the stated purpose in `PURPOSES`.
    is_child
        Whether the applicant is under age on the interview date.
    period
        Place of the interview date among the periods of the dated lists.
    answers
        One row of answer codes for each question, in catalogue order.
    facts
        Every fact of `FACTS`; `UNKNOWN` where nothing is known, 1 and 0 for true and false.
    destination, destinations
        Place of the destination in `destinations`; -1 where it is unknown.
    """

    purpose: Bytes
    is_child: Flags
    period: Bytes
    answers: Bytes
    facts: Mapping[str, Numbers]
    destination: NDArray[np.int16]
    destinations: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.purpose)

    def rows(self, start: int, stop: int) -> "Columns":
        """Return a view of some of the records."""
        part = slice(start, stop)
        return Columns(
            self.purpose[part],
            self.is_child[part],
            self.period[part],
            self.answers[:, part],
            {name: column[part] for name, column in self.facts.items()},
            self.destination[part],
            self.destinations,
        )


def columns_of(records: Sequence[Record], rules: CompiledRules) -> Columns:
    """Lay single records out as columns."""
    facts = [record.facts for record in records]
    destinations = tuple(sorted({f.destination for f in facts if f.destination}))
    place = {name: number for number, name in enumerate(destinations)}
    coded = b"".join(record.answers.codes for record in records)
    by_record = np.frombuffer(coded, np.uint8).reshape(len(records), len(rules.questions))
    return Columns(
        purpose=np.array([PLACE_OF_PURPOSE[f.purpose] for f in facts], np.uint8),
        is_child=np.array([f.age < rules.rules.adult_age for f in facts], np.bool_),
        period=periods_of([f.interview_date for f in facts], rules),
        answers=np.ascontiguousarray(by_record.T),
        facts={name: _numbers([getattr(f, name) for f in facts]) for name in FACTS},
        destination=np.array([place.get(f.destination or "", -1) for f in facts], np.int16),
        destinations=destinations,
    )


def periods_of(days: Sequence[date], rules: CompiledRules) -> Bytes:
    """Return the place of each day among the periods of the dated lists."""
    starts = np.array([day.toordinal() for day in rules.starts], np.int64)
    ordinals = np.array([day.toordinal() for day in days], np.int64)
    return np.searchsorted(starts, ordinals, side="right").astype(np.uint8)


def _numbers(values: Sequence[int | bool | None]) -> Numbers:
    return np.array([UNKNOWN if value is None else int(value) for value in values], np.int32)
