"""The interview up to the seal: opened, filled in, saved, dropped, sealed."""

from collections.abc import Mapping
from typing import Any

from flask import (
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
from forms.interview_state import party_numbers, read_state
from forms.walk_in import WalkInForm
from profiling import clock, database
from profiling.errors import Conflict, Invalid, NotFound
from profiling.security.access import Permission
from profiling.services import drafts
from profiling.services.appointment_rows import Booking
from profiling.services.drafts import DraftView, DropReason, StaleDraft
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
from profiling.views.interview_sealing import faults_of, first_words, seal_draft
from profiling.views.texts import gettext

_DIGITS = 10
_OTHER_SITES = frozenset({"cross-site", "same-site"})
Answer = AnyResponse | str | tuple[AnyResponse | str, int]


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


def show(interview_id: str) -> Answer:
    """Show one's own draft as the interview page, anything sealed as its result."""
    if not g.actor.may(Permission.INTERVIEW_CONDUCT):
        return results.sealed_page(interview_id)
    try:
        draft = _read(interview_id)
        _refuse_overtaken(draft)
    except NotFound:
        return results.sealed_page(interview_id)
    except Conflict as conflict:
        if conflict.existing:
            return results.sealed_page(interview_id)
        return _refused(conflict, draft_id=interview_id)
    state = draft.content or prefilled(draft.booking)
    errors = faults_of(draft, state) if "check" in request.args else {}
    return interview_page(draft, Showing(state, draft.revision, errors))


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


def seal(interview_id: str) -> Answer:
    """Seal the answers; or, without scripts, only save and show the questions anew."""
    here = redirect(url_for("interviews.show", interview_id=interview_id), 303)
    try:
        return _take(_read(interview_id)) or here
    except Conflict as conflict:
        return here if conflict.existing else _refused(conflict, draft_id=interview_id)


def drop(interview_id: str) -> Answer:
    """Give up a draft, with the reason; the application waits again unless it is sealed."""
    word = request.form.get("reason", "")
    if word not in set(DropReason):
        raise Invalid({"reason": [gettext("Choose why the draft is given up.")]})
    with database.current().transaction() as session:
        waits = drafts.drop(session, g.actor, draft_id=interview_id, reason=DropReason(word))
    waiting = gettext("Draft given up. The application waits again.")
    flash(waiting if waits else gettext("Draft given up."))
    return redirect(url_for("queue.show"), 303)


def list_places(parent: str) -> Response:
    """List the districts of a regency, or the villages of a district, for the identity block."""
    response = jsonify([[place.code, place.name] for place in places_in(parent)])
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def privacy_notice() -> str:
    """Show what applicants are told about their data."""
    return render_template("interviews/privacy.html", version=NOTICE_VERSION)


def _read(interview_id: str) -> DraftView:
    with database.current().reading() as session:
        return drafts.read_draft(session, g.actor, interview_id)


def _refuse_overtaken(draft: DraftView) -> None:
    if draft.is_overtaken and "own" not in request.args:
        raise Conflict("already_sealed")


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
        seal_draft(kept, state)
    except Invalid as refused:
        return interview_page(kept, Showing(state, kept.revision, first_words(refused))), 422
    return None


def _keep(draft: DraftView, state: Mapping[str, str]) -> DraftView:
    """Keep the state that a whole form carries, and return the draft as it is now."""
    if state == dict(draft.content):
        return draft
    sent = request.form.get("revision", "")
    is_number = sent.isascii() and sent.isdigit() and len(sent) < _DIGITS
    revision = int(sent) if is_number else draft.revision
    try:
        with database.current().transaction() as session:
            drafts.save(session, g.actor, draft_id=draft.id, revision=revision, content=state)
    except StaleDraft:
        # The same button pressed twice at once: what is stored by now is this very form.
        stored = _read(draft.id)
        if dict(stored.content) == state:
            return stored
        raise
    return _read(draft.id)


def _sent_draft() -> tuple[int, Mapping[str, Any]]:
    sent = request.get_json(silent=True)
    body = sent if isinstance(sent, dict) else {}
    revision, fields = body.get("revision"), body.get("fields")
    if not isinstance(revision, int) or not isinstance(fields, dict):
        raise Invalid({"fields": [gettext("This draft could not be read.")]})
    return revision, fields


def _walk_in_form() -> WalkInForm:
    return WalkInForm(request.form, today=today(), lang=language())


def _refused(conflict: Conflict, *, draft_id: str | None = None) -> Answer:
    if conflict.existing:
        return redirect(url_for("interviews.show", interview_id=conflict.existing))
    words = {
        "draft_of_another": gettext("A colleague is holding this interview."),
        "appointment_cancelled": gettext("This appointment was cancelled."),
        "already_sealed": gettext("This interview is sealed already."),
    }
    overtaken = draft_id if conflict.kind == "already_sealed" else None
    page = render_template(
        "interviews/refused.html", sentence=words[conflict.kind], draft_id=overtaken
    )
    return page, 409
