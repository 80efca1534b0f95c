"""What every form shares: tidy text, and errors as links to their fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# The stubs are of an older WTForms: forms take this name from here.
import wtforms
from wtforms import Form, PasswordField, StringField
from wtforms.fields.core import UnboundField

# The stubs are of an older WTForms: forms take this name from here.
SelectChoice = wtforms.SelectChoice  # type: ignore[attr-defined]


def tidy(text: str | None) -> str | None:
    """Return the text as people mean it: composed letters, no blanks around it."""
    if text is None:
        return None
    # Half a character pair can be sent as JSON, but not be written down.
    whole = text.encode("utf-8", "ignore").decode().replace("\x00", "")
    return unicodedata.normalize("NFC", whole).strip()


class BaseForm(Form):
    """A form whose text is tidied before it is checked. The CSRF token is the page's, not its."""

    # The stubs leave the type of the library's own Meta open.
    class Meta(Form.Meta):  # type: ignore[misc]
        """Tidy every text field but passwords, whose blanks count."""

        def bind_field(
            self, form: Form, unbound_field: UnboundField[Any], options: dict[str, Any]
        ) -> Any:
            """Return the field with the tidying filter first."""
            field_class = unbound_field.field_class
            if issubclass(field_class, StringField) and not issubclass(field_class, PasswordField):
                options["filters"] = [tidy, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def error_links(self) -> list[tuple[str | None, str]]:
        """Return the first sentence of each field with an error, with the field's id."""
        links: list[tuple[str | None, str]] = [
            (field.id, str(field.errors[0])) for field in self if field.errors
        ]
        return links + [(None, str(error)) for error in self.form_errors]

    def take_errors(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Show what a use case refused at the fields it names, the rest on top."""
        for name, sentences in errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
            else:
                self.form_errors = [*self.form_errors, *sentences]
