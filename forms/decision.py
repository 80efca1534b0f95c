"""What a person fills in to decide on a sealed interview, or to give a postponement back."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from checklist.vocabulary import Disposition, ReasonCode
from forms.base import BaseForm, SelectChoice

_CODED = frozenset({Disposition.TUNDA, Disposition.TANGGUH})
"""What must say why by a code: whether it is remembered against a purpose hangs on it."""


class StepForm(BaseForm):
    """One step on the state that the person saw: its version, and a key that makes it one step."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    key = HiddenField()


class ReturnForm(StepForm):
    """Why a postponement is given back."""

    reason = TextAreaField(_("Reason"), description=_("At least 15 characters."))


class DecisionForm(StepForm):
    """A disposition with its reason; `papers` is the reason for missing papers, ready made."""

    disposition = RadioField(
        _("Decision"), validators=[InputRequired(_("Choose a decision."))], validate_choice=True
    )
    reason_code = SelectField(_("Kind of reason"), default="")
    reason = TextAreaField(_("Reason"), description=_("At least 15 characters."))
    papers = HiddenField()

    def __init__(self, *given: Any, words: Mapping[str, str], lang: str, **kwargs: Any) -> None:
        super().__init__(*given, **kwargs)
        self.offer(words)
        self.reason_code.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(str(code), code.label(lang)) for code in ReasonCode),
        ]

    def offer(self, words: Mapping[str, str]) -> None:
        """Offer these dispositions."""
        self.disposition.choices = [SelectChoice(value, label) for value, label in words.items()]

    def validate_reason_code(self, field: SelectField) -> None:
        """Ask for the code where it is needed."""
        if self.disposition.data in _CODED and not field.data:
            raise ValidationError(gettext("Choose the kind of reason."))

    @property
    def chosen(self) -> Disposition:
        """The disposition that was chosen."""
        return Disposition(self.disposition.data)

    @property
    def code(self) -> ReasonCode | None:
        """The code of the reason, where the disposition has one."""
        word = self.reason_code.data
        return ReasonCode(word) if word and self.chosen is not Disposition.LANJUT else None

    @property
    def reason_text(self) -> str:
        """The reason; a postponement without one is for the papers that are missing."""
        typed = self.reason.data or ""
        is_postponed = self.disposition.data == Disposition.TUNDA
        return typed or ((self.papers.data or "") if is_postponed else "")
