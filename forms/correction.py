"""Why a sealed interview is corrected, completed or voided."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from forms.decision import StepForm


class ReasonForm(StepForm):
    """The reason for a new version."""

    reason = TextAreaField(_("Reason"), description=_("10 to 500 characters."))
