"""Receipts by idempotency key: a repeated request gets the answer it got before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import Conflict
from profiling.records import IdempotencyReceipt
from profiling.records.base import table_of
from profiling.records.prepared import Prepared, Question
from profiling.security.access import Actor
from profiling.services import audit

_RECEIPTS = table_of(IdempotencyReceipt)
_BY_KEY = Prepared(
    select(
        _RECEIPTS.c.account_id,
        _RECEIPTS.c.operation,
        _RECEIPTS.c.body_digest,
        _RECEIPTS.c.receipt,
    ).where(_RECEIPTS.c.key == bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class Request:
    """What makes a request the same as an earlier one."""

    key: str
    operation: str
    digest: str


def question(request: Request) -> Question:
    """Return what `earlier` asks, to be asked ahead."""
    return _BY_KEY, {"key": request.key}


def earlier(session: Session, actor: Actor, request: Request) -> Mapping[str, Any] | None:
    """Return the receipt that this request got before, or None when it is new.

    Raises Conflict, without a receipt, when the key belongs to another request or person.
    """
    statement, values = question(request)
    row = statement.first(session, values)
    if row is None:
        return None
    *known, receipt = row
    if known != [actor.id, request.operation, request.digest]:
        raise Conflict("key_used")
    found: Mapping[str, Any] = receipt
    return found


def keep(
    session: Session, actor: Actor, request: Request, receipt: Mapping[str, Any], *, status: int
) -> None:
    """Keep the receipt of a request, in the same transaction as its write."""
    audit.insert_into(_RECEIPTS).run(
        session,
        {
            "key": request.key,
            "account_id": actor.id,
            "operation": request.operation,
            "body_digest": request.digest,
            "status": status,
            "receipt": dict(receipt),
            "at": clock.now(),
        },
    )


def once(
    session: Session, actor: Actor, request: Request, work: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Do the work of a request the first time; a repeat gets the receipt it got before."""
    audit.hold_chain(session)
    done = earlier(session, actor, request)
    if done is not None:
        return done
    receipt = work()
    keep(session, actor, request, receipt, status=201)
    return receipt
