"""The supervisor's first page: what waits for a decision, and the report of the day."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template

from checklist.vocabulary import Band, Disposition, Papers, Word
from profiling import database
from profiling.services import reporting, waiting
from profiling.services.identifiers import new_id
from profiling.services.reporting import Asked
from profiling.views.formatting import today
from profiling.views.frame.language import language
from profiling.views.result_page import paper_names
from profiling.views.texts import gettext


def show() -> str:
    """Show postponements to confirm, closed cases to decide on, and how many cases are late."""
    lang = language()
    day = today()
    with database.current().reading() as session:
        found = waiting.waiting_for(session, g.actor, lang=lang)
        figures = reporting.report_figures(session, g.actor, Asked(day.isoformat(), None, lang))
    return render_template(
        "results/waiting.html",
        waiting=found,
        keys={item.interview_id: new_id() for item in found.postponed},
        papers={item.interview_id: paper_names(item.missing) for item in found.postponed},
        today=day,
        day=_day(figures, lang),
        lang=lang,
    )


def _day(figures: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Return the counts of the day in words; every figure stands in the report itself."""
    cases = figures["cases"]
    return [
        (gettext("Interviews"), str(figures["interviews"])),
        (gettext("Results of the rules"), _counts(figures["bands"], Band, lang)),
        (gettext("Papers"), _counts(figures["papers"], Papers, lang)),
        (gettext("Decisions"), _counts(figures["dispositions"], Disposition, lang)),
        (
            gettext("Cases"),
            gettext(
                "opened %(opened)s, closed %(closed)s, open %(open)s",
                opened=cases["opened"],
                closed=cases["closed"],
                open=cases["open"],
            ),
        ),
    ]


def _counts(counts: Mapping[str, int], words: type[Word], lang: str) -> str:
    said = [f"{words(code).label(lang)} {count}" for code, count in counts.items() if count]
    return ", ".join(said) or "0"
