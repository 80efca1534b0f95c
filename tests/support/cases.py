"""Interviews with a case, as the counter makes them."""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from checklist.vocabulary import Disposition
from profiling import clock
from profiling.records import Case, Interview
from profiling.services import cases, decisions, interviews
from profiling.services.cases import Closing, Finding
from tests.support.submissions import make_submission, red_submission

FOUND = "Izin biro dicocokkan dengan daftar; biro tidak mengenal pemohon."
REASON = "Keterangan pemohon cocok dengan bukti yang diperiksa."


def seal(database, actor, payload, *, reread=0):
    """Seal an interview and return its id; it is drawn for the re-read only when asked for."""
    drawing = replace(database, settings=replace(database.settings, reread=Decimal(reread)))
    with drawing.transaction() as session:
        submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
        return interviews.seal(session, actor, submission)["id"]


def decide(database, actor, interview_id, disposition, reason=""):
    """Decide on an interview as it stands."""
    with database.transaction() as session:
        version = session.get_one(Interview, interview_id).version
        wish = decisions.Wish(version, disposition, reason)
        decisions.decide(session, actor, interview_id=interview_id, wish=wish)


def case_of(database, interview_id):
    """Return the case of an interview as stored."""
    with database.reading() as session:
        return session.scalars(
            select(Case).where(Case.interview_id == interview_id).order_by(Case.opened_at.desc())
        ).first()


def red_case(database, actor, **changes):
    """Open a case by a merah interview (with a threat, so never read blind)."""
    return case_of(database, seal(database, actor, red_submission(**changes)))


def referred_case(database, actor, **changes):
    """Open a case by a referral of a clean interview."""
    interview_id = seal(database, actor, make_submission(**changes))
    reason = "Pemohon perlu ditanya lebih lanjut."
    decide(database, actor, interview_id, Disposition.RUJUK, reason)
    return case_of(database, interview_id)


def reread_case(database, actor, **changes):
    """Open a case by the random re-read of a clean interview, with a share of one."""
    return case_of(database, seal(database, actor, make_submission(**changes), reread=1))


def do(database, actor, case, action, **fields):
    """Do one thing to a case, on its present version, in a transaction of its own."""
    with database.transaction() as session:
        version = session.get_one(Case, case.id).version
        if action == "take":
            return cases.take(session, actor, case_id=case.id, version=version)
        if action == "finding":
            finding = Finding(fields.get("text", FOUND), fields.get("waiting_for"))
            return cases.add_finding(
                session, actor, case_id=case.id, version=version, finding=finding
            )
        if action == "close":
            closing = Closing(fields.get("outcome", "INDIKASI-NP"), fields.get("reason", REASON))
            return cases.close(session, actor, case_id=case.id, version=version, closing=closing)
        if action == "confirm":
            return cases.confirm(session, actor, case_id=case.id, version=version)
        reason = fields.get("reason", REASON)
        return cases.reopen(session, actor, case_id=case.id, version=version, reason=reason)
