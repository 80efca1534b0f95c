"""What people type about their own account."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from forms.base import BaseForm, SelectChoice

_LONGEST_PASSWORD = 200
_SHORTEST_PASSWORD = 12


class SignInForm(BaseForm):
    """Name and password."""

    username = StringField(_("User name"), [InputRequired(_("Write your user name."))])
    password = PasswordField(_("Password"), [InputRequired(_("Write your password."))])


class PasswordForm(BaseForm):
    """A new password, confirmed by the present one."""

    current = PasswordField(
        _("Present password"), [InputRequired(_("Write your present password."))]
    )
    new = PasswordField(
        _("New password"),
        [
            InputRequired(_("Write a new password.")),
            Length(
                min=_SHORTEST_PASSWORD,
                max=_LONGEST_PASSWORD,
                message=_("Use 12 to 200 characters for the new password."),
            ),
        ],
        description=_("At least 12 characters. A sentence that only you know is good."),
    )


class SettingsForm(BaseForm):
    """How the pages behave for one person."""

    single_keys = BooleanField(
        _("Answer with single keys"),
        description=_("Y, T, B and digits act only while an answer has the focus."),
    )
    auto_advance = BooleanField(
        _("Go on to the next question after a key"),
        description=_("Arrows and the space bar never go on by themselves."),
    )
    auto_close = BooleanField(
        _("Close the result by itself"),
        description=_("After 60 seconds without a key."),
    )
    text_size = RadioField(
        _("Text size"),
        choices=[SelectChoice("normal", _("Normal")), SelectChoice("large", _("Large"))],
    )
    locale = RadioField(
        _("Language"),
        choices=[SelectChoice("id", "Bahasa Indonesia"), SelectChoice("en", "English")],
    )
