"""Cases of the intelligence section: one mutable head, and events only ever added."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class Case(Record):
    """Where a case stands now."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("office", "year", "number"),
        Index("ix_cases_office_state", "office", "state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    year: Mapped[int]
    number: Mapped[int]
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id"), index=True)
    origin: Mapped[str]
    burst_key: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    state: Mapped[str]
    opened_at: Mapped[datetime]
    due_on: Mapped[date]
    holder_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_blind: Mapped[bool]
    is_child: Mapped[bool]
    is_threat: Mapped[bool]
    is_merah: Mapped[bool]
    waiting_for: Mapped[str | None]
    outcome: Mapped[str | None]
    first_finding_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)


class CaseEvent(Record):
    """One thing that was done in a case: never changed, never deleted."""

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "sequence"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    sequence: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str]
    account_id: Mapped[str]
    person_no: Mapped[str]
    at: Mapped[datetime]
    text_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    waiting_for: Mapped[str | None]
    outcome: Mapped[str | None]
