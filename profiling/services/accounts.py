"""Accounts of staff: making, disabling, passwords, preferences, API tokens."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Invalid, NotFound, sentence
from profiling.records import Account, ApiToken, Office
from profiling.security import passwords
from profiling.security.access import Actor, Role, Scope
from profiling.services import audit, offices
from profiling.services.identifiers import new_id

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
PREFERENCES = {
    "single_keys": (True, False),
    "auto_advance": (True, False),
    "auto_close": (True, False),
    "text_size": ("normal", "large"),
}
"""What a person can set for themselves, with the allowed values; the first is the default."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account needs; without a password a one-time password is made."""

    username: str
    name: str
    person_no: str
    role: str
    scope: str
    office: str | None = None
    region: str | None = None
    password: str | None = None


def create_account(session: Session, actor: Actor, new: NewAccount) -> tuple[str, str]:
    """Add an account; returns its id and its password."""
    _check(session, new)
    password = new.password or passwords.one_time_password()
    account = Account(
        id=new_id(),
        username=new.username,
        name=new.name.strip(),
        person_no=new.person_no,
        role=new.role,
        scope=new.scope,
        office=new.office,
        region=new.region,
        locale=session.info["settings"].locale,
        preferences={},
        password_hash=passwords.hash_password(password),
        must_change_password=new.password is None,
        epoch=1,
        created_at=clock.now(),
    )
    session.add(account)
    audit.record(
        session,
        actor,
        action="account.create",
        subject=("account", account.id),
        detail={"role": new.role, "scope": new.scope, "person_no": new.person_no},
    )
    return account.id, password


def disable_account(session: Session, actor: Actor, *, username: str, reason: str) -> None:
    """End an account's access at once."""
    account = _by_username(session, username)
    if account.disabled_at is None:
        account.disabled_at = clock.now()
        account.disabled_reason = reason
        account.epoch += 1
        audit.record(session, actor, action="account.disable", subject=("account", account.id))


def change_password(session: Session, actor: Actor, *, current: str, new: str) -> None:
    """Replace the actor's own password; every session of the account ends."""
    account = session.get_one(Account, actor.id)
    if not passwords.verify_password(account.password_hash, current):
        raise Invalid({"current": [sentence("The present password does not match.")]})
    _check_password(new)
    account.password_hash = passwords.hash_password(new)
    account.must_change_password = False
    account.epoch += 1
    audit.record(session, actor, action="account.password", subject=("account", account.id))


def set_preferences(
    session: Session, actor: Actor, *, locale: str, preferences: Mapping[str, object]
) -> None:
    """Keep the actor's own settings."""
    account = session.get_one(Account, actor.id)
    account.locale = locale if locale in ("id", "en") else account.locale
    account.preferences = {
        name: preferences[name]
        for name, allowed in PREFERENCES.items()
        if preferences.get(name) in allowed
    }
    audit.record(session, actor, action="account.preferences", subject=("account", account.id))


def create_token(session: Session, actor: Actor, *, username: str, name: str) -> str:
    """Add a bearer token for the API; returns the token, which is not kept."""
    account = _by_username(session, username)
    if account.disabled_at is not None:
        raise Invalid({"user": [sentence("This account is disabled.")]})
    token = "siaga_" + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            token_digest=token_digest(token),
            account_id=account.id,
            name=name,
            created_at=clock.now(),
        )
    )
    audit.record(session, actor, action="token.create", subject=("account", account.id))
    return token


def token_digest(token: str) -> str:
    """Return the digest under which a token or cookie is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _by_username(session: Session, username: str) -> Account:
    account = session.scalar(select(Account).where(Account.username == username))
    if account is None:
        raise NotFound(sentence("There is no such account."))
    return account


def _check(session: Session, new: NewAccount) -> None:
    errors: dict[str, list[str]] = {}
    if not _USERNAME.fullmatch(new.username):
        errors["username"] = [sentence("Use 3-40 small letters, digits, dots or dashes.")]
    elif session.scalar(select(Account.id).where(Account.username == new.username)):
        errors["username"] = [sentence("This account name is taken.")]
    if not new.name.strip():
        errors["name"] = [sentence("Write the name of the account's holder.")]
    if not new.person_no.strip():
        errors["person_no"] = [sentence("Write the staff number of the account's holder.")]
    if new.role not in set(Role):
        errors["role"] = [sentence("This role is not known.")]
    errors.update(_scope_errors(session, new))
    if errors:
        raise Invalid(errors)
    if new.password is not None:
        _check_password(new.password)


def _scope_errors(session: Session, new: NewAccount) -> dict[str, list[str]]:
    if new.scope not in set(Scope):
        return {"scope": [sentence("This scope is not known.")]}
    if new.scope == Scope.OFFICE and (not new.office or not session.get(Office, new.office)):
        return {"office": [sentence("This office code is not known.")]}
    regions = {office.region for office in offices.list_offices(session)}
    if new.scope == Scope.REGION and new.region not in regions:
        return {"office": [sentence("This region code is not known.")]}
    return {}


def _check_password(password: str) -> None:
    if not passwords.MIN_LENGTH <= len(password) <= passwords.MAX_LENGTH:
        raise Invalid({"new": [sentence("Use at least 12 characters.")]})
