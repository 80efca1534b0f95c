"""The language of a page: the reader's choice, else the account's, else the service's."""

from functools import cache

from babel import Locale
from flask import Flask, current_app, g, request, session
from flask_babel import Babel, get_locale

from profiling.config import Settings
from profiling.views.catalogues import DOMAIN, FOLDER, LANGUAGES, compile_catalogues


def set_up_language(app: Flask, settings: Settings) -> None:
    """Read every catalogue and choose among them for each request."""
    compile_catalogues()
    Babel(
        app,
        default_locale=settings.locale,
        default_timezone=settings.timezone.key,
        default_translation_directories=str(FOLDER),
        default_domain=DOMAIN,
        locale_selector=chosen_locale,
    )


def chosen_locale() -> Locale:
    """Return the locale for this request."""
    return _locale(chosen_language())


@cache
def _locale(code: str) -> Locale:
    # Reading a locale's name anew for each request costs more than all of its use.
    return Locale.parse(code)


def chosen_language() -> str:
    """Return the language for this request."""
    if request.path.startswith("/api/"):
        chosen = request.accept_languages.best_match(list(LANGUAGES))
    else:
        chosen = session.get("language")
    actor = g.get("actor")
    for code in (chosen, actor.locale if actor else None):
        if code in LANGUAGES:
            return str(code)
    return str(current_app.config["SETTINGS"].locale)


def language() -> str:
    """Return the code of the language that the page is written in."""
    locale = get_locale()
    return locale.language if locale else "id"
