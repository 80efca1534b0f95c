"""How often someone may try a password or look up a NIK: counted before, kept across restarts."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import TooMany
from profiling.records import PasswordAttempt
from profiling.security.access import Actor, system_actor
from profiling.services import audit

WINDOW = timedelta(minutes=15)
"""How long tries are remembered."""

PAIR_LIMIT = 8
"""Tries for one account from one address: a typist's bad morning fits in."""

ADDRESS_LIMIT = 40
"""Tries from one address for any account: a whole office may stand behind it."""

ACCOUNT_LIMIT = 60
"""Tries for one account from anywhere: high, so that nobody locks a colleague out."""

LOOK_UP_LIMIT = 30
"""NIKs that one account looks up: more than a full counter asks for, far from a sweep."""


@dataclass(frozen=True, slots=True)
class _Count:
    key: str
    kind: str
    limit: int


def begin(session: Session, *, username: str, address: str) -> None:
    """Count a try before it is made; raises TooMany when there were too many."""
    for count in _counts(username, address):
        if _is_reached(session, count):
            subject = (count.kind, count.key[:16])
            audit.record(session, system_actor(), action="session.slowed", subject=subject)


def look_up(session: Session, actor: Actor) -> None:
    """Count a NIK that is about to be looked up; raises TooMany when there were too many."""
    if _is_reached(session, _Count(_digest("look_up", actor.id), "look_up", LOOK_UP_LIMIT)):
        audit.record(session, actor, action="queue.many_look_ups", subject=("account", actor.id))


def succeed(session: Session, *, username: str, address: str) -> None:
    """Take back the count of a try that fitted, and drop counts that have no more effect."""
    session.execute(delete(PasswordAttempt).where(PasswordAttempt.since < clock.now() - WINDOW))
    pair, *others = _counts(username, address)
    session.execute(delete(PasswordAttempt).where(PasswordAttempt.key == pair.key))
    session.execute(
        update(PasswordAttempt)
        .where(PasswordAttempt.key.in_([other.key for other in others]))
        .values(tried=PasswordAttempt.tried - 1)
    )


def _is_reached(session: Session, count: _Count) -> bool:
    """Count one more and return whether it is the last; raises TooMany after that."""
    tried, since = _add(session, count.key)
    if tried > count.limit:
        raise TooMany(int((since + WINDOW - clock.now()).total_seconds()) + 1)
    return tried == count.limit


def _counts(username: str, address: str) -> tuple[_Count, ...]:
    account = username.strip().lower()
    network = _network(address)
    return (
        _Count(_digest("pair", account, network), "sign_in", PAIR_LIMIT),
        _Count(_digest("address", network), "address", ADDRESS_LIMIT),
        _Count(_digest("account", account), "account", ACCOUNT_LIMIT),
    )


def _network(address: str) -> str:
    """Return what one subscriber holds: an IPv4 address, or a whole IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 - the version's number is its name
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _add(session: Session, key: str) -> tuple[int, Any]:
    now = clock.now()
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    is_old = PasswordAttempt.since < now - WINDOW
    statement = insert(PasswordAttempt).values(key=key, tried=1, since=now)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "tried": case((is_old, 1), else_=PasswordAttempt.tried + 1),
                "since": case((is_old, now), else_=PasswordAttempt.since),
            },
        )
    )
    row = session.execute(
        select(PasswordAttempt.tried, PasswordAttempt.since).where(PasswordAttempt.key == key)
    ).one()
    return row.tried, row.since
