"""The register of exports: who took the dataset out, when, how much of it, and what for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from profiling.records import Account, AuditEvent
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission

PAGE_SIZE = 50
_KIND = "dataset"
# The events of the command line have no office: only a nationwide reader gets those.
_OFFICE = cast("InstrumentedAttribute[str]", AuditEvent.office)


@dataclass(frozen=True, slots=True)
class Export:
    """One export as its audit event tells it; `person` is None for the command line."""

    number: int
    at: datetime
    person: str | None
    role: str
    office: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the register, newest first; `next_before` leads to the older ones."""

    exports: tuple[Export, ...]
    next_before: int | None


def register_of_exports(
    session: Session, actor: Actor, *, before: int | None = None
) -> RegisterPage:
    """Return the exports inside the actor's scope."""
    actor.require(Permission.DATASET_REGISTER)
    query = (
        select(AuditEvent, Account.name)
        .outerjoin(Account, Account.id == AuditEvent.actor_id)
        .where(AuditEvent.subject_kind == _KIND, within(actor, _OFFICE))
        .order_by(AuditEvent.seq.desc())
        .limit(PAGE_SIZE + 1)
    )
    if before is not None:
        query = query.where(AuditEvent.seq < before)
    found = session.execute(query).all()
    shown = tuple(
        Export(event.seq, event.at, name, event.role, event.office, event.detail)
        for event, name in found[:PAGE_SIZE]
    )
    return RegisterPage(shown, shown[-1].number if len(found) > PAGE_SIZE else None)
