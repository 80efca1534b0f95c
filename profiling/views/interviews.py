"""The interview up to the seal: opened, filled in, saved, dropped, sealed."""

from collections.abc import Mapping
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from checklist.loading import DEFAULT_VERSION, load
from checklist.sentences import sentence as checklist_sentence
from checklist.submission import Submission
from forms.interview_payload import Circumstances, Payload, payload_of
from forms.interview_problems import on_page
from forms.interview_sheet import Reader
from forms.interview_state import party_numbers, read_state
from forms.walk_in import WalkInForm
from profiling import clock, database
from profiling.errors import Conflict, Invalid, NotFound
from profiling.security.access import Permission
from profiling.security.routes import ScopeRule, requires
from profiling.services import drafts, interviews, offices
from profiling.services.appointment_rows import Booking
from profiling.services.drafts import DraftView, DropReason, StaleDraft
from profiling.services.interviews import Order
from profiling.services.receipts import Request
from profiling.views import results
from profiling.views.formatting import clock_time, today
from profiling.views.frame.language import language
from profiling.views.interview_page import (
    NOTICE_VERSION,
    Showing,
    hints,
    interview_page,
    places_in,
    prefilled,
)
from profiling.views.texts import gettext

blueprint = Blueprint("interviews", __name__)

_DIGITS = 10
_OTHER_SITES = frozenset({"cross-site", "same-site"})
Answer = AnyResponse | str | tuple[AnyResponse | str, int]


@blueprint.get("/interviews/new")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OFFICE, personal_data=True)
def new() -> Answer:
    """Come to the draft of an application, opening it the first time; without one, ask who it is.

    Opening only claims the application for this account, and is the same however often it is done;
    a link on another site cannot cause it.
    """
    number = request.args.get("application", "").strip()
    if not number:
        return render_template("interviews/walk_in.html", form=_walk_in_form())
    if request.headers.get("Sec-Fetch-Site") in _OTHER_SITES:
        return redirect(url_for("queue.show"))
    try:
        with database.current().transaction() as session:
            draft_id = drafts.open_draft(
                session, g.actor, application_no=number, instrument_version=DEFAULT_VERSION
            )
    except Conflict as conflict:
        return _refused(conflict)
    return redirect(url_for("interviews.show", interview_id=draft_id))


@blueprint.post("/interviews/new")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OFFICE, personal_data=True)
def open_walk_in() -> Answer:
    """Open the interview of somebody without an appointment."""
    form = _walk_in_form()
    if not form.validate():
        return render_template("interviews/walk_in.html", form=form), 422
    booking = Booking(
        application_no="",
        slot=clock.now(),
        name=form.name.data or "",
        nik=form.nik.data or None,
        birth_date=form.born,
        sex=form.sex.data,
        phone=form.phone.data or None,
    )
    with database.current().transaction() as session:
        draft_id = drafts.open_walk_in(
            session, g.actor, booking=booking, instrument_version=DEFAULT_VERSION
        )
    return redirect(url_for("interviews.show", interview_id=draft_id), 303)


@blueprint.get("/interviews/<interview_id>")
@requires(Permission.INTERVIEW_READ, scope=ScopeRule.OFFICE, personal_data=True)
def show(interview_id: str) -> Answer:
    """Show one's own draft as the interview page, anything sealed as its result."""
    if not g.actor.may(Permission.INTERVIEW_CONDUCT):
        return results.sealed_page(interview_id)
    try:
        draft = _read(interview_id)
    except NotFound:
        return results.sealed_page(interview_id)
    except Conflict as conflict:
        if conflict.existing:
            return results.sealed_page(interview_id)
        return _refused(conflict)
    state = draft.content or prefilled(draft.booking)
    errors = _faults(draft, state) if "check" in request.args else {}
    return interview_page(draft, Showing(state, draft.revision, errors))


@blueprint.put("/interviews/<interview_id>/draft")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OWN, personal_data=True)
def save(interview_id: str) -> Response | tuple[Response, int]:
    """Keep what stands on the page, by itself; a newer revision answers 409 with its time."""
    revision, sent = _sent_draft()
    state = read_state(sent.items(), load(DEFAULT_VERSION))
    try:
        with database.current().transaction() as session:
            saved = drafts.save(
                session, g.actor, draft_id=interview_id, revision=revision, content=state
            )
    except StaleDraft as stale:
        stored = {"revision": stale.revision, "stored_at": clock_time(stale.saved_at)}
        return jsonify(error=stale.kind, sent_at=clock_time(clock.now()), **stored), 409
    return jsonify(
        revision=saved.revision,
        saved_at=clock_time(saved.saved_at),
        hints=hints(state, language()),
    )


@blueprint.post("/interviews/<interview_id>")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OWN, personal_data=True)
def seal(interview_id: str) -> Answer:
    """Seal the answers; or, without scripts, only save and show the questions anew."""
    here = redirect(url_for("interviews.show", interview_id=interview_id), 303)
    try:
        return _take(_read(interview_id)) or here
    except Conflict as conflict:
        return here if conflict.existing else _refused(conflict)


@blueprint.post("/interviews/<interview_id>/drop")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OWN)
def drop(interview_id: str) -> Answer:
    """Give up a draft, with the reason; the application waits again."""
    word = request.form.get("reason", "")
    if word not in set(DropReason):
        raise Invalid({"reason": [gettext("Choose why the draft is given up.")]})
    with database.current().transaction() as session:
        drafts.drop(session, g.actor, draft_id=interview_id, reason=DropReason(word))
    flash(gettext("Draft given up. The application waits again."))
    return redirect(url_for("queue.show"), 303)


@blueprint.get("/interviews/places/<parent>")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.NONE)
def list_places(parent: str) -> Response:
    """List the districts of a regency, or the villages of a district, for the identity block."""
    response = jsonify([[place.code, place.name] for place in places_in(parent)])
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@blueprint.get("/privacy-notice")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.NONE)
def privacy_notice() -> str:
    """Show what applicants are told about their data."""
    return render_template("interviews/privacy.html", version=NOTICE_VERSION)


def _read(interview_id: str) -> DraftView:
    with database.current().reading() as session:
        return drafts.read_draft(session, g.actor, interview_id)


def _take(draft: DraftView) -> Answer | None:
    """Save the form and seal it; returns the page where there is something left to do."""
    state = read_state(request.form.items(), load(draft.instrument_version))
    try:
        kept = _keep(draft, state)
    except StaleDraft as stale:
        return interview_page(draft, Showing(state, stale.revision, is_stale=True)), 409
    step = request.form.get("step", "seal")
    if step != "seal":
        more = len(party_numbers(state)) + 1 if step == "party" else 0
        return interview_page(kept, Showing(state, kept.revision, parties=more))
    try:
        _seal(kept, state)
    except Invalid as refused:
        return interview_page(kept, Showing(state, kept.revision, _first(refused))), 422
    return None


def _keep(draft: DraftView, state: Mapping[str, str]) -> DraftView:
    """Keep the state that a whole form carries, and return the draft as it is now."""
    if state == dict(draft.content):
        return draft
    sent = request.form.get("revision", "")
    is_number = sent.isascii() and sent.isdigit() and len(sent) < _DIGITS
    revision = int(sent) if is_number else draft.revision
    with database.current().transaction() as session:
        drafts.save(session, g.actor, draft_id=draft.id, revision=revision, content=state)
    return _read(draft.id)


def _faults(draft: DraftView, state: Mapping[str, str]) -> dict[str, str]:
    """Say what keeps a draft from being sealed, as the refused seal would say it."""
    try:
        with database.current().reading() as session:
            submission = _submission(session, draft, state)
            interviews.check_place(session, g.actor, submission)
    except Invalid as refused:
        return _first(refused)
    return {}


def _first(refused: Invalid) -> dict[str, str]:
    return {name: words[0] for name, words in refused.errors.items()}


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


def _seal(draft: DraftView, state: Mapping[str, str]) -> None:
    def work(session: Any) -> None:
        submission = _submission(session, draft, state)
        # One draft is one request, however often its button is pressed.
        order = Order(draft.id, Request(draft.id, "interview.seal", draft.id))
        interviews.seal(session, g.actor, submission, order=order)

    # Once more when the same button was pressed twice: the second finds the receipt of the first.
    database.current().run(work)


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


def _sent_draft() -> tuple[int, Mapping[str, Any]]:
    sent = request.get_json(silent=True)
    body = sent if isinstance(sent, dict) else {}
    revision, fields = body.get("revision"), body.get("fields")
    if not isinstance(revision, int) or not isinstance(fields, dict):
        raise Invalid({"fields": [gettext("This draft could not be read.")]})
    return revision, fields


def _walk_in_form() -> WalkInForm:
    return WalkInForm(request.form, today=today(), lang=language())


def _refused(conflict: Conflict) -> Answer:
    if conflict.existing:
        return redirect(url_for("interviews.show", interview_id=conflict.existing))
    words = {
        "draft_of_another": gettext("A colleague is holding this interview."),
        "appointment_cancelled": gettext("This appointment was cancelled."),
        "already_sealed": gettext("This interview is sealed already."),
    }
    return render_template("interviews/refused.html", sentence=words[conflict.kind]), 409
