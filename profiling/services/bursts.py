"""Bursts: one telephone or one third party in several households within days opens a case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from checklist.instrument import Instrument
from checklist.loading import load
from checklist.vocabulary import CaseOrigin
from profiling.records import Assessment, Case, Interview, InterviewVersion, Office, ThirdParty
from profiling.security.access import system_actor
from profiling.services import audit
from profiling.services.case_opening import Opening, open_case, opening_on
from profiling.services.history import IN_FORCE, licensed_keys

HOUSEHOLDS = 3
WINDOW_DAYS = 7


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a number may occur: as an applicant's contact, or as a third party's number."""

    number: InstrumentedAttribute[bytes | None]
    household: InstrumentedAttribute[bytes]
    version_id: InstrumentedAttribute[str]


_SOURCES = (
    _Source(InterviewVersion.phone_idx, InterviewVersion.household_idx, InterviewVersion.id),
    _Source(ThirdParty.phone_idx, ThirdParty.household_idx, ThirdParty.version_id),
    _Source(ThirdParty.licence_idx, ThirdParty.household_idx, ThirdParty.version_id),
)


def open_bursts(session: Session, *, on: date, instrument: Instrument | None = None) -> int:
    """Open a case for each number that meets the rule within the days up to this one.

    Offices are looked at together; the case belongs to the office of the newest interview. A
    number opens one case, however often this runs. Returns how many were opened.
    """
    audit.hold_chain(session)
    licensed = licensed_keys(session, instrument or load(), on)
    opened = 0
    for number, interview_id in _bursts(session, on):
        if number in licensed or _is_known(session, number):
            continue
        interview = session.get_one(Interview, interview_id)
        case = open_case(session, system_actor(), interview, _opening(session, interview, number))
        audit.record(
            session,
            system_actor(interview.office),
            action="case.open",
            subject=("case", case.id),
            detail={"origin": case.origin, "on": on.isoformat()},
        )
        opened += 1
    return opened


def _bursts(session: Session, on: date) -> Iterator[tuple[bytes, str]]:
    first = on - timedelta(days=WINDOW_DAYS - 1)
    for source in _SOURCES:
        numbers = session.scalars(
            select(source.number)
            .select_from(InterviewVersion)
            .join(Interview, Interview.id == InterviewVersion.interview_id)
            .where(
                source.version_id == InterviewVersion.id,
                source.number.is_not(None),
                *_within(first, on),
            )
            .group_by(source.number)
            .having(func.count(func.distinct(source.household)) >= HOUSEHOLDS)
        ).all()
        for number in filter(None, numbers):
            yield number, _newest(session, source, number, (first, on))


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Return what limits interviews to these days; naming every office lets an index find them."""
    anywhere = Interview.office.in_(select(Office.code))
    return Interview.sealed_on.between(first, last), anywhere, IN_FORCE


def _newest(session: Session, source: _Source, number: bytes, days: tuple[date, date]) -> str:
    return session.scalars(
        select(Interview.id)
        .select_from(InterviewVersion)
        .join(Interview, Interview.id == InterviewVersion.interview_id)
        .where(
            source.version_id == InterviewVersion.id,
            source.number == number,
            *_within(*days),
        )
        .order_by(Interview.sealed_at.desc(), Interview.id.desc())
        .limit(1)
    ).one()


def _is_known(session: Session, number: bytes) -> bool:
    return session.scalar(select(Case.id).where(Case.burst_key == number)) is not None


def _opening(session: Session, interview: Interview, number: bytes) -> Opening:
    assessment = session.scalars(
        select(Assessment)
        .join(InterviewVersion, InterviewVersion.id == Assessment.version_id)
        .where(
            InterviewVersion.interview_id == interview.id,
            InterviewVersion.version == interview.current_version,
        )
    ).one()
    return opening_on(assessment, CaseOrigin.LONJAKAN, burst_key=number)
