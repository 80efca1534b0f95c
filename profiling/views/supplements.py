"""What comes after the seal as a version of its own: further answers, corrections, voiding."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from checklist.canonical import digest
from checklist.vocabulary import VersionKind
from forms.correction import VoidForm
from profiling import database
from profiling.errors import Conflict, Invalid, NotFound
from profiling.security.access import Permission
from profiling.security.routes import ScopeRule, requires
from profiling.services.corrections import Correction, correct
from profiling.services.identifiers import is_uuid, new_id
from profiling.services.receipts import Request
from profiling.services.results import ResultView
from profiling.views.frame.language import language
from profiling.views.result_page import read, state_words

blueprint = Blueprint("supplements", __name__)

Answer = Response | str | tuple[str, int]


@blueprint.get("/interviews/<interview_id>/void")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OWN, personal_data=True)
def void(interview_id: str) -> Answer:
    """Ask why an interview is voided."""
    view = _own(interview_id)
    return _void_page(view, VoidForm(data={"version": view.interview.version, "key": new_id()}))


@blueprint.post("/interviews/<interview_id>/void")
@requires(Permission.INTERVIEW_CONDUCT, scope=ScopeRule.OWN, personal_data=True)
def void_it(interview_id: str) -> Answer:
    """Void an interview that was sealed on the wrong person."""
    form = VoidForm(request.form)
    if not form.validate():
        raise NotFound
    reason, version = form.reason.data or "", form.version.data or 0
    content = digest({"id": interview_id, "version": version, "reason": reason})
    key = form.key.data or ""
    correction = Correction(
        version=version,
        kind=VersionKind.BATAL,
        reason=reason,
        changes={},
        request=Request(key if is_uuid(key) else new_id(), "interview.void", content),
    )
    try:
        receipt = database.current().run(
            lambda session: correct(
                session,
                g.actor,
                interview_id=interview_id,
                correction=correction,
                lang=language(),
            )
        )
    except Invalid as refusal:
        form.take_errors({name: [gettext(t) for t in ts] for name, ts in refusal.errors.items()})
        return _void_page(_own(interview_id), form), 422
    except Conflict:
        return _stale(_own(interview_id), reason)
    flash(gettext("Voided. Receipt number %(number)s.", number=receipt["receipt"]))
    return redirect("/queue", 303)


def _own(interview_id: str) -> ResultView:
    view = read(interview_id)
    if not view.is_own:
        raise NotFound
    return view


def _void_page(view: ResultView, form: VoidForm) -> str:
    return render_template(
        "results/void.html",
        view=view,
        interview=view.interview,
        form=form,
        key=new_id(),
        lang=language(),
    )


def _stale(view: ResultView, reason: str) -> tuple[str, int]:
    kept = None
    if not view.interview.voided:
        kept = {"version": view.interview.version, "key": new_id(), "reason": reason}
    text = render_template(
        "results/stale.html",
        view=view,
        interview=view.interview,
        stored=state_words(view.interview),
        sent=[(gettext("Reason"), reason)],
        kept=kept,
        action=request.path,
    )
    return text, 409
