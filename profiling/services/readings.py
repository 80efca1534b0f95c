"""Reading an interview together with the proof of its last write; the reading is noted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling.records import AuditEvent
from profiling.security.access import Actor
from profiling.services import audit
from profiling.services.audit import AuditReceipt
from profiling.services.interview_reading import read_interview
from profiling.services.interview_views import InterviewView

READING = "interview.read"


def open_interview(
    session: Session, actor: Actor, interview_id: str
) -> tuple[InterviewView, AuditReceipt]:
    """Return an interview that the actor may read now, and where its last write is recorded."""
    view = read_interview(session, actor, interview_id)
    last = session.execute(
        select(AuditEvent.seq, AuditEvent.mac)
        .where(AuditEvent.subject_id == view.id, AuditEvent.action != READING)
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    ).one()
    audit.record(session, actor, action=READING, subject=("interview", view.id))
    return view, AuditReceipt(last.seq, last.mac)
