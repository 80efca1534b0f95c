"""What every view of the API needs: who asks, in which language, and how an answer is written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Response, g, request
from flask_babel import get_locale

from profiling.security.access import Actor


def caller() -> Actor:
    """Return the person of the token, speaking the language that the request asks for."""
    actor: Actor = g.actor
    if not request.accept_languages:
        return actor
    locale = get_locale()
    if locale is None or locale.language == actor.locale:
        return actor
    return replace(actor, locale=locale.language)


def reply(content: Mapping[str, Any], status: int = 200) -> Response:
    """Write an answer."""
    return Response(
        orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS),
        status=status,
        mimetype="application/json",
    )
