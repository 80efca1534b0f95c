"""How each question was answered: decoded from coded answers, in pieces of bounded size."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.coding import CODES
from checklist.loading import load
from checklist.vocabulary import Answer
from profiling.records import Interview, InterviewVersion
from profiling.reports.interviews import FIRST_VERSION
from profiling.reports.window import Window

_PIECE = 8192
_YA = (Answer.YA, Answer.EJAAN, Answer.IDENTITAS_BERBEDA)
_TIDAK = (Answer.TIDAK, Answer.IDENTITAS_SAMA)
_TD = (Answer.TD,)


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How often one indicator was answered with a sign, without one, or not known."""

    ya: int = 0
    tidak: int = 0
    td: int = 0


def count_answers(session: Session, window: Window) -> Mapping[str, AnswerCounts]:
    """Count the answers of first versions by indicator; what was not asked counts nowhere.

    A spelling that differs and a match with another identity count as ya, as in the contract;
    a match with the same identity is an ordinary renewal and counts as tidak.
    """
    totals: dict[str, np.ndarray[tuple[int, int], np.dtype[np.int64]]] = {}
    rows = session.execute(
        select(InterviewVersion.instrument_version, InterviewVersion.answers_coded)
        .select_from(Interview)
        .join(InterviewVersion, FIRST_VERSION)
        .where(window.first_sealed, ~Interview.voided)
        .execution_options(yield_per=_PIECE)
    )
    for piece in rows.partitions():
        for version in {row.instrument_version for row in piece}:
            coded = [row.answers_coded for row in piece if row.instrument_version == version]
            counted = _tally(coded, len(load(version).questions))
            totals[version] = totals[version] + counted if version in totals else counted
    return _by_indicator(totals)


def _tally(coded: list[bytes], width: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return how often each code stands in each column."""
    table = np.frombuffer(b"".join(coded), dtype=np.uint8).reshape(-1, width)
    codes = range(max(CODES.values()) + 1)
    return np.stack([(table == code).sum(axis=0, dtype=np.int64) for code in codes])


def _by_indicator(
    totals: Mapping[str, np.ndarray[tuple[int, int], np.dtype[np.int64]]],
) -> dict[str, AnswerCounts]:
    counts = {code: AnswerCounts() for code in load().questions}
    for version, table in totals.items():
        for column, code in enumerate(load(version).questions):
            before = counts.get(code, AnswerCounts())
            counts[code] = AnswerCounts(
                before.ya + _sum(table, _YA, column),
                before.tidak + _sum(table, _TIDAK, column),
                before.td + _sum(table, _TD, column),
            )
    return counts


def _sum(
    table: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    answers: tuple[Answer, ...],
    column: int,
) -> int:
    return sum(int(table[CODES[answer], column]) for answer in answers)
