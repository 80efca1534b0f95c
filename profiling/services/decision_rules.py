"""What may be decided, by whom, and what follows from the outcome of a case."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.vocabulary import Band, Disposition, Judgement, Outcome, Papers
from profiling.records import Case, Interview
from profiling.security.access import Actor, Role
from profiling.services.interview_reading import open_case_of

_BY_SUPERVISOR = frozenset(each for each in Disposition if each.roles == frozenset({"supervisor"}))


def allowed_dispositions(
    session: Session, actor: Actor, interview: Interview
) -> tuple[Disposition, ...]:
    """Return what the actor may decide on this interview now."""
    if interview.voided or interview.awaiting == "kasus":
        return ()
    if actor.role is Role.OFFICER:
        return _officer_dispositions(interview)
    if actor.role is not Role.SUPERVISOR or interview.awaiting != "putusan":
        return ()
    word = closed_outcome(session, interview)
    outcome = Outcome(word) if word else None
    open_case = open_case_of(session, interview.id)
    return tuple(
        each
        for each in Disposition
        if open_case is None
        and each is not Disposition.RUJUK
        and each.is_allowed(role=actor.role, outcome=outcome)
    )


def agreed(judgement: Judgement, band: Band) -> bool:
    """Whether the officer's own judgement says the same as the rules."""
    return judgement.matching_band is band


def prefilled(judgement: Judgement, band: Band, papers: Papers) -> Disposition | None:
    """Return the disposition to offer in one step, when judgement and rules agree."""
    if not agreed(judgement, band) or band is Band.KUNING:
        return None
    if band is Band.MERAH:
        return Disposition.RUJUK
    return Disposition.TUNDA if papers is Papers.TUNDA else Disposition.LANJUT


def closed_outcome(session: Session, interview: Interview) -> str | None:
    """Return how the interview's last closed case ended, or None without one."""
    return session.scalars(
        select(Case.outcome)
        .where(Case.interview_id == interview.id, Case.closed_at.is_not(None))
        .order_by(Case.closed_at.desc())
    ).first()


def case_closed(session: Session, interview_id: str, outcome: Outcome) -> None:
    """Say who decides now that the case of an interview is closed.

    With an indication or a finding on documents a supervisor decides, otherwise the officer does.
    """
    interview = session.get_one(Interview, interview_id)
    if interview.voided:
        return
    waits_for_supervisor = outcome.counts_as_indication or outcome is Outcome.DOKUMEN_IDENTITAS
    if waits_for_supervisor:
        interview.awaiting = "putusan"
    elif interview.awaiting in ("kasus", "putusan"):
        interview.awaiting = None
        interview.state = "sealed"
        interview.disposition = None
    interview.version += 1


def case_reopened(session: Session, interview_id: str) -> None:
    """Take back that a supervisor decides: the case of the interview is open again."""
    interview = session.get_one(Interview, interview_id)
    if interview.awaiting == "putusan":
        interview.awaiting = "kasus"
        interview.version += 1


def _officer_dispositions(interview: Interview) -> tuple[Disposition, ...]:
    if interview.awaiting == "putusan" or interview.disposition in _BY_SUPERVISOR:
        return ()
    return tuple(each for each in Disposition if Role.OFFICER in each.roles)
