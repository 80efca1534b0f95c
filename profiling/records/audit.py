"""The chain of audit events, and receipts by idempotency key."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class AuditEvent(Record):
    """Who did what, when, and the keyed digest of every row it touched; no personal data."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_subject", "subject_kind", "subject_id"),)

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor_id: Mapped[str]
    person_no: Mapped[str]
    role: Mapped[str]
    office: Mapped[str | None]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    rows: Mapped[list[Any]]
    detail: Mapped[dict[str, Any]]
    request_id: Mapped[str | None]
    app_version: Mapped[str]
    previous_mac: Mapped[str]
    mac: Mapped[str]


class IdempotencyReceipt(Record):
    """The answer that was given to a request, kept so that a repeat gets the same one."""

    __tablename__ = "idempotency_receipts"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    operation: Mapped[str]
    body_digest: Mapped[str]
    status: Mapped[int]
    receipt: Mapped[dict[str, Any]]
    at: Mapped[datetime]
