"""The signed cookie that a browser's forms lean on: their token, the chosen language."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class FormCookie(SecureCookieSessionInterface):
    """Flask's signed cookie for pages; a program has none and is not asked for one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie holds, or nothing at all for a program."""
        if request.path.startswith("/api/"):
            return self.make_null_session(app)
        return super().open_session(app, request)
