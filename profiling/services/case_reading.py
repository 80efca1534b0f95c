"""Reading a case file: everything that bears on one application, for one reader."""

from sqlalchemy.orm import Session

from checklist.loading import load
from checklist.vocabulary import CaseAction, CaseState, VersionKind
from profiling.records import Case, Interview
from profiling.security.access import Actor, Permission
from profiling.services import audit
from profiling.services.case_access import find_case, is_held_by
from profiling.services.case_evidence import evidence_of
from profiling.services.case_explanation import explain
from profiling.services.case_links import Reader, links_of
from profiling.services.case_list import CaseItem, case_item
from profiling.services.case_timeline import timeline_of
from profiling.services.case_views import CaseView
from profiling.services.interview_reading import read_interview
from profiling.services.interview_views import InterviewView, VersionView
from profiling.services.office_time import today_of
from profiling.services.people import locker_of


def read_case(session: Session, actor: Actor, *, case_id: str, lang: str = "id") -> CaseView:
    """Return the case file and note the reading; of one's own interview only the head."""
    item = case_item(session, actor, case_id=case_id, lang=lang)
    case = find_case(session, actor, case_id)
    audit.record(session, actor, action="case.read", subject=("case", case.id))
    if item.is_own:
        return _closed_book(session, case, item)
    allowed, why_not = _allowed(session, actor, case, item)
    interview = read_interview(session, actor, case.interview_id)
    version = _answered(interview)
    instrument = load(version.instrument_version)
    reader = Reader(actor, interview.id, item.is_blind)
    person_id = session.get_one(Interview, interview.id).person_id
    return CaseView(
        item=item,
        allowed=allowed,
        why_not=why_not,
        opened_at=case.opened_at,
        today=today_of(session),
        waiting_for=case.waiting_for,
        interview=interview,
        evidence=evidence_of(version, instrument=instrument, lang=lang),
        explanation=explain(version, instrument=instrument, lang=lang),
        links=links_of(session, reader, version),
        timeline=timeline_of(session, case, interview, locker_of(session, person_id)),
    )


def _closed_book(session: Session, case: Case, item: CaseItem) -> CaseView:
    """Return what the interviewer of a case sees of it: its head, and why not more."""
    return CaseView(
        item=item,
        allowed=frozenset(),
        why_not="own_interview",
        opened_at=case.opened_at,
        today=today_of(session),
        waiting_for=None,
        interview=None,
        evidence=None,
        explanation=None,
        links=(),
        timeline=(),
    )


def _allowed(
    session: Session, actor: Actor, case: Case, item: CaseItem
) -> tuple[frozenset[CaseAction], str | None]:
    """Return what the actor may do now, or why nothing."""
    if not actor.may(Permission.CASE_WORK):
        return frozenset(), "reading_only"
    if item.state is CaseState.SELESAI:
        return _second_reading(session, actor, case)
    free = {CaseState.BARU: CaseAction.TAKE, CaseState.DITUTUP: CaseAction.REOPEN}
    if item.state in free:
        return frozenset({free[item.state]}), None
    return _holders(is_holder=case.holder_id == actor.id)


def _holders(*, is_holder: bool) -> tuple[frozenset[CaseAction], str | None]:
    if is_holder:
        return frozenset({CaseAction.FINDING, CaseAction.CLOSE}), None
    return frozenset(), "held_by_other"


def _second_reading(
    session: Session, actor: Actor, case: Case
) -> tuple[frozenset[CaseAction], str | None]:
    """Return what may be done with a case that waits for a second reader."""
    if is_held_by(session, case, actor.person_no):
        return frozenset({CaseAction.REOPEN}), "second_reader"
    return frozenset({CaseAction.CONFIRM, CaseAction.REOPEN}), None


def _answered(interview: InterviewView) -> VersionView:
    """Return the newest version with answers: a voiding version says nothing of the journey."""
    versions = [each for each in interview.versions if each.kind != VersionKind.BATAL]
    return versions[-1] if versions else interview.current
