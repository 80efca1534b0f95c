"""Signing in and out, and what a person sets for themselves."""

import base64

from flask import (
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
)
from werkzeug.wrappers import Response as AnyResponse

from forms.account import PasswordForm, SettingsForm, SignInForm
from forms.base import tidy
from profiling import clock, database
from profiling.errors import Invalid, NotAllowed, SignInNeeded, TooMany
from profiling.security.access import Actor, Permission
from profiling.services import accounts, attempts, signin
from profiling.views import feedback
from profiling.views.addresses import safe_address
from profiling.views.frame.context import place_of, role_words
from profiling.views.frame.guard import cookie_name, drop_cookie, set_cookie
from profiling.views.texts import gettext, said


def login() -> AnyResponse | str:
    """Ask for name and password."""
    if g.actor is not None:
        return redirect(safe_address(request.args.get("next")))
    return _login_page(SignInForm())


def open_session() -> AnyResponse | tuple[str, int]:
    """Open a session for who gives a name and password that fit."""
    form = SignInForm(request.form)
    if not form.validate():
        return _login_page(form), 422
    username, password = form.username.data or "", form.password.data or ""
    try:
        _count_try(username)
        with database.current().transaction() as writing:
            cookie, actor = signin.sign_in(writing, username=username, password=password)
            attempts.succeed(writing, username=username, address=_address())
    except SignInNeeded:
        return _login_page(form, gettext("Name or password do not match.")), 401
    except TooMany as error:
        return _login_page(form, _wait_sentence(error)), 429
    return _welcome(cookie, actor)


def demo_login() -> AnyResponse:
    """Sign a seeded account of the demonstration in with one step."""
    username = tidy(request.form.get("username")) or ""
    with database.current().transaction() as writing:
        cookie, actor = signin.demo_sign_in(writing, username=username)
    return _welcome(cookie, actor)


def logout() -> AnyResponse:
    """End the session here and on the server, and let the browser forget the pages."""
    cookie = request.cookies.get(cookie_name())
    if cookie:
        with database.current().transaction() as writing:
            signin.sign_out(writing, cookie)
    _start_afresh()
    flash(gettext("You have signed out."))
    response = redirect("/login")
    response.headers["Clear-Site-Data"] = '"cache"'
    drop_cookie(response)
    return response


def me() -> str:
    """Show the person's own settings."""
    return _me_page(_settings_of(g.actor), PasswordForm())


def keep_settings() -> AnyResponse | tuple[str, int]:
    """Keep the person's own settings."""
    form = SettingsForm(request.form)
    if not form.validate():
        return _me_page(form, PasswordForm()), 422
    with database.current().transaction() as writing:
        shown = {name: form[name].data for name in _shown_settings(g.actor)}
        accounts.set_preferences(
            writing,
            g.actor,
            locale=form.locale.data,
            preferences={**g.actor.preferences, **shown},
        )
    session["language"] = form.locale.data
    flash(gettext("Settings saved."))
    return redirect("/me")


def change_password() -> AnyResponse | tuple[str, int]:
    """Replace the person's own password; every session ends."""
    form = PasswordForm(request.form)
    if not form.validate():
        return _me_page(_settings_of(g.actor), form), 422
    _count_try(g.actor.username)
    try:
        with database.current().transaction() as writing:
            attempts.succeed(writing, username=g.actor.username, address=_address())
            accounts.change_password(
                writing, g.actor, current=form.current.data or "", new=form.new.data or ""
            )
    except Invalid as refusal:
        form.take_errors(said(refusal))
        return _me_page(_settings_of(g.actor), form), 422
    flash(gettext("Password changed. Sign in with the new password."))
    response = redirect("/login")
    drop_cookie(response)
    return response


def unlock() -> tuple[str, int]:
    """Uncover a covered screen when the password is the person's own."""
    sent = request.get_json(silent=True)
    password = sent.get("password") if isinstance(sent, dict) else None
    _count_try(g.actor.username)
    with database.current().transaction() as writing:
        if not isinstance(password, str) or not signin.confirm_password(writing, g.actor, password):
            raise NotAllowed
        attempts.succeed(writing, username=g.actor.username, address=_address())
    return "", 204


def device_key() -> Response:
    """Hand out the key with which this person's browser keeps drafts as ciphertext."""
    with database.current().reading() as reading:
        key = signin.device_key_of(reading, g.actor)
    return jsonify(account=g.actor.id, key=base64.b64encode(key).decode())


def _count_try(username: str) -> None:
    with database.current().transaction() as counting:
        attempts.begin(counting, username=username, address=_address())


def _address() -> str:
    return request.remote_addr or ""


def _wait_sentence(error: TooMany) -> str:
    minutes = -(-error.seconds // 60)
    return gettext("Too many attempts. Try again in %(minutes)s minutes.", minutes=minutes)


def _welcome(cookie: str, actor: Actor) -> AnyResponse:
    address = safe_address(request.form.get("next"))
    _start_afresh()
    session["place"] = place_of(actor)
    response = redirect(address, 303)
    set_cookie(response, cookie)
    return response


def _start_afresh() -> None:
    """Forget the form token of whoever used this browser; language and place stay."""
    kept = {name: session[name] for name in ("language", "place") if name in session}
    session.clear()
    session.update(kept)


def _login_page(form: SignInForm, refusal: str | None = None) -> str:
    words = role_words()
    with database.current().reading() as reading:
        people = [
            (username, name, words.get(role, role))  # type: ignore[call-overload]
            for username, name, role in signin.demo_accounts(reading)
        ]
    return render_template(
        "account/login.html",
        form=form,
        errors=[("username", refusal)] if refusal else form.error_links() if form.errors else [],
        today=clock.now(),
        next=safe_address(request.values.get("next")),
        people=people,
    )


def _me_page(settings: SettingsForm, password: PasswordForm) -> str:
    errors = [link for form in (settings, password) if form.errors for link in form.error_links()]
    return render_template(
        "account/me.html",
        settings=settings,
        password=password,
        errors=errors,
        is_at_counter=g.actor.may(Permission.INTERVIEW_CONDUCT),
        feedback=feedback.section_of(g.actor),
    )


def _shown_settings(actor: Actor) -> tuple[str, ...]:
    at_counter = ("single_keys", "auto_advance", "auto_close")
    return ("text_size", *(at_counter if actor.may(Permission.INTERVIEW_CONDUCT) else ()))


def _settings_of(actor: Actor) -> SettingsForm:
    defaults = {name: allowed[0] for name, allowed in accounts.PREFERENCES.items()}
    locale = session.get("language", actor.locale)
    return SettingsForm(data={**defaults, **actor.preferences, "locale": locale})
