"""What an officer reads about their own interviews: neutral, alone, without any rank."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from checklist.vocabulary import CaseOrigin, CaseState, Disposition, Judgement, Outcome, Papers
from profiling.records import Case, Decision, Interview, InterviewVersion
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import offices
from profiling.services.office_time import today_of

MONTHS = 12
FEWEST_OFFICERS = 5
"""With fewer officers in a month the office's middle half would show single colleagues."""

_TOLD = (CaseOrigin.MERAH.value, CaseOrigin.RUJUKAN.value)


@dataclass(frozen=True, slots=True)
class Followed:
    """One interview of the officer's own that was read by the intelligence section."""

    receipt_no: int
    sealed_on: date
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month of the officer's own interviews; the middle half is the office's, or None."""

    month: date
    interviews: int
    complete: float | None
    unknown: float | None
    office_interviews: tuple[float, float] | None
    office_complete: tuple[float, float] | None
    office_unknown: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ChangedMind:
    """How often the officer decided otherwise than judged before, and what came of it."""

    decided: int
    changed: int
    not_confirmed: int
    indication: int
    more_needed: int
    open: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that the officer's own page shows."""

    followed: tuple[Followed, ...]
    months: tuple[MonthFigures, ...]
    changed_mind: ChangedMind


def own_feedback(session: Session, actor: Actor) -> Feedback:
    """Return the feedback of the last twelve months for the officer who asks."""
    actor.require(Permission.FEEDBACK_READ)
    today = today_of(session)
    months = _months(today)
    outcomes = _outcomes(session, actor, months)
    return Feedback(
        followed=tuple(_followed(session, actor, months, outcomes)),
        months=_figures(session, actor, months),
        changed_mind=_changed_mind(session, actor, months, outcomes),
    )


def _months(today: date) -> tuple[date, ...]:
    """Return the first days of the last twelve months, oldest first."""
    last = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1))


def _outcomes(session: Session, actor: Actor, months: Sequence[date]) -> dict[str, Outcome | None]:
    """Return, by interview, how the case ended that the officer may hear of; None while open.

    A re-read is not told, for its officer must not learn which interviews were drawn, unless the
    officer referred that interview as well.
    """
    referred = exists().where(
        Decision.interview_id == Interview.id, Decision.disposition == Disposition.RUJUK.value
    )
    rows = session.execute(
        select(Case.interview_id, Case.state, Case.outcome)
        .join(Interview, Interview.id == Case.interview_id)
        .where(*_own(actor, months), or_(Case.origin.in_(_TOLD), referred))
        .order_by(Case.opened_at, Case.id)
    )
    return {
        row.interview_id: Outcome(row.outcome)
        if row.state == CaseState.DITUTUP.value and row.outcome
        else None
        for row in rows
    }


def _followed(
    session: Session, actor: Actor, months: Sequence[date], outcomes: dict[str, Outcome | None]
) -> list[Followed]:
    rows = session.execute(
        select(Interview.id, Interview.receipt_no, Interview.sealed_on)
        .where(*_own(actor, months), Interview.id.in_(select(Case.interview_id)))
        .order_by(Interview.sealed_at.desc(), Interview.id.desc())
    )
    return [
        Followed(row.receipt_no, row.sealed_on, outcomes[row.id])
        for row in rows
        if row.id in outcomes
    ]


def _figures(session: Session, actor: Actor, months: Sequence[date]) -> tuple[MonthFigures, ...]:
    office = None if actor.office is None else offices.main_office(session, actor.office)
    codes = offices.with_sub_units(session, office) if office else frozenset()
    rows = session.execute(
        select(
            Interview.month,
            Interview.account_id,
            func.count().label("count"),
            func.sum(InterviewVersion.routed).label("routed"),
            func.sum(InterviewVersion.answered).label("answered"),
        )
        .join(InterviewVersion, _first_version())
        .where(
            Interview.month >= _word(months[0]),
            Interview.voided.is_(False),
            Interview.office.in_(sorted(codes)),
        )
        .group_by(Interview.month, Interview.account_id)
    )
    by_month: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_month[row.month].append(row)
    return tuple(_month(month, by_month[_word(month)], actor.id) for month in months)


def _month(month: date, rows: Sequence[Any], account_id: str) -> MonthFigures:
    own = next((row for row in rows if row.account_id == account_id), None)
    complete = [share for row in rows if (share := _complete(row)) is not None]
    own_share = _complete(own) if own else None
    return MonthFigures(
        month=month,
        interviews=own.count if own else 0,
        complete=own_share,
        unknown=None if own_share is None else 1 - own_share,
        office_interviews=_middle_half([row.count for row in rows]),
        office_complete=_middle_half(complete),
        office_unknown=_middle_half([1 - share for share in complete]),
    )


def _complete(row: Any) -> float | None:
    """Return answered / routed; what is routed and not answered is not known yet."""
    return row.answered / row.routed if row.routed else None


def _middle_half(values: Sequence[float]) -> tuple[float, float] | None:
    if len(values) < FEWEST_OFFICERS:
        return None
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    return lower, upper


def _changed_mind(
    session: Session, actor: Actor, months: Sequence[date], outcomes: dict[str, Outcome | None]
) -> ChangedMind:
    rows = session.execute(
        select(Interview.id, Interview.papers, InterviewVersion.judgement, Decision.disposition)
        .join(InterviewVersion, _first_version())
        .join(Decision, and_(Decision.interview_id == Interview.id, Decision.sequence == 1))
        .where(*_own(actor, months), Decision.account_id == actor.id)
    ).all()
    changed = [row.id for row in rows if _is_changed(row)]
    ended = [outcomes.get(interview_id) for interview_id in changed]
    indications = [each for each in ended if each is not None and _is_indication(each)]
    return ChangedMind(
        decided=len(rows),
        changed=len(changed),
        not_confirmed=ended.count(Outcome.TIDAK_TERBUKTI),
        indication=len(indications),
        more_needed=ended.count(Outcome.PERLU_BAKET),
        open=ended.count(None),
    )


def _is_indication(outcome: Outcome) -> bool:
    return outcome.counts_as_indication or outcome is Outcome.DOKUMEN_IDENTITAS


def _is_changed(row: Any) -> bool:
    """Whether the decision weighs otherwise than the judgement; TUNDA for papers alone does not."""
    disposition = Disposition(row.disposition)
    judged = Judgement(row.judgement).matching_band.severity
    for_papers = disposition is Disposition.TUNDA and row.papers == Papers.TUNDA.value
    if disposition.severity is None or (for_papers and judged == 0):
        return False
    return disposition.severity != judged


def _own(actor: Actor, months: Sequence[date]) -> tuple[Any, ...]:
    return (
        Interview.account_id == actor.id,
        Interview.month >= _word(months[0]),
        Interview.voided.is_(False),
        within(actor, Interview.office),
    )


def _first_version() -> Any:
    return and_(
        InterviewVersion.interview_id == Interview.id,
        InterviewVersion.version == 1,
    )


def _word(month: date) -> str:
    return f"{month:%Y-%m}"
