"""The cases of an analyst's scope: filtered, in the printed order, page by page."""

import base64
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from checklist.loading import load
from checklist.vocabulary import CaseOrigin, CaseState, Outcome, Purpose
from profiling.errors import Invalid, NotFound, sentence
from profiling.records import Account, Assessment, Case, Interview, InterviewVersion, Office
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import offices
from profiling.services.case_access import conducted_by, is_read_blind, read_blind
from profiling.services.case_order import by_urgency, in_reach, is_open, is_overdue, urgency
from profiling.services.case_subject import heaviest_fact
from profiling.services.current_versions import is_current
from profiling.services.identifiers import is_uuid
from profiling.services.office_time import today_of

PAGE_SIZE = 50
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list is narrowed to; None narrows nothing, but closed cases are asked for."""

    state: str | None = None
    origin: str | None = None
    due: str | None = None
    regency: str | None = None
    purpose: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One case of the list; what a blind reading hides is None."""

    id: str
    number: str
    interview_id: str
    office: str
    state: CaseState
    origin: CaseOrigin | None
    subject: str | None
    is_blind: bool
    is_own: bool
    is_child: bool
    due_on: date
    is_overdue: bool
    holder_id: str | None
    holder: str | None
    outcome: Outcome | None
    version: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the list, with the figures printed above and below it."""

    items: tuple[CaseItem, ...]
    next_cursor: str | None
    open: int
    overdue: int
    capacity: int
    today: date


def case_number(case: Case) -> str:
    """Return the number under which people speak of the case."""
    return f"K-{case.year}-{case.number:04}"


def list_cases(
    session: Session,
    actor: Actor,
    *,
    chosen: CaseFilter,
    cursor: str | None = None,
    lang: str = "id",
) -> CasePage:
    """Return the next cases in the order of work."""
    actor.require(Permission.CASE_READ)
    today = today_of(session)
    order = by_urgency(today)
    query = _rows(actor).where(in_reach(actor), *_conditions(chosen, today)).order_by(*order)
    if cursor is not None:
        query = query.where(tuple_(*order) > tuple_(*_read_cursor(cursor)))
    query = query.add_columns(urgency(today).label("urgency")).limit(PAGE_SIZE + 1)
    rows = session.execute(query).all()
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    counts = session.execute(
        select(
            func.count().filter(is_open()).label("open"),
            func.count().filter(is_overdue(today)).label("overdue"),
        )
        .select_from(Case)
        .where(in_reach(actor))
    ).one()
    return CasePage(
        items=tuple(_item(row, today, lang) for row in rows),
        next_cursor=_write_cursor(rows[-1].urgency, rows[-1].Case) if more else None,
        open=counts.open,
        overdue=counts.overdue,
        capacity=_capacity(session, actor),
        today=today,
    )


def case_item(session: Session, actor: Actor, *, case_id: str, lang: str = "id") -> CaseItem:
    """Return one case as the list shows it; raises NotFound outside the actor's scope."""
    actor.require(Permission.CASE_READ)
    today = today_of(session)
    row = session.execute(_rows(actor).where(in_reach(actor), Case.id == case_id)).first()
    if row is None:
        raise NotFound
    return _item(row, today, lang)


def regencies_of(session: Session, actor: Actor) -> list[str]:
    """Return the regencies from which applicants with a case come, for the filter."""
    rows = session.scalars(
        select(InterviewVersion.regency)
        .join(Case, Case.interview_id == InterviewVersion.interview_id)
        .where(in_reach(actor), InterviewVersion.regency.is_not(None))
        .distinct()
    )
    return sorted(filter(None, rows))


def _rows(actor: Actor) -> Select[Case, str, str, str, bool]:
    holder = aliased(Account)
    return (
        select(
            Case,
            holder.name.label("holder"),
            Assessment.fired,
            InterviewVersion.instrument_version,
            conducted_by(actor.person_no).label("is_own"),
        )
        .join(Interview, Interview.id == Case.interview_id)
        .join(InterviewVersion, is_current())
        .outerjoin(Assessment, Assessment.version_id == InterviewVersion.id)
        .outerjoin(holder, holder.id == Case.holder_id)
    )


def _conditions(chosen: CaseFilter, today: date) -> list[ColumnElement[bool]]:
    found = [_state(chosen.state), _due(chosen.due, today)]
    if chosen.origin is not None:
        # A case that is read blind answers to no origin: the filter must not betray it.
        origin = _known("origin", chosen.origin, set(CaseOrigin))
        found.append(and_(Case.origin == origin, ~read_blind()))
    if chosen.purpose is not None:
        found.append(Interview.purpose == _known("purpose", chosen.purpose, set(Purpose)))
    if chosen.regency is not None:
        found.append(InterviewVersion.regency == chosen.regency)
    if chosen.office is not None:
        found.append(Case.office == chosen.office)
    return found


def _state(state: str | None) -> ColumnElement[bool]:
    return is_open() if state is None else Case.state == _known("state", state, set(CaseState))


def _due(word: str | None, today: date) -> ColumnElement[bool]:
    if word is None:
        return true()
    choices: dict[str, ColumnElement[bool]] = {
        "overdue": is_overdue(today),
        "today": Case.due_on == today,
        "later": Case.due_on > today,
    }
    return choices[_known("due", word, set(choices))]


def _known(field: str, word: str, words: set[Any]) -> str:
    if word not in words:
        raise Invalid({field: [sentence("This choice is not known.")]})
    return word


def _item(row: Any, today: date, lang: str) -> CaseItem:
    case: Case = row.Case
    is_blind = is_read_blind(case)
    state = CaseState(case.state)
    return CaseItem(
        id=case.id,
        number=case_number(case),
        interview_id=case.interview_id,
        office=case.office,
        state=state,
        origin=None if is_blind else CaseOrigin(case.origin),
        subject=None if is_blind or row.is_own else _subject(row, lang),
        is_blind=is_blind,
        is_own=bool(row.is_own),
        is_child=case.is_child,
        due_on=case.due_on,
        is_overdue=state.is_open and case.due_on < today,
        holder_id=case.holder_id,
        holder=row.holder,
        outcome=Outcome(case.outcome) if case.outcome else None,
        version=case.version,
    )


def _subject(row: Any, lang: str) -> str | None:
    if row.Case.origin == CaseOrigin.LONJAKAN.value or row.fired is None:
        return None
    instrument = load(row.instrument_version)
    fired = row.fired.split()
    return heaviest_fact(fired, instrument=instrument, is_child=row.Case.is_child, lang=lang)


def _capacity(session: Session, actor: Actor) -> int:
    """Return how many reviews the offices of the scope can do in a day."""
    if actor.office is not None:
        main = offices.main_office(session, actor.office)
        return offices.get_office(session, main).daily_reviews
    total = session.scalar(
        select(func.sum(Office.daily_reviews)).where(
            within(actor, Office.code), Office.parent.is_(None)
        )
    )
    return total or 0


def _write_cursor(rank: int, case: Case) -> str:
    key = [-rank, case.due_on.isoformat(), case.year, case.number, case.id]
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _read_cursor(cursor: str) -> tuple[int, date, int, int, str]:
    try:
        rank, due, *numbers, case_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        year, number = (int(each) for each in numbers)
        key = int(rank), date.fromisoformat(due), year, number, str(case_id)
    except (ValueError, TypeError, OverflowError, RecursionError):
        key = None
    if key is None or max(map(abs, (key[0], *key[2:4]))) > _LARGEST or not is_uuid(key[4]):
        raise Invalid({"cursor": [sentence("This page of the list does not exist.")]})
    return key
