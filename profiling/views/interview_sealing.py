"""From a draft's form to the seal: what is still to be put right, and the sealing itself."""

from collections.abc import Mapping
from typing import Any

from flask import g

from checklist.loading import load
from checklist.sentences import sentence as checklist_sentence
from checklist.submission import Submission
from forms.interview_payload import Circumstances, Payload, payload_of
from forms.interview_problems import on_page
from forms.interview_sheet import Reader
from profiling import clock, database
from profiling.errors import Invalid
from profiling.services import interviews, offices
from profiling.services.drafts import DraftView
from profiling.services.interviews import Order
from profiling.services.receipts import Request
from profiling.views.formatting import today
from profiling.views.frame.language import language
from profiling.views.interview_page import NOTICE_VERSION
from profiling.views.texts import gettext


def faults_of(draft: DraftView, state: Mapping[str, str]) -> dict[str, str]:
    """Say what keeps a draft from being sealed, as the refused seal would say it."""
    try:
        with database.current().reading() as session:
            submission = _submission(session, draft, state)
            interviews.check_place(session, g.actor, submission)
    except Invalid as refused:
        return first_words(refused)
    return {}


def first_words(refused: Invalid) -> dict[str, str]:
    """Return one sentence for each field."""
    return {name: words[0] for name, words in refused.errors.items()}


def seal_draft(draft: DraftView, state: Mapping[str, str]) -> None:
    """Seal what the form says; raises Invalid by field, or Conflict."""

    def work(session: Any) -> None:
        submission = _submission(session, draft, state)
        # One draft is one request, however often its button is pressed.
        order = Order(draft.id, Request(draft.id, "interview.seal", draft.id))
        interviews.seal(session, g.actor, submission, order=order)

    # Once more when the same button was pressed twice: the second finds the receipt of the first.
    database.current().run(work)


def _submission(session: Any, draft: DraftView, state: Mapping[str, str]) -> Submission:
    now = clock.now()
    kind = offices.get_office(session, draft.office).kind
    told = Circumstances(
        office=draft.office,
        application_no=draft.application_no,
        channel=str(offices.channel_of(kind)),
        started_at=draft.started_at,
        finished_at=now,
        notice_version=NOTICE_VERSION,
        today=today(),
    )
    payload = payload_of(state, load(draft.instrument_version), told)
    try:
        return interviews.read_payload(
            session, payload.content, at=now, lang=language(), every_paper=True
        )
    except Invalid as refused:
        raise Invalid(_on_page(refused, payload, state, draft)) from None


def _on_page(
    refused: Invalid, payload: Payload, state: Mapping[str, str], draft: DraftView
) -> dict[str, list[str]]:
    """Say what is to be put right at the page's fields, dates as the page takes them."""
    lang = language()
    instrument = load(draft.instrument_version)
    said = on_page(refused.errors, payload, state, instrument, Reader(lang, today()))
    unread = checklist_sentence("date", lang)
    example = gettext("The date could not be read. Example: 20-12-2026.")
    return {name: [example if words == unread else words] for name, words in said.items()}
