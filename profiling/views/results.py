"""A sealed interview at its own address: the result, opened on request, and the decision on it."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms.decision import DecisionForm, ReturnForm, StepForm
from profiling import database
from profiling.errors import Conflict, Invalid, NotFound
from profiling.security.access import Role
from profiling.services import decision_steps
from profiling.services.decisions import Wish
from profiling.services.identifiers import new_id
from profiling.services.results import ResultView
from profiling.views.frame.language import language
from profiling.views.result_page import (
    Forms,
    disposition_words,
    fresh_form,
    page,
    read,
    refill,
    sent_form,
    state_words,
)
from profiling.views.texts import gettext, said

Answer = Response | str | tuple[str, int]


def sealed_page(interview_id: str) -> str:
    """Show a sealed interview to an officer, or to the supervisor for whom it waits."""
    return page(read(interview_id))


def decide(interview_id: str) -> Answer:
    """Record a decision; the same form sent twice is one decision."""
    form = sent_form()
    if not form.validate():
        return _again(interview_id, form)
    wish = Wish(form.version.data or 0, form.chosen, form.reason_text, form.code)
    key = form.key.data or ""
    try:
        receipt = database.current().run(
            lambda session: decision_steps.decide(
                session, g.actor, interview_id=interview_id, wish=wish, key=key
            )
        )
    except Invalid as refusal:
        form.take_errors(said(refusal))
        return _again(interview_id, form)
    except Conflict:
        return _stale(interview_id, form)
    return _done(interview_id, receipt)


def confirm(interview_id: str) -> Answer:
    """Confirm a postponement."""
    form = StepForm(request.form)
    if not form.validate():
        raise NotFound
    version, key = form.version.data or 0, form.key.data or ""
    try:
        receipt = database.current().run(
            lambda session: decision_steps.confirm(
                session, g.actor, interview_id=interview_id, version=version, key=key
            )
        )
    except Conflict:
        return _stale(interview_id, form)
    return _done(interview_id, receipt)


def give_back(interview_id: str) -> Answer:
    """Give a postponement back to the officer, with the reason."""
    form = ReturnForm(request.form)
    if not form.validate():
        raise NotFound
    wish, key = (form.version.data or 0, form.reason.data or ""), form.key.data or ""
    try:
        receipt = database.current().run(
            lambda session: decision_steps.give_back(
                session, g.actor, interview_id=interview_id, wish=wish, key=key
            )
        )
    except Invalid as refusal:
        form.take_errors(said(refusal))
        view = read(interview_id)
        return page(view, Forms(fresh_form(view), form)), 422
    except Conflict:
        return _stale(interview_id, form)
    return _done(interview_id, receipt)


def _again(interview_id: str, form: DecisionForm) -> Answer:
    view = read(interview_id)
    return page(view, Forms(refill(form, view))), 422


def _stale(interview_id: str, form: StepForm) -> Answer:
    """Show what is stored and what was sent, in words; nothing typed is lost."""
    view = read(interview_id)
    text = render_template(
        "results/stale.html",
        view=view,
        interview=view.interview,
        stored=state_words(view.interview),
        sent=_sent_words(form),
        kept=_kept(form, view),
        action=request.path,
    )
    return text, 409


def _sent_words(form: StepForm) -> list[tuple[str, str]]:
    """Return what was filled in, as pairs of label and words."""
    if isinstance(form, DecisionForm):
        words = disposition_words(language())
        typed = [(gettext("Decision"), words[form.chosen])]
    elif isinstance(form, ReturnForm):
        typed = [(gettext("Decision"), gettext("Give back to the officer"))]
    else:
        return [(gettext("Decision"), gettext("Confirm the postponement"))]
    return [*typed, (gettext("Reason"), form.reason.data or "")]


def _kept(form: StepForm, view: ResultView) -> Mapping[str, Any] | None:
    """Return the fields to send again on what is stored now; None where nothing is open."""
    if isinstance(form, DecisionForm):
        is_open = form.chosen in view.allowed
    else:
        is_open = view.interview.awaiting == "tunda"
    if not is_open:
        return None
    fields = {name: value for name, value in form.data.items() if value is not None}
    return {**fields, "version": view.interview.version, "key": new_id()}


def _done(interview_id: str, receipt: Mapping[str, Any]) -> Response:
    if request.form.get("then") == "notice":
        return redirect(url_for("notices.show", interview_id=interview_id), 303)
    flash(gettext("Saved. Receipt number %(number)s.", number=receipt["receipt"]))
    return redirect("/queue" if g.actor.role is Role.OFFICER else "/waiting", 303)
