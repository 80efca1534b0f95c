"""The intelligence section's cases: the list, the file, and what is done with them."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checklist.regions import find_region
from checklist.vocabulary import CaseAction
from forms.cases import CaseFilterForm, ClosingForm, FindingForm, NikForm, ReasonForm
from profiling import database
from profiling.services import case_list, case_reading, cases
from profiling.services.case_list import CaseFilter
from profiling.services.case_views import TimelineKind
from profiling.services.cases import CaseReceipt, Closing, Finding
from profiling.views import case_picture, case_summary, case_words, timeline_words
from profiling.views.frame.language import language
from profiling.views.texts import gettext
from profiling.views.writing import write_form

_FILTERS = ("state", "origin", "due", "regency", "purpose")
_Answer = str | tuple[str, int] | AnyResponse


class CaseForms(NamedTuple):
    """The forms of a case page; one of them may carry what was typed, with its errors."""

    finding: FindingForm
    closing: ClosingForm
    reopening: ReasonForm
    nik: NikForm


def show_list() -> str:
    """Show the cases in the order of work."""
    chosen = {name: request.args.get(name) or None for name in _FILTERS}
    with database.current().reading() as reading:
        page = case_list.list_cases(
            reading,
            g.actor,
            chosen=CaseFilter(**chosen),
            cursor=request.args.get("cursor") or None,
            lang=language(),
        )
        regencies = case_list.regencies_of(reading, g.actor)
    form = CaseFilterForm(request.args)
    form.offer(lang=language(), regencies=[(code, _region_name(code)) for code in regencies])
    is_whole = not any(chosen.values()) and "cursor" not in request.args
    return render_template(
        "cases/list.html",
        page=page,
        filters=form,
        chosen=_chosen_words(form),
        shows_line=is_whole and page.open > page.capacity,
        older=_older(chosen, page.next_cursor),
        newer=_older(chosen, "") if "cursor" in request.args else None,
        words=case_words,
    )


def take_next() -> AnyResponse:
    """Lock and open the first free case."""
    with database.current().transaction() as writing:
        receipt = cases.take_next(writing, g.actor)
    if receipt is None:
        flash(gettext("No case is free right now."))
        return redirect(url_for("cases.show_list"), 303)
    return _to_case(receipt, gettext("You hold this case now."))


def show_case(case_id: str) -> str:
    """Show the case file; the reading is noted."""
    return _page(case_id, _empty_forms())


def take(case_id: str) -> AnyResponse:
    """Become the holder of a free case."""
    with database.current().transaction() as writing:
        receipt = cases.take(writing, g.actor, case_id=case_id)
    return _to_case(receipt, gettext("You hold this case now."))


def add_finding(case_id: str) -> _Answer:
    """Store a finding."""
    forms = _empty_forms()._replace(finding=FindingForm(request.form))
    form = forms.finding

    def work(writing: Any) -> CaseReceipt:
        finding = Finding(form.text.data or "", form.waiting_for.data)
        return cases.add_finding(
            writing, g.actor, case_id=case_id, version=form.seen_version, finding=finding
        )

    receipt = write_form(form, work)
    if receipt is None:
        return _page(case_id, forms), 422
    return _to_case(receipt, gettext("Finding stored."))


def close(case_id: str) -> _Answer:
    """Store the outcome."""
    forms = _empty_forms()._replace(closing=_closing_form())
    form = forms.closing

    def work(writing: Any) -> CaseReceipt:
        closing = Closing(form.outcome.data or "", form.reason.data or "")
        return cases.close(
            writing, g.actor, case_id=case_id, version=form.seen_version, closing=closing
        )

    receipt = write_form(form, work)
    if receipt is None:
        return _page(case_id, forms), 422
    return _to_case(receipt, gettext("Outcome stored."))


def confirm(case_id: str) -> AnyResponse:
    """Agree as the second reader."""
    version = ReasonForm(request.form).seen_version
    with database.current().transaction() as writing:
        receipt = cases.confirm(writing, g.actor, case_id=case_id, version=version)
    return _to_case(receipt, gettext("Confirmed. The case is closed."))


def reopen(case_id: str) -> _Answer:
    """Take a finished case up again."""
    forms = _empty_forms()._replace(reopening=ReasonForm(request.form))
    form = forms.reopening

    def work(writing: Any) -> CaseReceipt:
        reason = form.reason.data or ""
        return cases.reopen(
            writing, g.actor, case_id=case_id, version=form.seen_version, reason=reason
        )

    receipt = write_form(form, work)
    if receipt is None:
        return _page(case_id, forms), 422
    return _to_case(receipt, gettext("The case is open again, and you hold it."))


def open_nik(case_id: str) -> _Answer:
    """Show the NIK once, on the page that answers; reason and reading are logged."""
    forms = _empty_forms()._replace(nik=NikForm(request.form))
    form = forms.nik

    def work(writing: Any) -> str:
        nik = cases.open_nik(writing, g.actor, case_id=case_id, reason=form.why.data or "")
        return nik or gettext("not recorded")

    nik = write_form(form, work)
    if nik is None:
        return _page(case_id, forms), 422
    return _page(case_id, _empty_forms(), nik=nik)


def _page(case_id: str, forms: CaseForms, nik: str | None = None) -> str:
    with database.current().transaction() as writing:
        view = case_reading.read_case(writing, g.actor, case_id=case_id, lang=language())
    kind = request.args.get("timeline")
    chosen = kind if kind in set(TimelineKind) else None
    errors = [link for form in forms if form.errors for link in form.error_links()]
    version = view.interview.current if view.interview else None
    return render_template(
        "cases/case.html",
        view=view,
        item=view.item,
        version=version,
        age=case_summary.age_of(version) if version else None,
        sentences=case_summary.summarise(view),
        timeline=[each for each in view.timeline if chosen in (None, each.kind)],
        timeline_kind=chosen,
        picture=case_picture.draw_links(version.applicant.name, view.links) if version else None,
        may={action.value for action in view.allowed},
        actions=CaseAction,
        forms=forms,
        errors=errors,
        nik=nik,
        events=timeline_words,
        today=view.today,
        words=case_words,
    )


def _empty_forms() -> CaseForms:
    closing = ClosingForm()
    closing.offer(language())
    return CaseForms(FindingForm(), closing, ReasonForm(), NikForm())


def _closing_form() -> ClosingForm:
    form = ClosingForm(request.form)
    form.offer(language())
    return form


def _to_case(receipt: CaseReceipt, message: str) -> AnyResponse:
    flash(message)
    return redirect(url_for("cases.show_case", case_id=receipt.id), 303)


def _region_name(code: str) -> str:
    region = find_region(code)
    return region.name if region else code


def _chosen_words(form: CaseFilterForm) -> list[tuple[str, str]]:
    """Return each chosen filter as a word with the address without it."""
    chosen = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    address = url_for("cases.show_list")
    words = []
    for name in chosen:
        rest = {other: word for other, word in chosen.items() if other != name}
        words.append((form.chosen_word(name), f"{address}?{urlencode(rest)}"))
    return words


def _older(chosen: dict[str, str | None], cursor: str | None) -> str | None:
    if cursor is None:
        return None
    values = {name: word for name, word in chosen.items() if word}
    if cursor:
        values["cursor"] = cursor
    return f"{url_for('cases.show_list')}?{urlencode(values)}"
