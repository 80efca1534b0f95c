"""Sealing interviews: the first version, corrections, and voiding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from checklist.answers import Checks, RefusedSubmissionError, validate_submission
from checklist.assessment import Record, assess, rules_for
from checklist.loading import load
from checklist.submission import Submission
from checklist.vocabulary import CaseOrigin, VersionKind
from profiling import clock
from profiling.errors import Conflict, Invalid, sentence
from profiling.records import (
    Appointment,
    Assessment,
    Draft,
    Interview,
    InterviewVersion,
    ThirdParty,
)
from profiling.records.prepared import Prepared, ask_ahead
from profiling.security.access import Actor, Permission
from profiling.services import audit, receipts
from profiling.services.appointment_rows import NUMBER_OF_THE_SERVICE
from profiling.services.case_opening import THREATS, Opening, draw, open_case, opens_by_band
from profiling.services.history import Keys, Moment, keys_of, look_up, questions
from profiling.services.identifiers import new_id
from profiling.services.people import Locker, locker_of, new_person
from profiling.services.reasons import Heard, for_officer
from profiling.services.receipts import Request
from profiling.services.sealed_rows import (
    Outcome,
    Row,
    Sealing,
    assessment_row,
    third_party_rows,
    version_row,
)

# Statements are built once: building one costs more than running it.
_SEALED_ALREADY = Prepared(
    select(Interview.id, Interview.account_id).where(
        Interview.application_no == bindparam("application_no"), Interview.voided.is_(False)
    )
)
_VOIDED_BEFORE = select(Interview.id).where(Interview.application_no == bindparam("application_no"))
_LAST_RECEIPT = Prepared(
    select(func.max(Interview.receipt_no)).where(
        Interview.office == bindparam("office"), Interview.receipt_year == bindparam("year")
    )
)
_PERSON_OF_DRAFT = select(Draft.person_id).where(Draft.id == bindparam("id"))
_OFFICE_OF_APPOINTMENT = select(Appointment.office).where(
    Appointment.application_no == bindparam("application_no")
)
_PERSON_OF_APPOINTMENT = select(Appointment.person_id).where(
    Appointment.application_no == bindparam("application_no")
)


@dataclass(frozen=True, slots=True)
class Order:
    """Under which id an interview is sealed, and which request asks for it."""

    interview_id: str | None = None
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The rows of one version: itself, its third parties, its assessment."""

    rows: tuple[audit.Sealed, ...]
    assessment: Row


def read_payload(
    session: Session, payload: object, *, at: datetime, lang: str, every_paper: bool = False
) -> Submission:
    """Check what was handed in; raises Invalid with sentences by field."""
    local = clock.local(at, session.info["settings"].timezone)
    try:
        return validate_submission(payload, checks=Checks(load(), local, every_paper), lang=lang)
    except RefusedSubmissionError as refusal:
        raise Invalid(refusal.problems) from None


def seal(
    session: Session, actor: Actor, submission: Submission, *, order: Order | None = None
) -> Mapping[str, Any]:
    """Seal an interview's first version; returns the receipt with the officer's view.

    One transaction holds answers, assessment, case, receipt and audit event. A repeat of the same
    request gets the same receipt.
    """
    actor.require(Permission.INTERVIEW_CONDUCT)
    order = order or Order()
    interview_id = order.interview_id or new_id()
    at = clock.now()
    keys = keys_of(session, submission, interview_id)
    moment = Moment(interview_id, submission.visit.application_no or "", at)
    _ask_ahead(session, order, keys, moment)
    if order.request and (earlier := receipts.earlier(session, actor, order.request)):
        return earlier
    check_place(session, actor, submission)
    outcome = assessed(session, submission, keys, moment)
    locker = _locker(session, submission, order)
    sealing = Sealing(interview_id, 1, VersionKind.ASLI.value, None, actor.id, at)
    version = sealed_version(session, outcome, sealing, keys, locker)
    view = officer_view(outcome, version.assessment, actor.locale)
    head = {
        **_head_columns(session, actor, outcome, moment),
        "person_id": locker.person_id,
        # Only from here on do other writers wait: everything that takes time is done.
        **_numbers(session, submission, at),
    }
    audit.add(session, audit.sealed(session, Interview, head), *version.rows)
    if head["is_reread"] or opens_by_band(outcome.result.band):
        open_cases(session, actor, session.get_one(Interview, interview_id), outcome)
    _drop_draft(session, actor, submission, order)
    subject = ("interview", interview_id)
    proof = audit.record(session, actor, action="interview.seal", subject=subject)
    receipt = {
        "id": interview_id,
        "version": 1,
        "audit_seq": proof.seq,
        "audit_hash": proof.mac,
        "receipt": head["receipt_no"],
        **view,
    }
    if order.request:
        receipts.keep(session, actor, order.request, receipt, status=201)
    return receipt


def _ask_ahead(session: Session, order: Order, keys: Keys, moment: Moment) -> None:
    """Ask at once what is asked one after the other: a journey to the database costs more."""
    repeats = [receipts.question(order.request)] if order.request else []
    ask_ahead(session, [*repeats, *questions(keys, moment)])


def assessed(session: Session, submission: Submission, keys: Keys, moment: Moment) -> Outcome:
    """Look up the history of a submission and apply the rules."""
    instrument = load(submission.instrument)
    checks = look_up(session, keys, moment, instrument)
    record = Record(submission.facts(instrument, checks), submission.sheet.answers)
    return Outcome(submission, assess(record, rules_for(instrument)), instrument)


def sealed_version(
    session: Session, outcome: Outcome, sealing: Sealing, keys: Keys, locker: Locker
) -> Version:
    """Return one version ready to be added; a voiding one adds no assessment of its own."""
    version = version_row(outcome, sealing, keys, locker)
    parties = third_party_rows(outcome.submission, version, keys.parties, locker)
    assessment = assessment_row(version["id"], outcome.result, sealing.sealed_at)
    rows = [
        audit.sealed(session, InterviewVersion, version),
        *(audit.sealed(session, ThirdParty, party) for party in parties),
    ]
    if sealing.kind != VersionKind.BATAL:
        rows.append(audit.sealed(session, Assessment, assessment))
    return Version(tuple(rows), assessment)


def open_cases(session: Session, actor: Actor, interview: Interview, outcome: Outcome) -> None:
    """Open the case that the band, or the random re-read, asks for."""
    if opens_by_band(outcome.result.band):
        open_case(session, actor, interview, opening_of(outcome, CaseOrigin.MERAH))
    elif interview.is_reread and interview.current_version == 1:
        open_case(session, actor, interview, opening_of(outcome, CaseOrigin.BACA_ULANG))


def opening_of(outcome: Outcome, origin: CaseOrigin) -> Opening:
    """Return what a case opened on this outcome is ordered by."""
    return Opening(
        origin=origin,
        is_child=outcome.submission.age < outcome.instrument.adult_age,
        is_threat=not THREATS.isdisjoint(outcome.result.fired),
        is_merah=opens_by_band(outcome.result.band),
    )


def officer_view(outcome: Outcome, row: Row, lang: str) -> dict[str, Any]:
    """Return what an officer may see of a result: sentences, no points."""
    result, sheet = outcome.result, outcome.submission.sheet
    heard = Heard(result.fired, sheet.answers, sheet.notes)
    reasons = for_officer(heard, instrument=outcome.instrument, lang=lang)
    return {
        "band": row["band"],
        "band_max": row["band_max"],
        "papers": row["papers"],
        "reasons": [reason.as_json() for reason in reasons],
        "next_question": row["next_question"],
        "ruleset": row["rules_version"],
        "model": None,
    }


def check_place(session: Session, actor: Actor, submission: Submission) -> None:
    """Refuse another office, and an application that has its interview already."""
    visit = submission.visit
    if not actor.covers(visit.office):
        raise Invalid({"office": [sentence("This office code is not known.")]})
    if visit.application_no is None:
        return
    application = {"application_no": visit.application_no}
    booked = session.connection().scalar(_OFFICE_OF_APPOINTMENT, application)
    if booked is not None and not actor.covers(booked):
        sentences = [sentence("This application number belongs to another office.")]
        raise Invalid({"application_no": sentences})
    sealed = _SEALED_ALREADY.first(session, application)
    if sealed:
        interview_id, account_id = sealed
        existing = interview_id if account_id == actor.id else None
        raise Conflict("already_sealed", existing=existing)
    if NUMBER_OF_THE_SERVICE.fullmatch(visit.application_no) and not _was_voided(
        session, application
    ):
        sentences = [sentence("Numbers like this one are given by the service: leave it out.")]
        raise Invalid({"application_no": sentences})


def _was_voided(session: Session, application: Mapping[str, str]) -> bool:
    """Whether the number was given before and freed: then it may be used again."""
    return session.connection().scalar(_VOIDED_BEFORE, application) is not None


def _numbers(session: Session, submission: Submission, at: datetime) -> Row:
    """Give the interview its receipt number, and a walk-in its application number."""
    year = clock.local_date(at, session.info["settings"].timezone).year
    visit = submission.visit
    counted = {"office": visit.office, "year": year}
    (last,) = audit.hold_chain(session, (_LAST_RECEIPT, counted))
    number = (last[0] if last and last[0] else 0) + 1
    return {
        "application_no": visit.application_no or f"{visit.office}-T-{year}-{number:06}",
        "office": visit.office,
        "receipt_year": year,
        "receipt_no": number,
    }


def _head_columns(session: Session, actor: Actor, outcome: Outcome, moment: Moment) -> Row:
    settings = session.info["settings"]
    sealed_on = clock.local_date(moment.at, settings.timezone)
    band = outcome.result.band
    is_green = not opens_by_band(band) and band.severity == 0
    return {
        "id": moment.interview_id,
        "account_id": actor.id,
        "sealed_at": moment.at,
        "sealed_on": sealed_on,
        "month": f"{sealed_on:%Y-%m}",
        "purpose": str(outcome.submission.journey.purpose),
        "first_band": str(band),
        "band": str(band),
        "papers": str(outcome.result.papers),
        "current_version": 1,
        "state": "sealed",
        "disposition": None,
        "awaiting": None,
        "tunda_until": None,
        "voided": False,
        "is_reread": is_green and draw(session, "reread", moment.interview_id, settings.reread),
        "reread_share": str(settings.reread),
        "version": 1,
    }


def _locker(session: Session, submission: Submission, order: Order) -> Locker:
    """Return the data key of the applicant: the draft's, the appointment's, or a new one."""
    person_id = None
    if order.interview_id:
        person_id = session.connection().scalar(_PERSON_OF_DRAFT, {"id": order.interview_id})
    if person_id is None and submission.visit.application_no:
        application = {"application_no": submission.visit.application_no}
        person_id = session.connection().scalar(_PERSON_OF_APPOINTMENT, application)
    return locker_of(session, person_id) if person_id else new_person(session)


def _drop_draft(session: Session, actor: Actor, submission: Submission, order: Order) -> None:
    """Take away what the sealed interview replaces; a colleague's draft stays with them."""
    if order.interview_id:
        session.execute(delete(Draft).where(Draft.id == order.interview_id))
    if submission.visit.application_no:
        same = Draft.application_no == submission.visit.application_no
        session.execute(delete(Draft).where(same, Draft.account_id == actor.id))
