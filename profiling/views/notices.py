"""The sheet that an applicant takes home."""

from dataclasses import dataclass

from flask import g, render_template

from checklist.vocabulary import Disposition
from profiling import clock, database
from profiling.services import notices
from profiling.services.notices import Notice
from profiling.views.frame.language import language
from profiling.views.texts import gettext


@dataclass(frozen=True, slots=True)
class Wording:
    """What was decided, as an applicant reads it."""

    decision: str
    sentence: str


def show(interview_id: str) -> str:
    """Show the notice for the applicant, ready to print."""
    with database.current().reading() as session:
        notice = notices.read_notice(session, g.actor, interview_id, lang=language())
    return render_template(
        "results/notice.html",
        interview_id=interview_id,
        notice=notice,
        wording=_wording(notice),
        now=clock.now(),
    )


def _wording(notice: Notice) -> Wording:
    if notice.decision is Disposition.TUNDA:
        return _postponed(notice)
    words = {
        None: (gettext("Not decided yet"), gettext("Some papers are still needed from you.")),
        Disposition.LANJUT: (gettext("Continued"), gettext("Your passport application goes on.")),
        Disposition.RUJUK: (
            gettext("Waits for a further check"),
            gettext(
                "There are a few things we need to make sure of, for your safety. "
                "An officer will tell you how it goes on."
            ),
        ),
        Disposition.BATAL: (
            gettext("Cancelled"),
            gettext("This application is cancelled. You can make a new one."),
        ),
    }
    refused = (
        gettext("Not granted for now"),
        gettext(
            "Your passport application cannot be granted for now. "
            "Ask an officer for the explanation in writing."
        ),
    )
    return Wording(*words.get(notice.decision, refused))


def _postponed(notice: Notice) -> Wording:
    if notice.missing:
        return Wording(
            gettext("Postponed to complete papers"),
            gettext("Your passport application cannot go on today."),
        )
    return Wording(
        gettext("Postponed to complete statements"),
        gettext("Your passport application cannot go on today. Ask the officer what to bring."),
    )
