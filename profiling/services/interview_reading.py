"""Reading sealed interviews: who may, and everything that is in them."""

import json
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.vocabulary import CaseState
from profiling import clock
from profiling.errors import NotFound
from profiling.records import (
    Account,
    Assessment,
    Case,
    Decision,
    Interview,
    InterviewVersion,
    ThirdParty,
)
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission, Role
from profiling.services.case_access import is_hidden_from_readers, was_conducted_by
from profiling.services.interview_views import (
    ApplicantView,
    AssessmentView,
    DecisionView,
    InterviewView,
    ThirdPartyView,
    VersionView,
)
from profiling.services.people import Locker, locker_of

OWN_DAYS = timedelta(days=30)
"""How long an officer may read an own interview; undecided or TUNDA it stays open."""


def read_interview(session: Session, actor: Actor, interview_id: str) -> InterviewView:
    """Return an interview that the actor may read now; raises NotFound otherwise.

    While a case of it is read blind an analyst gets it without its result.
    """
    view = whole(session, readable(session, actor, interview_id))
    is_hidden = actor.role is Role.ANALYST and is_hidden_from_readers(session, interview_id)
    return view.without_result() if is_hidden else view


def readable(session: Session, actor: Actor, interview_id: str) -> Interview:
    """Return the head of an interview that the actor may read now; raises NotFound otherwise."""
    actor.require(Permission.INTERVIEW_READ)
    interview = session.scalar(
        select(Interview).where(Interview.id == interview_id, within(actor, Interview.office))
    )
    if interview is None or not _may_read(session, actor, interview):
        raise NotFound
    return interview


def find_by_application(session: Session, actor: Actor, application_no: str) -> str:
    """Return the id of the interview of an application that the actor may read."""
    found = session.scalars(
        select(Interview.id)
        .where(Interview.application_no == application_no.strip(), within(actor, Interview.office))
        .order_by(Interview.sealed_at.desc(), Interview.id.desc())
    ).first()
    if found is None:
        raise NotFound
    return readable(session, actor, found).id


def whole(session: Session, interview: Interview) -> InterviewView:
    """Open an interview with its versions and decisions."""
    locker = locker_of(session, interview.person_id)
    names = _names(session, interview)
    return InterviewView(
        id=interview.id,
        application_no=interview.application_no,
        office=interview.office,
        officer_id=interview.account_id,
        officer_name=names[interview.account_id],
        receipt_year=interview.receipt_year,
        receipt_no=interview.receipt_no,
        sealed_at=interview.sealed_at,
        state=interview.state,
        first_band=interview.first_band,
        band=interview.band,
        papers=interview.papers,
        disposition=interview.disposition,
        awaiting=interview.awaiting,
        tunda_until=interview.tunda_until,
        voided=interview.voided,
        version=interview.version,
        versions=_versions(session, interview.id, locker, names),
        decisions=_decisions(session, interview.id, locker, names),
    )


def _may_read(session: Session, actor: Actor, interview: Interview) -> bool:
    match actor.role:
        case Role.OFFICER:
            is_postponed = interview.disposition == "TUNDA" and _is_running(interview)
            is_recent = interview.sealed_at > clock.now() - OWN_DAYS
            # After a case that took long the officer still has to decide.
            is_undecided = interview.state == "sealed" and not interview.voided
            is_own = interview.account_id == actor.id
            return is_postponed or (is_own and (is_recent or is_undecided))
        case Role.SUPERVISOR:
            is_awaited = interview.awaiting == "tunda" and _is_running(interview)
            return is_awaited or interview.awaiting == "putusan"
        case Role.ANALYST:
            return _has_case(session, interview.id) and not was_conducted_by(
                session, interview.id, actor.person_no
            )
        case _:
            return False


def _is_running(interview: Interview) -> bool:
    """Whether a postponement has not run out; the night writes down that it lapsed."""
    return interview.tunda_until is not None and clock.now() < interview.tunda_until


def _has_case(session: Session, interview_id: str) -> bool:
    return session.scalar(select(Case.id).where(Case.interview_id == interview_id)) is not None


def open_case_of(session: Session, interview_id: str) -> Case | None:
    """Return the case of an interview that is not closed yet."""
    return session.scalars(
        select(Case)
        .where(Case.interview_id == interview_id, Case.state != CaseState.DITUTUP.value)
        .order_by(Case.opened_at, Case.id)
    ).first()


def _names(session: Session, interview: Interview) -> dict[str, str]:
    ids = select(InterviewVersion.account_id).where(InterviewVersion.interview_id == interview.id)
    deciders = select(Decision.account_id).where(Decision.interview_id == interview.id)
    rows = session.execute(
        select(Account.id, Account.name).where(
            Account.id.in_(ids.union(deciders)) | (Account.id == interview.account_id)
        )
    )
    return {row.id: row.name for row in rows}


def _versions(
    session: Session, interview_id: str, locker: Locker, names: dict[str, str]
) -> tuple[VersionView, ...]:
    rows = session.execute(
        select(InterviewVersion, Assessment)
        .outerjoin(Assessment, Assessment.version_id == InterviewVersion.id)
        .where(InterviewVersion.interview_id == interview_id)
        .order_by(InterviewVersion.version)
    ).all()
    parties = session.scalars(
        select(ThirdParty)
        .where(ThirdParty.interview_id == interview_id)
        .order_by(ThirdParty.position)
    ).all()
    return tuple(
        _version(
            version,
            _assessment(assessment),
            tuple(_party(party, locker) for party in parties if party.version_id == version.id),
            (locker, names),
        )
        for version, assessment in rows
    )


def _version(
    row: InterviewVersion,
    assessment: AssessmentView | None,
    parties: tuple[ThirdPartyView, ...],
    opened_with: tuple[Locker, dict[str, str]],
) -> VersionView:
    locker, names = opened_with
    return VersionView(
        id=row.id,
        version=row.version,
        kind=row.kind,
        reason=locker.open(row, "reason"),
        officer_id=row.account_id,
        officer_name=names[row.account_id],
        sealed_at=row.sealed_at,
        channel=row.channel,
        started_at=row.started_at,
        finished_at=row.finished_at,
        applicant=_applicant(row, locker),
        purpose=row.purpose,
        destination=row.destination,
        departure_date=row.departure_date,
        stay_days=row.stay_days,
        documents=row.documents,
        passport=row.passport,
        answers=json.loads(row.answers),
        set_by_gate=tuple(row.set_by_gate.split()),
        notes=locker.open_json(row, "notes") or {},
        third_parties=parties,
        companion=row.companion,
        interpreter=row.interpreter,
        judgement=row.judgement,
        judgement_reason=locker.open(row, "judgement_reason"),
        notice_version=row.notice_version,
        instrument_version=row.instrument_version,
        instrument_sha256=row.instrument_sha256,
        assessment=assessment,
    )


def _applicant(row: InterviewVersion, locker: Locker) -> ApplicantView:
    return ApplicantView(
        nik=locker.open(row, "nik"),
        name=locker.open(row, "name") or "",
        birth_date=row.birth_date,
        sex=row.sex,
        phone=locker.open(row, "phone"),
        kk_number=locker.open(row, "kk_number"),
        mother_name=locker.open(row, "mother_name"),
        guardian=locker.open(row, "guardian"),
        regency=row.regency,
        district=row.district,
        village=row.village,
    )


def _party(row: ThirdParty, locker: Locker) -> ThirdPartyView:
    return ThirdPartyView(
        position=row.position,
        role=row.role,
        name=locker.open(row, "name"),
        phone=locker.open(row, "phone"),
        address=locker.open(row, "address"),
        licence=locker.open(row, "licence"),
    )


def _assessment(row: Assessment | None) -> AssessmentView | None:
    if row is None:
        return None
    points = {"TP": row.tp, "DR": row.dr, "CR": row.cr, "AV": row.av, "ID": row.id_, "RW": row.rw}
    return AssessmentView(
        rules_version=row.rules_version,
        rules_sha256=row.rules_sha256,
        facts=row.facts,
        points=points,
        positive=tuple(row.positive.split()),
        fired=tuple(row.fired.split()),
        removed=row.removed,
        ignored=tuple(row.ignored.split()),
        band=row.band,
        band_max=row.band_max,
        papers=row.papers,
        next_question=row.next_question,
        assessed_at=row.assessed_at,
    )


def _decisions(
    session: Session, interview_id: str, locker: Locker, names: dict[str, str]
) -> tuple[DecisionView, ...]:
    rows = session.scalars(
        select(Decision).where(Decision.interview_id == interview_id).order_by(Decision.sequence)
    )
    return tuple(
        DecisionView(
            sequence=row.sequence,
            interview_version=row.interview_version,
            kind=row.kind,
            disposition=row.disposition,
            reason=locker.open(row, "reason"),
            reason_code=row.reason_code,
            person_id=row.account_id,
            person_no=row.person_no,
            person_name=names[row.account_id],
            role=row.role,
            decided_at=row.decided_at,
            tunda_until=row.tunda_until,
        )
        for row in rows
    )
