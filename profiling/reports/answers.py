"""How each question was answered: decoded from coded answers, in pieces of bounded size."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.coding import CODES
from checklist.loading import load
from checklist.vocabulary import Answer
from profiling.records import Interview, InterviewVersion
from profiling.reports.interviews import FIRST_VERSION
from profiling.reports.window import Window

Tally: TypeAlias = "Counter[tuple[int, int]]"
"""How often a code stands in a column: (column, code) -> count."""

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
    totals: dict[str, Tally] = {}
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
            _add(totals.setdefault(version, Counter()), b"".join(coded), version)
    return _by_indicator(totals)


def _add(tally: Tally, coded: bytes, version: str) -> None:
    """Count how often each code stands in each column of these rows."""
    width = len(load(version).questions)
    for column in range(width):
        answers = coded[column::width]
        for code in CODES.values():
            tally[column, code] += answers.count(code)


def _by_indicator(totals: Mapping[str, Tally]) -> dict[str, AnswerCounts]:
    counts = {code: AnswerCounts() for code in load().questions}
    for version, tally in totals.items():
        for column, code in enumerate(load(version).questions):
            before = counts.get(code, AnswerCounts())
            counts[code] = AnswerCounts(
                before.ya + _sum(tally, _YA, column),
                before.tidak + _sum(tally, _TIDAK, column),
                before.td + _sum(tally, _TD, column),
            )
    return counts


def _sum(tally: Tally, answers: tuple[Answer, ...], column: int) -> int:
    return sum(tally[column, CODES[answer]] for answer in answers)
