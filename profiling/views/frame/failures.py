"""How the service says no: one page per status, and its JSON twin."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request
from flask import url_for as address_of
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import Forbidden, HTTPException, SecurityError

from profiling.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    PasswordChangeNeeded,
    SiagaError,
    SignInNeeded,
    TooMany,
)
from profiling.views.frame import logs
from profiling.views.frame.language import language
from profiling.views.texts import gettext, said

JsonTwin = Callable[[Exception, int], Response]

_SAFE_METHODS = frozenset({"GET", "HEAD"})
_OWN_FAULTS = 500


@dataclass(frozen=True, slots=True)
class Page:
    """What an error page says: what happened, and the next step."""

    title: object
    sentence: object


PAGES = {
    400: Page(
        _("This request could not be read"),
        _("Go back to the previous page and try again."),
    ),
    401: Page(
        _("Your session has ended"),
        _("What you filled in has not been sent yet, and is not lost."),
    ),
    404: Page(
        _("Page not found"),
        _("Page not found or not for your task."),
    ),
    405: Page(
        _("This address does not take that"),
        _("Go back to the previous page and use its buttons."),
    ),
    409: Page(
        _("The record has changed"),
        _(
            "Someone else saved a change first. Nothing of yours was saved. "
            "Open the record again, compare, then save your change."
        ),
    ),
    413: Page(
        _("That is too large to send"),
        _("Shorten the text or choose a smaller file, then send it again."),
    ),
    422: Page(
        _("Something needs to be put right"),
        _("Go back to the previous page, put it right, then send it again."),
    ),
    429: Page(
        _("Too many attempts"),
        _("Wait a moment, then try again."),
    ),
    500: Page(_("The server has a problem"), ""),
    503: Page(
        _("The service cannot do this right now"),
        _("Nothing was changed. Try again in a moment."),
    ),
}


def set_up_failures(app: Flask) -> None:
    """Map every error class once."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SiagaError, _refusal)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def use_json_twin(app: Flask, prefix: str, twin: JsonTwin) -> None:
    """Let another room answer failures of the addresses below a prefix."""
    app.extensions.setdefault("siaga.twins", {})[prefix] = twin


def unavailable(error: Exception) -> Response:
    """Answer when something the service stands on, such as its database, is away."""
    logs.log_fault(error)
    return _answer(error, 503)


def _refusal(error: SiagaError) -> Response:
    if isinstance(error, SignInNeeded) and not _wants_json():
        return _sign_in_first()
    if isinstance(error, PasswordChangeNeeded) and not _wants_json():
        return _as_response(redirect(address_of("account.me")))
    if error.status >= _OWN_FAULTS:
        logs.log_fault(error)
    is_hidden = isinstance(error, NotAllowed) and not _wants_json()
    response = _answer(error, 404 if is_hidden else error.status)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or _OWN_FAULTS
    if isinstance(error, SecurityError) and not _wants_json():
        # The request names no host of ours: a page of the frame would have nowhere to link to.
        return _bare(status)
    is_hidden = isinstance(error, Forbidden) and not _wants_json()
    response = _answer(error, 404 if is_hidden else status)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _fault(error: Exception) -> Response:
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    logs.log_fault(error)
    return _answer(error, 500)


def _stale_form(error: CSRFError) -> Response:
    """Give the typed values back with a fresh token, but only to a page of our own."""
    if _wants_json():
        return _answer(error, 400)
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    has_secret = any("password" in name for name in request.form)
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and is_ours and not has_secret
    ]
    return _page("failures/stale.html", 400, kept=kept, action=request.path)


def _sign_in_first() -> Response:
    if request.method in _SAFE_METHODS:
        here = request.full_path.rstrip("?")
        return _as_response(redirect(address_of("account.login", next=here)))
    return _page("failures/signed-out.html", 401, page=PAGES[401])


def _answer(error: Exception, status: int) -> Response:
    if _wants_json():
        return _json(error, status)
    errors = error.errors if isinstance(error, Invalid) else {}
    links = [(None, gettext(text)) for texts in errors.values() for text in texts]
    return _page("failures/page.html", status, page=PAGES.get(status, PAGES[400]), errors=links)


def _json(error: Exception, status: int) -> Response:
    twins: dict[str, JsonTwin] = current_app.extensions.get("siaga.twins", {})
    for prefix, twin in twins.items():
        if request.path.startswith(prefix):
            return twin(error, status)
    response = jsonify(_body(error, status))
    response.status_code = status
    return response


def _body(error: Exception, status: int) -> dict[str, object]:
    if isinstance(error, Invalid):
        return {"errors": said(error)}
    if isinstance(error, Conflict):
        return {"error": error.kind, **({"id": error.existing} if error.existing else {})}
    word = getattr(error, "word", None) or _word(status)
    return {"error": word, **({"id": logs.short_code()} if status >= _OWN_FAULTS else {})}


def _word(status: int) -> str:
    names = {401: "sign_in_needed", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed"}
    names |= {
        413: "too_large",
        415: "unsupported_media_type",
        429: "too_many",
        500: "error",
        503: "unavailable",
    }
    return names.get(status, "bad_request")


def _wants_json() -> bool:
    if request.path.startswith("/api/") or request.is_json:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _page(template: str, status: int, **values: object) -> Response:
    g.is_failing = status >= _OWN_FAULTS
    try:
        text = render_template(template, status=status, code=logs.short_code(), **values)
    except Exception as error:
        logs.log_fault(error)
        return _bare(status)
    return Response(text, status=status, mimetype="text/html")


def _bare(status: int) -> Response:
    """Answer in words alone, where the frame of the pages cannot be shown."""
    page, code = PAGES.get(status, PAGES[400]), logs.short_code()
    title = escape(page.title)
    text = (
        f'<!doctype html><html lang="{language()}"><meta charset="utf-8">'
        f"<title>{title} - SIAGA</title><h1>{title}</h1><p>{escape(page.sentence)}</p>"
        f"<p>{status} {code}</p></html>"
    )
    return Response(text, status=status, mimetype="text/html")


def _as_response(answer: object) -> Response:
    if not isinstance(answer, Response):
        raise TypeError(type(answer))
    return answer
