"""What somebody fills in to take out the intelligence dataset."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from forms.base import BaseForm, SelectChoice


class DatasetForm(BaseForm):
    """Format, period, office and purpose."""

    form = RadioField(
        _("Format"),
        [InputRequired(_("Choose one of the formats."))],
        choices=[
            SelectChoice("csv", "CSV"),
            SelectChoice("parquet", "Parquet"),
        ],
        default="csv",
    )
    first = StringField(
        _("From"), description=_("A month, quarter or year, for example 2026-10. Empty: all.")
    )
    last = StringField(
        _("Until"), description=_("The last month, quarter or year. Empty: until today.")
    )
    office = SelectField(_("Office"))
    purpose = TextAreaField(
        _("What the dataset is for"),
        [
            InputRequired(_("Write what the dataset is for, in 10 to 500 characters.")),
            Length(
                min=10,
                max=500,
                message=_("Write what the dataset is for, in 10 to 500 characters."),
            ),
        ],
        description=_("Kept in the audit trail with your name, the number of rows and the digest."),
    )
