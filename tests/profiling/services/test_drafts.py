"""Drafts: one account, one revision after the other, nothing readable at rest."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from profiling.database import Database
from profiling.errors import Conflict, Invalid, NotAllowed, NotFound
from profiling.records import AuditEvent, Draft
from profiling.security.access import Actor
from profiling.services import appointments, drafts
from profiling.services.drafts import DropReason, StaleDraft
from tests.profiling.services.bookings import nik, row
from tests.profiling.services.test_appointments import take

NAMED = Callable[[str], Actor]
NUMBER = "2026-000005"
FIELDS = {"answers-TP-05": "ya", "notes-TP-05": "Tidak tahu biro"}


def open_one(database: Database, who: Actor, number: str = NUMBER) -> str:
    with database.transaction() as session:
        return drafts.open_draft(
            session, who, application_no=number, instrument_version="tppo-2026.1"
        )


def read(database: Database, who: Actor, draft_id: str) -> drafts.DraftView:
    with database.reading() as session:
        return drafts.read_draft(session, who, draft_id)


def save(database: Database, who: Actor, draft_id: str, revision: int) -> drafts.Saved:
    with database.transaction() as session:
        return drafts.save(session, who, draft_id=draft_id, revision=revision, content=FIELDS)


def test_opening_again_comes_back_to_the_same_draft(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    draft_id = open_one(database, who)
    save(database, who, draft_id, 0)
    assert open_one(database, who) == draft_id
    view = read(database, who, draft_id)
    assert dict(view.content) == FIELDS
    assert (view.revision, view.application_no) == (1, NUMBER)
    assert (view.booking.name, view.booking.nik) == ("Siti Uji 5", nik(5))


def test_a_draft_is_ciphertext_at_rest(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    draft_id = open_one(database, actor("officer"))
    save(database, actor("officer"), draft_id, 0)
    with database.reading() as session:
        stored = session.get_one(Draft, draft_id).content_enc
    assert b"biro" not in stored
    assert b"TP-05" not in stored


def test_a_colleagues_draft_is_refused(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    draft_id = open_one(database, actor("officer"))
    other = actor("officer2")
    for attempt in (
        lambda: open_one(database, other),
        lambda: read(database, other, draft_id),
        lambda: save(database, other, draft_id, 0),
    ):
        with pytest.raises(Conflict) as refused:
            attempt()
        assert refused.value.kind == "draft_of_another"


def test_another_offices_draft_is_not_found(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    draft_id = open_one(database, actor("officer"))
    with pytest.raises(NotFound):
        read(database, actor("officer-k001"), draft_id)
    with pytest.raises(NotFound):
        open_one(database, actor("officer-k001"))


def test_only_officers_open_drafts(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    with pytest.raises(NotAllowed):
        open_one(database, actor("analyst"))


def test_an_older_revision_is_refused_with_the_stored_one(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    draft_id = open_one(database, who)
    first = save(database, who, draft_id, 0)
    with pytest.raises(StaleDraft) as refused:
        save(database, who, draft_id, 0)
    assert (refused.value.revision, refused.value.saved_at) == (1, first.saved_at)


def test_more_than_an_interview_holds_is_refused(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    draft_id = open_one(database, who)
    with database.transaction() as session, pytest.raises(Invalid):
        drafts.save(session, who, draft_id=draft_id, revision=0, content={"x": "y" * 70_000})


def test_a_dropped_draft_lets_the_application_wait_again(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    draft_id = open_one(database, who)
    with database.transaction() as session:
        drafts.drop(session, who, draft_id=draft_id, reason=DropReason.APPLICANT_LEFT)
    with database.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
        assert event is not None
        assert event.action == "draft.drop"
        assert event.detail["reason"] == "applicant_left"
    with pytest.raises(NotFound):
        read(database, who, draft_id)
    assert open_one(database, actor("officer2")) != draft_id


def test_a_cancelled_appointment_is_not_opened(database: Database, actor: NAMED) -> None:
    take(database, row(5, status="batal"))
    with pytest.raises(Conflict) as refused:
        open_one(database, actor("officer"))
    assert refused.value.kind == "appointment_cancelled"


def test_an_applicant_who_comes_late_is_present_again(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    with database.transaction() as session:
        appointments.mark_absent(session, who, application_no=NUMBER)
    draft_id = open_one(database, who)
    assert read(database, who, draft_id).booking.status == "menunggu"
