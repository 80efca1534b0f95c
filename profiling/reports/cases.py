"""Cases of a period: opened, closed, open, overdue, outcomes, precision and the re-read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from checklist.vocabulary import CaseOrigin, CaseState, Outcome
from profiling.records import Case, Interview
from profiling.reports.expressions import count_if, unsought
from profiling.reports.intervals import Share, exact, wilson
from profiling.reports.periods import Period
from profiling.reports.window import Window

_OPEN = [str(state) for state in CaseState if state.is_open]


@dataclass(frozen=True, slots=True)
class AuditSample:
    """What the random re-read of hijau found; the rate is weighted by the chance to be drawn."""

    found: Share
    miss_rate: float | None


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Counts of one period, by the day on which cases were opened and closed."""

    opened: int
    closed: int
    open: int
    overdue: int
    outcomes: Mapping[str, int]
    precision: Share
    audit: AuditSample


def count_cases(session: Session, window: Window) -> CaseCounts:
    """Count the cases of a period."""
    closed = _closed_rows(session, window, *window.days)
    outcomes = {
        str(outcome): sum(r.n for r in closed if r.outcome == outcome) for outcome in Outcome
    }
    is_open, overdue = _count_open(session, window)
    return CaseCounts(
        opened=_count_opened(session, window),
        closed=sum(row.n for row in closed),
        open=is_open,
        overdue=overdue,
        outcomes=outcomes,
        precision=_precision(closed),
        audit=_audit(closed),
    )


def measure_precisions(
    session: Session, window: Window, periods: list[Period]
) -> Mapping[Period, Share]:
    """Return the precision of merah in each period, with one statement for all of them."""
    first = min(period.first for period in periods)
    rows = _closed_rows(session, window, first, max(period.last for period in periods))
    return {
        period: _precision([r for r in rows if period.first <= r.closed_on <= period.last])
        for period in periods
    }


def _closed_rows(session: Session, window: Window, first: date, last: date) -> Sequence[Any]:
    columns: list[Any] = [Case.closed_on, Case.origin, Case.outcome, Interview.reread_share]
    rows: Sequence[Any] = session.execute(
        select(*columns, func.count().label("n"))
        .join(Interview, Interview.id == Case.interview_id)
        .where(
            Case.closed_on.between(first, last),
            unsought(Case.office).in_(window.offices),
            unsought(Case.state) == CaseState.DITUTUP,
        )
        .group_by(*columns)
    ).all()
    return rows


def _count_opened(session: Session, window: Window) -> int:
    begin, end = window.bounds
    year = window.period.first.year
    # The number of a case is given in the year of its opening: the index is by office and year.
    near = Case.year.between(year - 1, year + 1)
    query = select(func.count()).where(
        Case.office.in_(window.offices), near, Case.opened_at >= begin, Case.opened_at < end
    )
    return session.scalar(query) or 0


def _count_open(session: Session, window: Window) -> tuple[int, int]:
    """Count what was open at the end of the period (today, while it runs), and what was late."""
    last = window.period.last
    end = min(window.bounds[1], window.now + timedelta(microseconds=1))
    seen_on = min(last, window.today)
    here = unsought(Case.office).in_(window.offices)
    still = and_(here, Case.closed_on.is_(None), unsought(Case.state).in_(_OPEN))
    closed_since = and_(here, Case.closed_on > seen_on)
    counts = [
        session.execute(
            select(func.count().label("open"), count_if(Case.due_on < seen_on).label("overdue"))
            .select_from(Case)
            .where(which, Case.opened_at < end)
        ).one()
        for which in (still, closed_since)
    ]
    return sum(row.open for row in counts), sum(row.overdue for row in counts)


def _precision(rows: Sequence[Any]) -> Share:
    """Return the share of closed merah cases with an indication; PERLU-BAKET says nothing."""
    concluded = _concluded(rows, CaseOrigin.MERAH)
    return wilson(sum(n for label, n, _ in concluded if label), sum(n for _, n, _ in concluded))


def _audit(rows: Sequence[Any]) -> AuditSample:
    concluded = _concluded(rows, CaseOrigin.BACA_ULANG)
    positives = sum(n for label, n, _ in concluded if label)
    found = exact(positives, sum(n for _, n, _ in concluded))
    weights = [(label, n / share) for label, n, share in concluded if share > 0]
    whole = sum((weight for _, weight in weights), Decimal(0))
    if not whole:
        return AuditSample(found, found.value)
    missed = sum((weight for label, weight in weights if label), Decimal(0))
    return AuditSample(found, float(missed / whole))


def _concluded(rows: Sequence[Any], origin: CaseOrigin) -> list[tuple[int, int, Decimal]]:
    return [
        (label, row.n, Decimal(row.reread_share or 0))
        for row in rows
        if row.origin == origin
        and row.outcome is not None
        and (label := Outcome(row.outcome).training_label) is not None
    ]
