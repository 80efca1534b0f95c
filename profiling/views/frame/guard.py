"""Who may pass: every route declares a rule, every request is held against it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask, abort, current_app, g, request
from werkzeug.wrappers import Response

from profiling import database
from profiling.errors import NotAllowed, PasswordChangeNeeded, SignInNeeded
from profiling.security.access import Actor
from profiling.security.routes import RouteRule, rule_of
from profiling.services import signin

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_WITH_ONE_TIME_PASSWORD = frozenset({"account.me", "account.change_password"})
_OWN_SITES = frozenset({"same-origin", "none"})


def set_up_guard(app: Flask) -> None:
    """Refuse what comes from another site, what is not signed in, and what is not granted."""
    app.before_request(refuse_nul)
    app.before_request(refuse_other_sites)
    app.before_request(recognise)
    app.before_request(admit)


def check_routes(app: Flask) -> None:
    """Raise unless every route declares its rule."""
    bare = [rule.rule for rule, declared in declared_rules(app) if declared is None]
    if bare:
        raise RuntimeError(f"routes without @requires or @public: {', '.join(sorted(bare))}")


def declared_rules(app: Flask) -> Iterator[tuple[Any, RouteRule | None]]:
    """Give every routing rule of the app with what its view declares."""
    for rule in app.url_map.iter_rules():
        yield rule, rule_of(app.view_functions[rule.endpoint])


def refuse_nul() -> None:
    """Refuse an address with a sign that no record can hold: one engine would fail on it."""
    if "\x00" in request.path:
        abort(404)
    if request.query_string and not request.path.startswith("/api/") and _has_nul(request.args):
        abort(400)


def _has_nul(asked: Mapping[str, str]) -> bool:
    return "\x00" in "".join(asked.values())


def refuse_other_sites() -> None:
    """Refuse a write that a page of another site caused, whatever its token."""
    if request.method in _SAFE_METHODS or request.path.startswith("/api/"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        # A browser says so itself; under no-referrer its Origin is then "null" even for our pages.
        is_ours = site in _OWN_SITES
    else:
        is_ours = request.headers.get("Origin") in (None, request.host_url.rstrip("/"))
    if not is_ours:
        abort(403)


def recognise() -> None:
    """Turn the cookie or bearer token into the person who asks."""
    g.actor = None
    if request.endpoint == "assets.static_file":
        return
    if request.path.startswith("/api/"):
        g.actor = _from_token()
    else:
        g.actor = _from_cookie()


def admit() -> None:
    """Hold the request against the rule of its route."""
    view = _view()
    if view is None:
        return
    rule = rule_of(view)
    if rule is None:
        raise NotAllowed
    if rule.permission is None:
        return
    if g.actor is None:
        raise SignInNeeded
    if g.actor.must_change_password and request.endpoint not in _WITH_ONE_TIME_PASSWORD:
        raise PasswordChangeNeeded
    g.actor.require(rule.permission)


def cookie_name() -> str:
    """Return the name of the session cookie; the prefix binds it to HTTPS and this host."""
    return "siaga" if current_app.config["SETTINGS"].is_demo else "__Host-siaga"


def set_cookie(response: Response, value: str) -> None:
    """Hand the session cookie to the browser, until the browser closes."""
    response.set_cookie(
        cookie_name(),
        value,
        path="/",
        secure=not current_app.config["SETTINGS"].is_demo,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: Response) -> None:
    """Take the session cookie back."""
    response.delete_cookie(
        cookie_name(),
        path="/",
        secure=not current_app.config["SETTINGS"].is_demo,
        httponly=True,
        samesite="Lax",
    )


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def _from_cookie() -> Actor | None:
    cookie = request.cookies.get(cookie_name())
    if not cookie:
        return None
    try:
        with database.current().looking() as session:
            actor, is_due = signin.resolve(session, cookie)
    except SignInNeeded:
        return None
    if is_due:
        with database.current().transaction() as session:
            signin.keep_alive(session, cookie)
    return actor


def _from_token() -> Actor | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    try:
        with database.current().glance() as glance:
            return signin.resolve_token(glance, token.strip())
    except SignInNeeded:
        return None
