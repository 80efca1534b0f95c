"""The identity of somebody who comes without an appointment, as typed from the card."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from checklist.fields import FieldProblem, phone
from checklist.nik import NikError, read_nik
from checklist.vocabulary import Sex
from forms.base import BaseForm, SelectChoice
from forms.dates import Side, read_date

_SEXES = [
    SelectChoice(value=str(sex), label=label)
    for sex, label in ((Sex.L, _("Male")), (Sex.P, _("Female")))
]


class WalkInForm(BaseForm):
    """Name, birth date and sex are needed; the rest may follow in the interview."""

    nik = StringField(_("NIK"), [Optional(), Length(max=40)])
    name = StringField(
        _("Name as on the card"),
        [DataRequired(_("Write the name as on the card.")), Length(max=120)],
    )
    birth_date = StringField(_("Birth date"), [DataRequired(_("Write the birth date."))])
    sex = RadioField(
        _("Sex"), choices=_SEXES, validators=[DataRequired(_("Choose one."))], validate_choice=True
    )
    phone = StringField(_("Telephone"), [Optional()])

    def __init__(self, *given: Any, today: date, lang: str) -> None:
        super().__init__(*given)
        self._today, self._lang = today, lang

    @property
    def born(self) -> date | None:
        """The birth date that was typed."""
        return read_date(self.birth_date.data or "", today=self._today, side=Side.BEHIND)

    def validate_nik(self, field: StringField) -> None:
        """Refuse what cannot be a NIK."""
        try:
            field.data = read_nik((field.data or "").replace(" ", "")).digits
        except NikError as problem:
            raise ValidationError(problem.sentence(self._lang)) from None

    def validate_birth_date(self, _field: StringField) -> None:
        """Refuse a date that cannot be read or has not come yet."""
        if self.born is None or self.born > self._today:
            raise ValidationError(gettext("The date could not be read. Example: 01-03-1992."))

    def validate_phone(self, field: StringField) -> None:
        """Refuse what is no telephone number."""
        try:
            phone(field.data)
        except FieldProblem:
            raise ValidationError(gettext("Write the telephone number with digits.")) from None
