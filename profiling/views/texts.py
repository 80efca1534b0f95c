"""Typed forms of the translation functions, under the names that extraction looks for."""

import flask_babel

from profiling.errors import Invalid


def gettext(text: str, **values: object) -> str:
    """Return the text in the reader's language."""
    return str(flask_babel.gettext(text, **values))


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Return the form that fits the number."""
    return str(flask_babel.ngettext(singular, plural, num, **values))


def pgettext(context: str, text: str, **values: object) -> str:
    """Return the text as it is said in this context."""
    return str(flask_babel.pgettext(context, text, **values))


def said(refusal: Invalid) -> dict[str, list[str]]:
    """Return what a use case refused, field by field, in the reader's language."""
    return {name: [gettext(text) for text in texts] for name, texts in refusal.errors.items()}
