"""What happened around a case, newest first."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling.records import Appointment, AuditEvent, Case, CaseEvent
from profiling.services.case_access import names_of
from profiling.services.case_views import TimelineEntry, TimelineKind
from profiling.services.cases import NIK_OPENED
from profiling.services.interview_views import InterviewView
from profiling.services.people import Locker

_MOST_READS = 50


def timeline_of(
    session: Session, case: Case, interview: InterviewView, locker: Locker
) -> tuple[TimelineEntry, ...]:
    """Return all entries; what a blind reading hides is absent from the interview already."""
    entries = [
        *_appointment(session, interview),
        *_interview(interview),
        *_decisions(interview),
        *_events(session, case, locker),
        *_reads(session, case),
    ]
    # Of entries of one moment the one written last stands first.
    return tuple(sorted(entries, key=lambda entry: entry.at)[::-1])


def _appointment(session: Session, interview: InterviewView) -> Iterator[TimelineEntry]:
    found = session.get(Appointment, interview.application_no)
    if found is not None:
        action = "walk_in" if found.is_walk_in else "appointment"
        yield TimelineEntry(found.imported_at, TimelineKind.INTERVIEW, action, "")


def _interview(interview: InterviewView) -> Iterator[TimelineEntry]:
    first = interview.versions[0]
    companion = {True: "yes", False: "no", None: ""}[first.companion]
    yield TimelineEntry(
        at=first.started_at,
        kind=TimelineKind.INTERVIEW,
        action="interview",
        who=first.officer_name,
        facts={"channel": first.channel, "companion": companion},
    )
    for version in interview.versions:
        facts = {"version": str(version.version), "kind": version.kind}
        if version.assessment is not None:
            facts["band"] = version.assessment.band
            facts["rules"] = version.assessment.rules_version
            facts["judgement"] = version.judgement
        yield TimelineEntry(
            at=version.sealed_at,
            kind=TimelineKind.INTERVIEW,
            action="sealed",
            who=version.officer_name,
            text=version.reason,
            facts=facts,
        )


def _decisions(interview: InterviewView) -> Iterator[TimelineEntry]:
    for decision in interview.decisions:
        yield TimelineEntry(
            at=decision.decided_at,
            kind=TimelineKind.DECISION,
            action=decision.kind,
            who=decision.person_name,
            text=decision.reason,
            facts={"disposition": decision.disposition} if decision.disposition else {},
        )


def _events(session: Session, case: Case, locker: Locker) -> Iterator[TimelineEntry]:
    rows = session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence)
    ).all()
    names = names_of(session, {row.account_id for row in rows})
    for row in rows:
        facts = {"waiting_for": row.waiting_for, "outcome": row.outcome}
        is_reading = row.kind in ("take", "open", NIK_OPENED)
        yield TimelineEntry(
            at=row.at,
            kind=TimelineKind.READING if is_reading else TimelineKind.FINDING,
            action=row.kind,
            who=names[row.account_id].name if row.account_id in names else "SIAGA",
            text=locker.open(row, "text"),
            facts={name: word for name, word in facts.items() if word},
        )


def _reads(session: Session, case: Case) -> Iterator[TimelineEntry]:
    rows = session.execute(
        select(AuditEvent.at, AuditEvent.actor_id)
        .where(
            AuditEvent.subject_kind == "case",
            AuditEvent.subject_id == case.id,
            AuditEvent.action == "case.read",
        )
        .order_by(AuditEvent.seq.desc())
        .limit(_MOST_READS)
    ).all()[::-1]
    names = names_of(session, {row.actor_id for row in rows})
    for row in rows:
        who = names[row.actor_id].name if row.actor_id in names else "SIAGA"
        yield TimelineEntry(row.at, TimelineKind.READING, "read", who)
