"""The version of an interview that holds now."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from profiling.records import Interview, InterviewVersion
from profiling.services.people import lockers_of


def is_current() -> ColumnElement[bool]:
    """Return the condition that joins an interview to the version that holds now."""
    return and_(
        InterviewVersion.interview_id == Interview.id,
        InterviewVersion.version == Interview.current_version,
    )


def current_versions(session: Session, ids: Sequence[str]) -> dict[str, InterviewVersion]:
    """Return the current versions of these interviews, by interview."""
    rows = session.scalars(
        select(InterviewVersion).join(Interview, is_current()).where(Interview.id.in_(ids))
    )
    return {row.interview_id: row for row in rows}


def applicant_names(session: Session, interviews: Sequence[Interview]) -> dict[str, str]:
    """Return the applicants' names, by interview; the caller knows who may read them."""
    versions = current_versions(session, [each.id for each in interviews])
    lockers = lockers_of(session, {each.person_id for each in interviews})
    return {
        each.id: lockers[each.person_id].open(versions[each.id], "name") or ""
        for each in interviews
    }
