"""Signing in: from a password or a cookie to the person who asks."""

import secrets
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import SignInNeeded, sentence
from profiling.records import Account, ApiToken, WebSession
from profiling.records.prepared import Prepared, Unit
from profiling.security import passwords
from profiling.security.access import Actor, Role, Scope
from profiling.security.keys import device_key
from profiling.services import audit, offices
from profiling.services.accounts import token_digest

SHIFT = timedelta(hours=10)
"""How long a session lasts at most."""

IDLE = timedelta(minutes=15)
"""How long a session lasts without a request."""

_SEEN_EVERY = timedelta(minutes=1)
_DEMO_ACCOUNTS_OF_A_ROLE = 8

_BY_TOKEN = Prepared(
    select(
        Account.id,
        Account.username,
        Account.name,
        Account.person_no,
        Account.role,
        Account.scope,
        Account.office,
        Account.region,
        Account.locale,
        Account.preferences,
        Account.must_change_password,
    )
    .join(ApiToken, ApiToken.account_id == Account.id)
    .where(
        ApiToken.token_digest == bindparam("digest"),
        ApiToken.ended_at.is_(None),
        Account.disabled_at.is_(None),
    )
)


class _Known(NamedTuple):
    """What is asked about an account at every request, in the order of the statement."""

    id: str
    username: str
    name: str
    person_no: str
    role: str
    scope: str
    office: str | None
    region: str | None
    locale: str
    preferences: dict[str, Any]
    must_change_password: bool


def sign_in(session: Session, *, username: str, password: str) -> tuple[str, Actor]:
    """Return a new cookie value and the actor; raises SignInNeeded when they do not fit."""
    account = session.scalar(select(Account).where(Account.username == username.strip().lower()))
    stored = None if account is None or account.disabled_at else account.password_hash
    if not passwords.verify_password(stored, password) or account is None:
        raise SignInNeeded(sentence("Name or password do not match."))
    return _open_session(session, account)


def demo_sign_in(session: Session, *, username: str) -> tuple[str, Actor]:
    """Sign a seeded account of the demonstration in with one step."""
    account = session.scalar(select(Account).where(Account.username == username))
    if not session.info["settings"].is_demo or account is None or account.disabled_at:
        raise SignInNeeded(sentence("Name or password do not match."))
    return _open_session(session, account)


def demo_accounts(session: Session) -> list[tuple[str, str, str]]:
    """Return username, name and role of the accounts that the demonstration signs in.

    Every role is there: of a large office or of many offices, the first accounts of each.
    """
    if not session.info["settings"].is_demo:
        return []
    order = (Account.created_at, Account.username)
    place = func.row_number().over(partition_by=Account.role, order_by=order)
    ranked = (
        select(Account.id, place.label("place")).where(Account.disabled_at.is_(None)).subquery()
    )
    rows = session.execute(
        select(Account.username, Account.name, Account.role)
        .join(ranked, ranked.c.id == Account.id)
        .where(ranked.c.place <= _DEMO_ACCOUNTS_OF_A_ROLE)
        .order_by(*order)
    )
    return [(row.username, row.name, row.role) for row in rows]


def resolve(session: Session, cookie: str) -> tuple[Actor, bool]:
    """Return the actor of a cookie, and whether its last-seen time is due to be kept."""
    now = clock.now()
    row = session.execute(
        select(Account, WebSession.seen_at)
        .join(WebSession, WebSession.account_id == Account.id)
        .where(
            WebSession.token_digest == token_digest(cookie),
            WebSession.ended_at.is_(None),
            WebSession.ends_at > now,
            WebSession.seen_at > now - IDLE,
            WebSession.epoch == Account.epoch,
            Account.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        raise SignInNeeded
    return _actor(session, row[0]), row.seen_at < now - _SEEN_EVERY


def keep_alive(session: Session, cookie: str) -> None:
    """Keep the session's last-seen time."""
    session.execute(
        update(WebSession)
        .where(WebSession.token_digest == token_digest(cookie))
        .values(seen_at=clock.now())
    )


def sign_out(session: Session, cookie: str) -> None:
    """End the session of a cookie."""
    session.execute(
        update(WebSession)
        .where(WebSession.token_digest == token_digest(cookie), WebSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def confirm_password(session: Session, actor: Actor, password: str) -> bool:
    """Whether the password is the actor's own; used to uncover a covered screen."""
    stored = session.scalar(select(Account.password_hash).where(Account.id == actor.id))
    return passwords.verify_password(stored, password)


def resolve_token(session: Unit, token: str) -> Actor:
    """Return the actor of an API token; raises SignInNeeded."""
    found = _BY_TOKEN.first(session, {"digest": token_digest(token)})
    if found is None:
        raise SignInNeeded
    return _actor(session, _Known(*found), via="api")


def actor_named(session: Session, username: str) -> Actor:
    """Return the actor of an account that is in use; raises SignInNeeded."""
    account = session.scalar(
        select(Account).where(Account.username == username, Account.disabled_at.is_(None))
    )
    if account is None:
        raise SignInNeeded(sentence("There is no such account."))
    return _actor(session, account)


def device_key_of(session: Session, actor: Actor) -> bytes:
    """Return the key with which the actor's browser keeps drafts as ciphertext."""
    epoch = session.scalar(select(Account.epoch).where(Account.id == actor.id))
    return device_key(session.info["keyring"], actor.id, epoch or 0)


def _open_session(session: Session, account: Account) -> tuple[str, Actor]:
    now = clock.now()
    cookie = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            token_digest=token_digest(cookie),
            account_id=account.id,
            epoch=account.epoch,
            created_at=now,
            seen_at=now,
            ends_at=now + SHIFT,
        )
    )
    account.signed_in_at = now
    actor = _actor(session, account)
    audit.record(session, actor, action="session.start", subject=("account", account.id))
    return cookie, actor


def _actor(session: Unit, account: Account | _Known, via: str = "web") -> Actor:
    return Actor(
        id=account.id,
        username=account.username,
        name=account.name,
        person_no=account.person_no,
        role=Role(account.role),
        scope=Scope(account.scope),
        office=account.office,
        region=account.region,
        offices=offices.codes_in_scope(session, account.scope, account.office, account.region),
        locale=account.locale,
        preferences=account.preferences,
        via=via,
        must_change_password=account.must_change_password,
    )
