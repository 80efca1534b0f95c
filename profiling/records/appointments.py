"""The day's queue, and interviews that are being filled in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class Appointment(Record):
    """One application in the queue; a walk-in gets one as well."""

    __tablename__ = "appointments"
    __table_args__ = (Index("ix_appointments_office_slot_on", "office", "slot_on"),)

    application_no: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    slot: Mapped[datetime]
    slot_on: Mapped[date]
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    nik_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    nik_idx: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    name_enc: Mapped[bytes] = mapped_column(LargeBinary)
    birth_date: Mapped[date | None]
    sex: Mapped[str | None]
    phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    kk_number_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    mother_name_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    guardian_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    purpose: Mapped[str | None]
    village: Mapped[str | None]
    passport_service: Mapped[str | None]
    passport_issued: Mapped[date | None]
    passport_event_date: Mapped[date | None]
    status: Mapped[str]
    is_walk_in: Mapped[bool]
    imported_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Draft(Record):
    """An interview that is not sealed yet; its id becomes the interview's."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(primary_key=True)
    application_no: Mapped[str | None] = mapped_column(unique=True)
    office: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    instrument_version: Mapped[str]
    content_enc: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
