"""Reading an interview together with the proof of its last write; the reading is noted."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling.records import AuditEvent, Interview
from profiling.security.access import Actor, Role
from profiling.services import audit
from profiling.services.audit import AuditReceipt
from profiling.services.decision_rules import closed_outcome
from profiling.services.interview_reading import read_interview
from profiling.services.interview_views import InterviewView

READING = "interview.read"


@dataclass(frozen=True, slots=True)
class Reading:
    """An interview as its reader gets it, and where its last write is recorded.

    `outcome` is how its case ended, for the supervisor who has to decide on it.
    """

    view: InterviewView
    proof: AuditReceipt
    outcome: str | None


def open_interview(session: Session, actor: Actor, interview_id: str) -> Reading:
    """Return an interview that the actor may read now; raises NotFound otherwise."""
    view = read_interview(session, actor, interview_id)
    last = session.execute(
        select(AuditEvent.seq, AuditEvent.mac)
        .where(
            AuditEvent.subject_kind == "interview",
            AuditEvent.subject_id == view.id,
            AuditEvent.action != READING,
        )
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    ).one()
    audit.record(session, actor, action=READING, subject=("interview", view.id))
    outcome = None
    if actor.role is Role.SUPERVISOR:
        outcome = closed_outcome(session, session.get_one(Interview, view.id))
    return Reading(view, AuditReceipt(last.seq, last.mac), outcome)
