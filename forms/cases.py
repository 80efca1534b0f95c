"""What analysts type about a case."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from checklist.vocabulary import CaseOrigin, CaseState, Outcome, Purpose
from forms.base import BaseForm, SelectChoice
from forms.versioned import VersionedForm

_LONGEST_TEXT = 4000
_LONGEST_AGENCY = 120


class CaseFilterForm(BaseForm):
    """What the list is narrowed to; an empty choice narrows nothing."""

    state = SelectField(_("State"), [Optional()])
    origin = SelectField(_("Origin"), [Optional()])
    due = SelectField(_("Due"), [Optional()])
    regency = SelectField(_("Regency"), [Optional()])
    purpose = SelectField(_("Purpose"), [Optional()])

    def offer(self, *, lang: str, regencies: list[tuple[str, str]]) -> None:
        """Fill the lists in the reader's language; `regencies` are pairs of code and name."""
        everything = SelectChoice("", _("all"))
        due = (("overdue", _("overdue")), ("today", _("today")), ("later", _("later")))
        self.state.choices = [everything, *_labels(CaseState, lang)]
        self.origin.choices = [everything, *_labels(CaseOrigin, lang)]
        self.due.choices = [everything, *(SelectChoice(word, label) for word, label in due)]
        self.regency.choices = [everything, *(SelectChoice(code, name) for code, name in regencies)]
        self.purpose.choices = [everything, *_labels(Purpose, lang)]

    def chosen_word(self, name: str) -> str:
        """Say what is chosen in one of the lists."""
        field: SelectField = getattr(self, name)
        labels = {choice[0]: choice[1] for choice in field.iter_choices()}
        return f"{field.label.text}: {labels.get(field.data, field.data)}"


class FindingForm(VersionedForm):
    """A finding, and the agency whose answer is awaited."""

    text = TextAreaField(
        _("Finding"),
        [InputRequired(_("Write what you found.")), Length(max=_LONGEST_TEXT)],
        description=_("Facts, source and date. Tell apart what was said and what was verified."),
    )
    waiting_for = StringField(
        _("Waiting for which agency (may stay empty)"),
        [Length(max=_LONGEST_AGENCY)],
        description=_("When an answer is awaited, the case shows as waiting."),
    )


class ClosingForm(VersionedForm):
    """How the review ended, and why."""

    outcome = RadioField(_("Outcome"), [InputRequired(_("Choose one of the outcomes."))])
    reason = TextAreaField(
        _("Reason"),
        [InputRequired(_("Write the reason of the outcome.")), Length(max=_LONGEST_TEXT)],
        description=_("At least 15 letters. Say also what stays open."),
    )

    def offer(self, lang: str) -> None:
        """Fill the outcomes in the reader's language."""
        self.outcome.choices = _labels(Outcome, lang)


class ReasonForm(VersionedForm):
    """A reason alone: to reopen a case."""

    reason = TextAreaField(
        _("Why the case is taken up again"),
        [InputRequired(_("Write why.")), Length(max=_LONGEST_TEXT)],
        description=_("At least 15 letters."),
    )


class NikForm(BaseForm):
    """Why a NIK is opened."""

    why = StringField(
        _("Why the NIK is needed"),
        [InputRequired(_("Write why the NIK is needed.")), Length(max=200)],
        description=_("At least 10 letters. Your name, the time and the reason are logged."),
    )


def _labels(
    words: type[CaseState | CaseOrigin | Outcome | Purpose], lang: str
) -> list[SelectChoice]:
    return [SelectChoice(str(word), word.label(lang)) for word in words]
