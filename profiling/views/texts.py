"""Typed forms of the translation functions, under the names that extraction looks for."""

import flask_babel


def gettext(text: str, **values: object) -> str:
    """Return the text in the reader's language."""
    return str(flask_babel.gettext(text, **values))


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Return the form that fits the number."""
    return str(flask_babel.ngettext(singular, plural, num, **values))


def pgettext(context: str, text: str, **values: object) -> str:
    """Return the text as it is said in this context."""
    return str(flask_babel.pgettext(context, text, **values))
