"""One report: every figure of a period, and the same as the contract's JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from profiling.reports.answers import AnswerCounts, count_answers
from profiling.reports.cases import CaseCounts, count_cases
from profiling.reports.coverage import measure_coverage
from profiling.reports.groups import GroupCounts, TripCounts, count_groups, count_trips
from profiling.reports.intervals import Share, wilson
from profiling.reports.interviews import (
    Durations,
    InterviewCounts,
    count_interviews,
    measure_durations,
)
from profiling.reports.periods import Period
from profiling.reports.window import Window


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures that are compared with earlier periods."""

    period: Period
    interviews: InterviewCounts
    coverage: Share
    durations: Durations
    cases: CaseCounts


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one period; `office` is None for all offices of the reader's scope."""

    office: str | None
    headline: Headline
    answers: Mapping[str, AnswerCounts]
    trips: TripCounts
    groups: GroupCounts


def measure_headline(session: Session, window: Window) -> Headline:
    """Compute what is compared: interviews, coverage, durations, cases."""
    return Headline(
        period=window.period,
        interviews=count_interviews(session, window),
        coverage=measure_coverage(session, window),
        durations=measure_durations(session, window),
        cases=count_cases(session, window),
    )


def build_report(session: Session, window: Window, office: str | None) -> Report:
    """Compute every figure of a period."""
    return Report(
        office=office,
        headline=measure_headline(session, window),
        answers=count_answers(session, window),
        trips=count_trips(session, window),
        groups=count_groups(session, window),
    )


def as_json(report: Report) -> dict[str, Any]:
    """Return the report in the words of the contract; `intervals` adds how sure each share is."""
    line, counts, cases = report.headline, report.headline.interviews, report.headline.cases
    return {
        "period": line.period.code,
        "office": report.office,
        "interviews": counts.interviews,
        "coverage": line.coverage.value,
        "completeness": counts.completeness.value,
        "bands": dict(counts.bands),
        "papers": dict(counts.papers),
        "dispositions": dict(counts.dispositions),
        "purposes": dict(report.trips.purposes),
        "destinations": dict(report.trips.destinations),
        "indicators": {code: asdict(answers) for code, answers in report.answers.items()},
        "median_interview_seconds": line.durations.median,
        "cases": {
            "opened": cases.opened,
            "closed": cases.closed,
            "open": cases.open,
            "overdue": cases.overdue,
            "outcomes": dict(cases.outcomes),
        },
        "flag_precision": _share(cases.precision),
        "audit_sample": {
            "n": cases.audit.found.n,
            "positives": cases.audit.found.part,
            "miss_rate": cases.audit.miss_rate,
            "low": cases.audit.found.low,
            "high": cases.audit.found.high,
        },
        "overrides": {"raised": counts.raised, "lowered": counts.lowered},
        "voided": counts.voided,
        **asdict(report.groups),
        "intervals": _intervals(line),
    }


def _intervals(line: Headline) -> dict[str, Any]:
    counts = line.interviews
    return {
        "coverage": _share(line.coverage),
        "completeness": _share(counts.completeness),
        "bands": _parts(counts.bands, counts.interviews),
        "papers": _parts(counts.papers, counts.interviews),
        "dispositions": _parts(counts.dispositions, counts.interviews),
    }


def _parts(counts: Mapping[str, int], whole: int) -> dict[str, Any]:
    return {word: _share(wilson(n, whole)) for word, n in counts.items()}


def _share(share: Share) -> dict[str, Any]:
    return {"value": share.value, "low": share.low, "high": share.high, "n": share.n}
