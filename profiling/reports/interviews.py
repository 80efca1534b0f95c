"""Interviews of a period: how many, with which result, papers, completeness and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from checklist.vocabulary import Band, Channel, Disposition, Papers, ReasonCode
from profiling.records import Assessment, Decision, Interview, InterviewVersion
from profiling.reports.expressions import count_if, seconds_between
from profiling.reports.intervals import Share, wilson
from profiling.reports.window import Window

FIRST_VERSION = and_(InterviewVersion.interview_id == Interview.id, InterviewVersion.version == 1)
"""How an interview is joined with what was sealed first."""

_FIRST_DECISION = and_(Decision.interview_id == Interview.id, Decision.sequence == 1)


@dataclass(frozen=True, slots=True)
class InterviewCounts:
    """Counts of one period; an interview counts once, by its first version."""

    interviews: int
    voided: int
    completeness: Share
    bands: Mapping[str, int]
    papers: Mapping[str, int]
    dispositions: Mapping[str, int]
    raised: int
    lowered: int


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds from first question to last, forms on paper left out: median and middle half."""

    n: int
    median: float | None
    low: float | None
    high: float | None


def count_interviews(session: Session, window: Window) -> InterviewCounts:
    """Count everything that one scan with conditional sums can count."""
    row = session.execute(_counting(window)).one()
    return InterviewCounts(
        interviews=row.interviews,
        voided=row.voided,
        completeness=wilson(row.answered, row.routed),
        bands=_words(row, "band", Band),
        papers=_words(row, "papers", Papers),
        dispositions=_words(row, "disposition", Disposition),
        raised=row.raised,
        lowered=row.lowered,
    )


def measure_durations(session: Session, window: Window) -> Durations:
    """Return the exact median and quartiles from a histogram of whole seconds."""
    seconds = seconds_between(InterviewVersion.started_at, InterviewVersion.finished_at)
    rows = session.execute(
        select(seconds.label("seconds"), func.count().label("n"))
        .select_from(Interview)
        .join(InterviewVersion, FIRST_VERSION)
        .where(window.first_sealed, ~Interview.voided, InterviewVersion.channel != Channel.PAPER)
        .group_by(seconds)
    )
    histogram = sorted((int(row.seconds), int(row.n)) for row in rows)
    quarters = [_quantile(histogram, share) for share in (0.5, 0.25, 0.75)]
    return Durations(sum(n for _, n in histogram), *quarters)


def _counting(window: Window) -> Select[Any]:
    counted = ~Interview.voided
    sums: dict[str, ColumnElement[int]] = {
        "interviews": count_if(counted),
        "voided": count_if(Interview.voided.is_(True)),
        "routed": _sum_where(counted, InterviewVersion.routed),
        "answered": _sum_where(counted, InterviewVersion.answered),
        "raised": count_if(and_(counted, _decided() > _judged())),
        "lowered": count_if(and_(counted, _decided() < _judged())),
    }
    for band in Band:
        sums[f"band_{band.name}"] = count_if(and_(counted, Interview.first_band == band))
    for papers in Papers:
        sums[f"papers_{papers.name}"] = count_if(and_(counted, Assessment.papers == papers))
    for disposition in Disposition:
        is_it = and_(counted, Interview.disposition == disposition)
        sums[f"disposition_{disposition.name}"] = count_if(is_it)
    columns: list[Any] = [total.label(name) for name, total in sums.items()]
    return (
        select(*columns)
        .select_from(Interview)
        .join(InterviewVersion, FIRST_VERSION)
        .join(Assessment, Assessment.version_id == InterviewVersion.id)
        .outerjoin(Decision, _FIRST_DECISION)
        .where(window.first_sealed)
    )


def _judged() -> ColumnElement[int]:
    """The rules' result as 0, 1, 2."""
    return case({str(band): band.severity for band in Band}, value=Interview.first_band)


def _decided() -> ColumnElement[int | None]:
    """The first decision as 0, 1, 2; hijau postponed for papers is no disagreement."""
    severities = {str(word): word.severity for word in Disposition if word.severity is not None}
    for_papers = or_(
        Decision.reason_code == ReasonCode.BERKAS,
        and_(Decision.reason_code.is_(None), Assessment.papers == Papers.TUNDA),
    )
    is_equal = and_(
        Decision.disposition == Disposition.TUNDA, Interview.first_band == Band.HIJAU, for_papers
    )
    return case((is_equal, 0), else_=case(severities, value=Decision.disposition))


def _sum_where(condition: ColumnElement[bool], column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, column), else_=0)), 0)


def _words(row: Row[Any], prefix: str, words: Any) -> dict[str, int]:
    return {str(word): getattr(row, f"{prefix}_{word.name}") for word in words}


def _quantile(histogram: list[tuple[int, int]], share: float) -> float | None:
    """Return the value at a share of the sorted values, half way between two neighbours."""
    count = sum(n for _, n in histogram)
    if not count:
        return None
    position = (count - 1) * share
    below = int(position)
    low = _value_at(histogram, below)
    high = _value_at(histogram, min(below + 1, count - 1))
    return low + (high - low) * (position - below)


def _value_at(histogram: list[tuple[int, int]], position: int) -> int:
    for value, n in histogram:
        if position < n:
            return value
        position -= n
    raise IndexError(position)
