"""What analysts type about the watch list."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from forms.base import BaseForm, SelectChoice
from forms.versioned import VersionedForm

_LONGEST_REASON = 1000


class EntryForm(BaseForm):
    """A number that the section wants to be told about."""

    kind = RadioField(
        _("Kind"),
        [InputRequired(_("Choose telephone or licence."))],
        choices=[
            SelectChoice("phone", _("Telephone")),
            SelectChoice("licence", _("Licence number")),
        ],
    )
    value = StringField(
        _("Number"),
        [InputRequired(_("Write the whole number; a name alone is not matched."))],
        description=_("Only an equal number is a match, never a name alone."),
    )
    label = StringField(_("Label (may stay empty)"), [Length(max=120)])
    reason = TextAreaField(
        _("Reason"),
        [InputRequired(_("Write the reason.")), Length(max=_LONGEST_REASON)],
        description=_("At least 15 letters: which cases, and what was verified."),
    )
    valid_from = StringField(
        _("Counts from (may stay empty: today)"), description=_("For example 20-12-2026.")
    )


class EndForm(VersionedForm):
    """Why an entry is taken out of use."""

    reason = TextAreaField(
        _("Why it is taken out of use"),
        [InputRequired(_("Write why.")), Length(max=_LONGEST_REASON)],
        description=_("At least 15 letters."),
    )
