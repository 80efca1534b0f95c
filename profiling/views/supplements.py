"""What comes after the seal as a version of its own: further answers, corrections, voiding."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request
from werkzeug.wrappers import Response

from checklist.canonical import Json
from checklist.vocabulary import VersionKind
from forms.correction import ReasonForm
from profiling import database
from profiling.errors import Conflict, Invalid, NotFound
from profiling.services.corrections import Correction, correct
from profiling.services.identifiers import new_id
from profiling.services.page_requests import page_request
from profiling.services.results import ResultView
from profiling.views.frame.language import language
from profiling.views.result_page import read, state_words
from profiling.views.supplement_page import (
    CORRECTION,
    FURTHER,
    PAPERS,
    Supplement,
    Task,
    page,
    sent_fields,
    sent_in_words,
    usual_reason,
)
from profiling.views.texts import gettext, said

_SHOWN_ANEW = frozenset({"refresh", "party"})
"""Buttons of a form without scripts that only ask for the page again."""

Answer = Response | str | tuple[str, int]


def further(interview_id: str) -> str:
    """Ask what is not known yet."""
    return _blank(interview_id, FURTHER)


def seal_further(interview_id: str) -> Answer:
    """Seal further answers as a new version."""
    return _sent(interview_id, FURTHER)


def papers(interview_id: str) -> str:
    """Ask for the papers that were completed; any officer may, while they are awaited."""
    return _blank(interview_id, PAPERS)


def seal_papers(interview_id: str) -> Answer:
    """Seal the papers that were completed as a new version."""
    return _sent(interview_id, PAPERS)


def correction(interview_id: str) -> str:
    """Show what was written down, to be corrected."""
    return _blank(interview_id, CORRECTION)


def seal_correction(interview_id: str) -> Answer:
    """Seal a correction as a new version with a reason."""
    return _sent(interview_id, CORRECTION)


def void(interview_id: str) -> str:
    """Ask why an interview is voided."""
    return _void_page(_open(interview_id, is_own=True), ReasonForm())


def seal_void(interview_id: str) -> Answer:
    """Void an interview that was sealed on the wrong person."""
    form = _sent_form()
    wish = _wish(interview_id, form, VersionKind.BATAL, {})
    try:
        receipt = _seal(interview_id, wish)
    except Invalid as refusal:
        form.take_errors(said(refusal))
        return _void_page(_open(interview_id, is_own=True), form), 422
    except Conflict:
        return _stale(read(interview_id), [(gettext("Reason"), wish.reason)])
    flash(gettext("Voided. Receipt number %(number)s.", number=receipt["receipt"]))
    return redirect("/queue", 303)


def _blank(interview_id: str, task: Task) -> str:
    view = _open(interview_id, is_own=task is not PAPERS)
    return page(Supplement(view, task, reason=usual_reason(task)))


def _sent(interview_id: str, task: Task) -> Answer:
    view = _open(interview_id, is_own=task is not PAPERS)
    form = _sent_form()
    given = Supplement(view, task, sent_fields(), form.reason.data or "")
    if request.form.get("step") in _SHOWN_ANEW:
        return page(given)
    return _seal_supplement(given, form)


def _seal_supplement(given: Supplement, form: ReasonForm) -> Answer:
    view, task = given.view, given.task
    changes = given.changes
    is_stale = form.version.data != view.interview.version
    if not changes and not is_stale:
        nothing = {"form": gettext("Nothing was changed yet. Change something, or go back.")}
        return page(Supplement(view, task, given.sent, given.reason, nothing)), 422
    try:
        _seal(view.interview.id, _wish(view.interview.id, form, task.kind, changes))
    except Invalid as refusal:
        errors = {name: texts[0] for name, texts in said(refusal).items()}
        return page(Supplement(view, task, given.sent, given.reason, errors)), 422
    except Conflict:
        return _stale(read(view.interview.id), sent_in_words(given))
    flash(gettext("Sealed as a new version. Earlier versions stay as they were."))
    return redirect(f"/interviews/{view.interview.id}", 303)


def _seal(interview_id: str, wish: Correction) -> Mapping[str, Any]:
    return database.current().run(
        lambda session: correct(
            session, g.actor, interview_id=interview_id, correction=wish, lang=language()
        )
    )


def _wish(
    interview_id: str, form: ReasonForm, kind: VersionKind, changes: Mapping[str, Any]
) -> Correction:
    version, reason = form.version.data or 0, form.reason.data or ""
    fields = sorted(item for item in request.form.items() if item[0] != "csrf_token")
    sent: list[Json] = [[name, text] for name, text in fields]
    asked = page_request(form.key.data or "", f"interview.{kind}", interview_id, {"sent": sent})
    return Correction(version=version, kind=kind, reason=reason, changes=changes, request=asked)


def _sent_form() -> ReasonForm:
    form = ReasonForm(request.form)
    if not form.validate():
        raise NotFound
    return form


def _open(interview_id: str, *, is_own: bool) -> ResultView:
    view = read(interview_id)
    if (is_own and not view.is_own) or view.interview.voided:
        raise NotFound
    return view


def _void_page(view: ResultView, form: ReasonForm) -> str:
    return render_template(
        "results/void.html",
        view=view,
        interview=view.interview,
        form=form,
        key=new_id(),
        lang=language(),
    )


def _stale(view: ResultView, sent: list[tuple[str, str]]) -> tuple[str, int]:
    """Show what is stored and what was sent; sending it again puts it on what is stored now."""
    kept = None
    if not view.interview.voided:
        fields = {name: text for name, text in request.form.items() if name != "csrf_token"}
        kept = {**fields, "version": view.interview.version, "key": new_id()}
    text = render_template(
        "results/stale.html",
        view=view,
        interview=view.interview,
        stored=state_words(view.interview),
        sent=sent,
        kept=kept,
        action=request.path,
    )
    return text, 409
