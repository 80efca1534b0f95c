"""What an applicant takes home: the decision in words and the papers needed. Never a result."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from checklist.vocabulary import Disposition
from profiling.errors import NotFound
from profiling.security.access import Actor
from profiling.services import offices
from profiling.services.results import MissingPaper, read_result


@dataclass(frozen=True, slots=True)
class Notice:
    """The sheet for one applicant."""

    name: str = field(repr=False)
    application_no: str
    receipt_no: int
    office: str
    place: str | None
    officer: str
    decision: Disposition | None
    decided_at: datetime | None
    is_unconfirmed: bool
    last_day: date
    missing: tuple[MissingPaper, ...]


def read_notice(session: Session, actor: Actor, interview_id: str, *, lang: str) -> Notice:
    """Return the notice; raises NotFound where there is nothing to tell yet."""
    view = read_result(session, actor, interview_id, lang=lang)
    interview, current = view.interview, view.current
    if interview.voided or (interview.disposition is None and not current.missing):
        raise NotFound
    word = interview.disposition
    decided = [each for each in interview.decisions if each.disposition == word]
    office, place = _places(session, interview.office)
    return Notice(
        name=current.version.applicant.name,
        application_no=interview.application_no,
        receipt_no=interview.receipt_no,
        officer=decided[-1].person_name if decided else interview.officer_name,
        decision=Disposition(word) if word else None,
        decided_at=decided[-1].decided_at if decided else None,
        is_unconfirmed=interview.awaiting == "tunda",
        last_day=view.last_day,
        missing=current.missing,
        office=office,
        place=place,
    )


def _places(session: Session, code: str) -> tuple[str, str | None]:
    """Return the office that answers, and the place of service where it is another."""
    main = offices.main_office(session, code)
    names = {each.code: each.name for each in offices.list_offices(session)}
    return names[main], None if main == code else names[code]
