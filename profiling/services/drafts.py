"""Interviews that are being filled in: claimed by one account, saved by revision, then sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Conflict, Invalid, NotFound, sentence
from profiling.records import Appointment, Draft, Interview
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission
from profiling.services import audit, people
from profiling.services.appointment_rows import CANCELLED, WAITING, Booking
from profiling.services.appointments import (
    PLAIN_FIELDS,
    SEALED_FIELDS,
    find_appointment,
    walk_in,
)
from profiling.services.identifiers import new_id

_MAX_BYTES = 64 * 1024


class DropReason(StrEnum):
    """Why a draft is given up; kept in the audit trail, so a closed list."""

    WRONG_APPLICANT = "wrong_applicant"
    APPLICANT_LEFT = "applicant_left"
    STARTED_BY_MISTAKE = "started_by_mistake"
    SEALED_BY_COLLEAGUE = "sealed_by_colleague"


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with what the booking system knew; `content` is what the page stored last.

    `is_overtaken`: the application has been sealed meanwhile, by a colleague's program.
    """

    id: str
    application_no: str
    office: str
    instrument_version: str
    revision: int
    started_at: datetime
    updated_at: datetime
    is_overtaken: bool
    content: Mapping[str, str] = field(repr=False)
    booking: Booking = field(repr=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """Receipt of a save."""

    revision: int
    saved_at: datetime


class StaleDraft(Conflict):
    """The server holds a newer revision than the page that saves."""

    def __init__(self, revision: int, saved_at: datetime) -> None:
        super().__init__("stale_draft")
        self.revision = revision
        self.saved_at = saved_at


def open_draft(
    session: Session, actor: Actor, *, application_no: str, instrument_version: str
) -> str:
    """Claim an application for this account, or come back to its draft; returns the draft's id.

    Raises Conflict: `already_sealed` with the interview's id, `draft_of_another`, or
    `appointment_cancelled`.
    """
    actor.require(Permission.INTERVIEW_CONDUCT)
    appointment = find_appointment(session, actor, application_no)
    draft = session.scalar(select(Draft).where(Draft.application_no == application_no))
    if draft is not None and draft.account_id == actor.id:
        return draft.id
    sealed = _sealed(session, application_no)
    if sealed is not None:
        raise Conflict("already_sealed", existing=sealed)
    if draft is not None:
        raise Conflict("draft_of_another")
    if appointment.status == CANCELLED:
        raise Conflict("appointment_cancelled")
    return _start(session, actor, appointment, instrument_version)


def open_walk_in(
    session: Session, actor: Actor, *, booking: Booking, instrument_version: str
) -> str:
    """Add an applicant without an appointment and claim the application; returns the draft's id."""
    number = walk_in(session, actor, booking)
    return open_draft(session, actor, application_no=number, instrument_version=instrument_version)


def read_draft(session: Session, actor: Actor, draft_id: str) -> DraftView:
    """Return one's own draft; raises NotFound, or Conflict for another officer's."""
    actor.require(Permission.INTERVIEW_CONDUCT)
    draft = _own(session, actor, draft_id)
    locker = people.locker_of(session, draft.person_id)
    appointment = session.get_one(Appointment, draft.application_no)
    texts = {name: locker.open(appointment, name) for name in SEALED_FIELDS}
    plain = {name: getattr(appointment, name) for name in PLAIN_FIELDS}
    booking = Booking(
        application_no=appointment.application_no,
        slot=appointment.slot,
        status=appointment.status,
        **{**texts, **plain, "name": texts["name"] or ""},
    )
    return DraftView(
        id=draft.id,
        application_no=appointment.application_no,
        office=draft.office,
        instrument_version=draft.instrument_version,
        revision=draft.revision,
        started_at=draft.started_at,
        updated_at=draft.updated_at,
        is_overtaken=_sealed(session, draft.application_no) is not None,
        content=(locker.open_json(draft, "content") or {}).get("fields", {}),
        booking=booking,
    )


def save(
    session: Session, actor: Actor, *, draft_id: str, revision: int, content: Mapping[str, str]
) -> Saved:
    """Keep what was filled in; raises StaleDraft when another page has saved since `revision`."""
    actor.require(Permission.INTERVIEW_CONDUCT)
    if len(json.dumps(dict(content))) > _MAX_BYTES:
        raise Invalid({"fields": [sentence("This is more text than an interview can hold.")]})
    draft = _own(session, actor, draft_id, to_write=True)
    if draft.revision != revision:
        raise StaleDraft(draft.revision, draft.updated_at)
    _keep(session, draft, content)
    return Saved(draft.revision, draft.updated_at)


def drop(session: Session, actor: Actor, *, draft_id: str, reason: DropReason) -> bool:
    """Give up one's own draft; returns whether the application waits again."""
    actor.require(Permission.INTERVIEW_CONDUCT)
    draft = _own(session, actor, draft_id, to_write=True)
    number = draft.application_no or ""
    session.delete(draft)
    audit.record(
        session,
        actor,
        action="draft.drop",
        subject=("draft", draft_id),
        detail={"application_no": number, "reason": str(reason)},
    )
    return _sealed(session, number) is None


def _sealed(session: Session, application_no: str | None) -> str | None:
    """Return the id of the interview that an application has."""
    return session.scalar(
        select(Interview.id).where(
            Interview.application_no == application_no, Interview.voided.is_(False)
        )
    )


def _start(
    session: Session, actor: Actor, appointment: Appointment, instrument_version: str
) -> str:
    now = clock.now()
    draft_id = new_id()
    locker = people.locker_of(session, appointment.person_id)
    session.add(
        Draft(
            id=draft_id,
            application_no=appointment.application_no,
            office=appointment.office,
            account_id=actor.id,
            person_id=appointment.person_id,
            instrument_version=instrument_version,
            content_enc=locker.seal_json(Draft, draft_id, "content", {"fields": {}}),
            revision=0,
            started_at=now,
            updated_at=now,
        )
    )
    if appointment.status != WAITING:
        appointment.status = WAITING
        appointment.version += 1
    audit.record(
        session,
        actor,
        action="draft.open",
        subject=("draft", draft_id),
        detail={"application_no": appointment.application_no},
    )
    return draft_id


def _own(session: Session, actor: Actor, draft_id: str, *, to_write: bool = False) -> Draft:
    query = select(Draft).where(Draft.id == draft_id, within(actor, Draft.office))
    draft = session.scalar(query.with_for_update() if to_write else query)
    if draft is None:
        _refuse_sealed(session, actor, draft_id)
        raise NotFound
    _check_own(draft, actor)
    return draft


def _refuse_sealed(session: Session, actor: Actor, draft_id: str) -> None:
    sealed = session.scalar(
        select(Interview.id).where(Interview.id == draft_id, within(actor, Interview.office))
    )
    if sealed is not None:
        raise Conflict("already_sealed", existing=sealed)


def _check_own(draft: Draft, actor: Actor) -> None:
    if draft.account_id != actor.id:
        raise Conflict("draft_of_another")


def _keep(session: Session, draft: Draft, content: Mapping[str, str]) -> None:
    locker = people.locker_of(session, draft.person_id)
    sealed = locker.seal_json(Draft, draft.id, "content", {"fields": dict(content)})
    draft.content_enc = sealed or b""
    draft.revision += 1
    draft.updated_at = clock.now()
    session.flush()
