"""Corrections of sealed interviews: new versions with a reason, and voiding."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from checklist.submission import Submission
from checklist.vocabulary import Disposition, VersionKind
from profiling import clock
from profiling.errors import Conflict, Invalid, StaleVersion, sentence
from profiling.records import Interview
from profiling.security.access import Actor, Permission
from profiling.services import audit, receipts
from profiling.services.history import Moment, keys_of
from profiling.services.interview_reading import readable, whole
from profiling.services.interview_views import VersionView
from profiling.services.interviews import (
    assessed,
    officer_view,
    open_cases,
    read_payload,
    sealed_version,
)
from profiling.services.people import locker_of
from profiling.services.receipts import Request
from profiling.services.sealed_rows import Outcome, Row, Sealing

_SHORTEST_REASON = 10
_LONGEST_REASON = 500
_FIXED = frozenset({"office", "application_no", "started_at", "instrument", "channel"})
_WAITING = frozenset({"tunda", "kasus", "putusan"})


@dataclass(frozen=True, slots=True)
class Correction:
    """What changes, on the state that the person saw; `changes` are fields of the payload."""

    version: int
    kind: VersionKind
    reason: str
    changes: Mapping[str, Any]
    request: Request | None = None


def correct(
    session: Session, actor: Actor, *, interview_id: str, correction: Correction, lang: str
) -> Mapping[str, Any]:
    """Seal a new version of an interview, or void it; earlier versions stay as they are.

    Raises Conflict for a voided interview, Invalid for a change that is not allowed.
    """
    actor.require(Permission.INTERVIEW_CONDUCT)

    def work() -> Mapping[str, Any]:
        interview = _correctable(session, actor, interview_id, correction)
        if correction.kind is VersionKind.BATAL:
            return _void(session, actor, interview, correction)
        return _renew(session, actor, interview, correction, lang)

    if correction.request is None:
        audit.hold_chain(session)
        return work()
    return receipts.once(session, actor, correction.request, work)


def payload_of(application_no: str, office: str, version: VersionView) -> dict[str, Any]:
    """Return a sealed version in the form in which it was handed in."""
    applicant = version.applicant
    own = {
        code: answer for code, answer in version.answers.items() if code not in version.set_by_gate
    }
    return {
        "office": office,
        "application_no": application_no,
        "applicant": {
            "nik": applicant.nik,
            "name": applicant.name,
            "birth_date": applicant.birth_date.isoformat(),
            "sex": applicant.sex,
            "phone": applicant.phone,
            "kk_number": applicant.kk_number,
            "mother_name": applicant.mother_name,
            "regency": applicant.regency,
            "district": applicant.district,
            "village": applicant.village,
            "guardian": applicant.guardian,
        },
        "purpose": version.purpose,
        "destination": version.destination,
        "departure_date": version.departure_date and version.departure_date.isoformat(),
        "stay_days": version.stay_days,
        "instrument": version.instrument_version,
        "documents": dict(version.documents),
        "passport": dict(version.passport) or None,
        "answers": own,
        "notes": dict(version.notes),
        "third_parties": [
            {
                "role": party.role,
                "name": party.name,
                "phone": party.phone,
                "address": party.address,
                "licence": party.licence,
            }
            for party in version.third_parties
        ],
        "companion": version.companion,
        "interpreter": version.interpreter,
        "officer_judgement": version.judgement,
        "judgement_reason": version.judgement_reason,
        "notice_version": version.notice_version,
        "started_at": version.started_at.isoformat(),
        "finished_at": version.finished_at.isoformat(),
        "channel": version.channel,
    }


def _correctable(
    session: Session, actor: Actor, interview_id: str, correction: Correction
) -> Interview:
    """Return the interview, when this person may correct it so, on the state they saw."""
    interview = readable(session, actor, interview_id)
    if interview.voided:
        raise Conflict("voided")
    if interview.version != correction.version:
        raise StaleVersion
    _check(actor, interview, correction)
    return interview


def _check(actor: Actor, interview: Interview, correction: Correction) -> None:
    errors: dict[str, list[str]] = {}
    length = len(correction.reason.strip())
    if not _SHORTEST_REASON <= length <= _LONGEST_REASON:
        errors["reason"] = [sentence("Write why, in 10 to 500 characters.")]
    if correction.kind is VersionKind.ASLI:
        errors["kind"] = [sentence("Choose perbaikan, pendalaman or batal.")]
    for field in sorted(_FIXED & correction.changes.keys()):
        errors[field] = [sentence("This cannot be corrected: void the interview instead.")]
    is_colleague = interview.account_id != actor.id
    if correction.kind is VersionKind.BATAL and correction.changes:
        errors["changes"] = [sentence("Voiding changes nothing: leave the other fields out.")]
    if is_colleague and not _completes_papers(interview, correction):
        errors["changes"] = [
            sentence("Only the papers of a colleague's postponed interview can be completed.")
        ]
    if errors:
        raise Invalid(errors)


def _completes_papers(interview: Interview, correction: Correction) -> bool:
    """Whether this is what any officer of the office may do: complete the awaited papers."""
    is_postponed = interview.disposition == Disposition.TUNDA
    return (
        is_postponed
        and correction.kind is VersionKind.PERBAIKAN
        and correction.changes.keys() == {"documents"}
    )


def _renew(
    session: Session, actor: Actor, interview: Interview, correction: Correction, lang: str
) -> dict[str, Any]:
    """Add a version that holds from now on, with its result."""
    outcome, row = _add_next(session, actor, interview, correction, lang)
    interview.band = str(outcome.result.band)
    interview.papers = str(outcome.result.papers)
    interview.purpose = str(outcome.submission.journey.purpose)
    if interview.awaiting not in _WAITING and interview.disposition != Disposition.TUNDA:
        interview.state = "sealed"
    session.flush()
    open_cases(session, actor, interview, outcome)
    proof = audit.record(
        session,
        actor,
        action="interview.correct",
        subject=("interview", interview.id),
        detail={"kind": correction.kind.value, "sealed_version": interview.current_version},
    )
    return {**_receipt(interview, proof), **officer_view(outcome, row, lang)}


def _void(
    session: Session, actor: Actor, interview: Interview, correction: Correction
) -> dict[str, Any]:
    """Add a final version that says why; the application number is free again."""
    _add_next(session, actor, interview, correction, "id")
    interview.voided = True
    interview.awaiting = None
    interview.tunda_until = None
    subject = ("interview", interview.id)
    return _receipt(
        interview, audit.record(session, actor, action="interview.void", subject=subject)
    )


def _add_next(
    session: Session, actor: Actor, interview: Interview, correction: Correction, lang: str
) -> tuple[Outcome, Row]:
    """Add the next sealed version, with whatever changes put into the last one."""
    submission = _merged(session, interview, correction, lang)
    at = clock.now()
    keys = keys_of(session, submission, interview.id)
    moment = Moment(interview.id, interview.application_no, at)
    outcome = assessed(session, submission, keys, moment)
    number = interview.current_version + 1
    kind, reason = correction.kind.value, correction.reason.strip()
    sealing = Sealing(interview.id, number, kind, reason, actor.id, at)
    locker = locker_of(session, interview.person_id)
    version = sealed_version(session, outcome, sealing, keys, locker)
    audit.add(session, *version.rows)
    interview.current_version = number
    interview.version += 1
    return outcome, version.assessment


def _merged(
    session: Session, interview: Interview, correction: Correction, lang: str
) -> Submission:
    """Return the last version with the changed fields put in, checked again as a whole."""
    last = whole(session, interview).current
    payload = payload_of(interview.application_no, interview.office, last)
    for field, value in correction.changes.items():
        old = payload.get(field)
        both = isinstance(old, dict) and isinstance(value, Mapping)
        payload[field] = {**old, **value} if both and isinstance(old, dict) else value
    return read_payload(session, payload, at=clock.now(), lang=lang)


def _receipt(interview: Interview, proof: audit.AuditReceipt) -> dict[str, Any]:
    return {
        "id": interview.id,
        "version": interview.version,
        "audit_seq": proof.seq,
        "audit_hash": proof.mac,
        "receipt": interview.receipt_no,
    }
