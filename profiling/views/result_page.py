"""What the page of a sealed interview shows, for the officer and for the one who decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import g, render_template, request

from checklist.vocabulary import Disposition, Judgement, Outcome, ReasonCode
from forms.decision import DecisionForm, ReturnForm
from profiling import clock, database
from profiling.security.access import Role
from profiling.services import results
from profiling.services.identifiers import new_id
from profiling.services.interview_views import InterviewView
from profiling.services.results import MissingPaper, ResultView
from profiling.views.formatting import long_date, moment, today
from profiling.views.frame.language import language
from profiling.views.texts import gettext


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of the page; one that was refused carries its errors."""

    decision: DecisionForm
    back: ReturnForm = field(default_factory=ReturnForm)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is to be put right, as links."""
        refused = [form for form in (self.decision, self.back) if form.errors]
        return [link for form in refused for link in form.error_links()]


def read(interview_id: str) -> ResultView:
    """Read a sealed interview for the person who asks."""
    with database.current().reading() as session:
        return results.read_result(session, g.actor, interview_id, lang=language())


def page(view: ResultView, forms: Forms | None = None) -> str:
    """Render the page of a sealed interview."""
    lang = language()
    forms = forms or Forms(fresh_form(view))
    is_officer = g.actor.role is Role.OFFICER
    return render_template(
        "results/page.html" if is_officer else "results/awaiting.html",
        view=view,
        interview=view.interview,
        forms=forms,
        errors=forms.errors,
        key=new_id(),
        words=disposition_words(lang),
        judgement=Judgement(view.current.version.judgement).label(lang),
        codes={str(code): code.label(lang) for code in ReasonCode},
        papers=paper_names(view.current.missing),
        papers_reason=papers_reason(view),
        outcome=view.outcome and Outcome(view.outcome).label(lang),
        is_of_today=_is_of_today(view.interview),
        lang=lang,
    )


def fresh_form(view: ResultView) -> DecisionForm:
    """Return the decision form as it is first shown."""
    return DecisionForm(
        words=_offered_words(view),
        lang=language(),
        data={
            "version": view.interview.version,
            "key": new_id(),
            "papers": papers_reason(view),
            "reason_code": str(ReasonCode.BERKAS) if view.current.missing else "",
        },
    )


def sent_form() -> DecisionForm:
    """Return the decision form as it was sent; the use case knows what is open to whom."""
    return DecisionForm(request.form, words=disposition_words(language()), lang=language())


def refill(form: DecisionForm, view: ResultView) -> DecisionForm:
    """Offer only what is open now in a form that was refused."""
    form.offer(_offered_words(view))
    return form


def disposition_words(lang: str) -> Mapping[str, str]:
    """Return what each disposition is called where it is chosen."""
    own = {
        Disposition.TUNDA: gettext("Postponed to complete papers or statements"),
        Disposition.BATAL: gettext("Withdrawn at the applicant's request"),
    }
    return {str(each): own.get(each, each.label(lang)) for each in Disposition}


def state_words(interview: InterviewView) -> str:
    """Say in one sentence where an interview stands now."""
    current, lang = interview.current, language()
    if interview.voided:
        return gettext("Voided on %(at)s.", at=moment(current.sealed_at))
    last = interview.decisions[-1] if interview.decisions else None
    if last is None or interview.disposition is None or last.disposition is None:
        return gettext(
            "Answers of version %(number)s, sealed %(at)s. No decision yet.",
            number=current.version,
            at=moment(current.sealed_at),
        )
    return gettext(
        "Decision: %(decision)s, by %(name)s, %(at)s.",
        decision=disposition_words(lang)[last.disposition],
        name=last.person_name,
        at=moment(last.decided_at),
    )


def paper_names(missing: tuple[MissingPaper, ...]) -> str:
    """Name papers inside a sentence."""
    return ", ".join(_inside(paper.label) for paper in missing)


def papers_reason(view: ResultView) -> str:
    """Return the reason for a postponement because of missing papers, ready made."""
    if not view.current.missing:
        return ""
    return gettext(
        "Papers missing: %(papers)s. To be completed until %(day)s.",
        papers=paper_names(view.current.missing),
        day=long_date(view.last_day),
    )


def _offered_words(view: ResultView) -> Mapping[str, str]:
    words = disposition_words(language())
    return {str(each): words[each] for each in view.allowed}


def _inside(label: str) -> str:
    """Begin a label small, unless it begins with an abbreviation."""
    is_word = len(label) > 1 and label[1].islower()
    return f"{label[:1].lower()}{label[1:]}" if is_word else label


def _is_of_today(interview: InterviewView) -> bool:
    zone = database.current().settings.timezone
    return clock.local_date(interview.sealed_at, zone) == today()
