"""Writes to a record that another person may have changed meanwhile."""

from wtforms import HiddenField

from forms.base import BaseForm


class VersionedForm(BaseForm):
    """A write on the state that the person saw."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the page showed; 0, which no record has, for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() else 0
