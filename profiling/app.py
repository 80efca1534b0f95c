"""Puts the parts of the web service together."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from profiling import database
from profiling.api import routes
from profiling.config import Settings, check_for_serving, read_settings
from profiling.security.keys import Keyring, derive, load_keys
from profiling.views import formatting
from profiling.views.frame import (
    assets,
    context,
    failures,
    form_cookie,
    guard,
    headers,
    language,
    logs,
    route_table,
)
from profiling.views.routes import add_pages

_MEGABYTE = 1024 * 1024
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

APIS = (routes.blueprint,)
"""The blueprints for programs: bearer tokens, no cookies, so no CSRF token either."""


class Service(Flask):
    """The web service."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: none here is asynchronous, so none is asked about it."""
        return func


def describe_routes() -> list[dict[str, object]]:
    """Return one row for each method of each route, with the rule that guards it."""
    # A list is no service: it needs nothing that only serving needs.
    return route_table.describe(_build(read_settings()))


def create_app(settings: Settings | None = None) -> Flask:
    """Return the service, ready to answer; raises BadSetting when it must not start."""
    settings = settings or read_settings()
    check_for_serving(settings)
    return _build(settings)


def _build(settings: Settings) -> Flask:
    keyring = load_keys(settings.keys)
    app = Service("profiling", static_folder=None)
    app.session_interface = form_cookie.FormCookie()
    _configure(app, settings, keyring)
    database.attach(app, database.open_database(settings, keyring))

    logs.set_up_logs(app)
    headers.set_up_headers(app, https_only=not settings.is_demo)
    Compress(app)
    guard.set_up_guard(app)
    csrf = CSRFProtect(app)
    language.set_up_language(app, settings)
    failures.set_up_failures(app)
    app.register_error_handler(OperationalError, failures.unavailable)
    assets.set_up_assets(app)
    context.set_up_context(app)
    formatting.set_up_formatting(app)
    for blueprint in APIS:
        app.register_blueprint(blueprint)
        csrf.exempt(blueprint)
    add_pages(app, csrf)
    guard.check_routes(app)
    return app


def _configure(app: Flask, settings: Settings, keyring: Keyring) -> None:
    prefix = "siaga" if settings.is_demo else "__Host-siaga"
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=derive(keyring.web, "flask/v1"),
        SESSION_COOKIE_NAME=f"{prefix}-form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=not settings.is_demo,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        TRUSTED_HOSTS=list(settings.trusted_hosts or _LOOPBACK),
        MAX_CONTENT_LENGTH=8 * _MEGABYTE,
        MAX_FORM_MEMORY_SIZE=2 * _MEGABYTE,
        MAX_FORM_PARTS=2_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=5,
        COMPRESS_MIN_SIZE=800,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        # The stubs call a WSGI application immutable; wrapping it is what Flask documents.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
