"""Why a sealed interview is corrected, completed or voided."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from forms.decision import StepForm


class VoidForm(StepForm):
    """Why an interview is voided."""

    reason = TextAreaField(_("Reason"), description=_("10 to 500 characters."))
