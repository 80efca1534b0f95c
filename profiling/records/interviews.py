"""Interviews: one mutable head, and sealed versions, assessments and decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class Interview(Record):
    """Where an interview stands now; what was said and decided lies in the sealed tables."""

    __tablename__ = "interviews"
    __table_args__ = (
        UniqueConstraint("office", "receipt_year", "receipt_no"),
        Index(
            "ix_interviews_open_application_no",
            "application_no",
            unique=True,
            sqlite_where=text("voided = 0"),
            postgresql_where=text("NOT voided"),
        ),
        Index("ix_interviews_month_office", "month", "office"),
        Index("ix_interviews_office_sealed_on", "office", "sealed_on"),
        Index(
            "ix_interviews_awaiting",
            "awaiting",
            sqlite_where=text("awaiting IS NOT NULL"),
            postgresql_where=text("awaiting IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    application_no: Mapped[str]
    office: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    receipt_year: Mapped[int]
    receipt_no: Mapped[int]
    sealed_at: Mapped[datetime]
    sealed_on: Mapped[date]
    month: Mapped[str]
    purpose: Mapped[str]
    first_band: Mapped[str]
    band: Mapped[str]
    papers: Mapped[str]
    current_version: Mapped[int]
    state: Mapped[str]
    disposition: Mapped[str | None]
    awaiting: Mapped[str | None]
    tunda_until: Mapped[datetime | None]
    voided: Mapped[bool]
    is_reread: Mapped[bool]
    reread_share: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class InterviewVersion(Record):
    """One sealed version of an interview's answers: never changed, never deleted."""

    __tablename__ = "interview_versions"
    __table_args__ = (
        UniqueConstraint("interview_id", "version"),
        Index("ix_interview_versions_phone_idx_sealed_at", "phone_idx", "sealed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id"))
    version: Mapped[int]
    kind: Mapped[str]
    reason_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    sealed_at: Mapped[datetime]
    channel: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    nik_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    nik_idx: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    name_enc: Mapped[bytes] = mapped_column(LargeBinary)
    birth_date: Mapped[date]
    sex: Mapped[str]
    phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_idx: Mapped[bytes | None] = mapped_column(LargeBinary)
    kk_number_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    household_idx: Mapped[bytes] = mapped_column(LargeBinary)
    mother_name_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    guardian_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    regency: Mapped[str | None]
    district: Mapped[str | None]
    village: Mapped[str | None]
    purpose: Mapped[str]
    destination: Mapped[str | None]
    departure_date: Mapped[date | None]
    stay_days: Mapped[int | None]
    documents: Mapped[dict[str, Any]]
    passport: Mapped[dict[str, Any]]
    answers: Mapped[str]
    answers_coded: Mapped[bytes] = mapped_column(LargeBinary)
    set_by_gate: Mapped[str]
    routed: Mapped[int]
    answered: Mapped[int]
    notes_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    companion: Mapped[bool | None]
    interpreter: Mapped[bool | None]
    judgement: Mapped[str]
    judgement_reason_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    notice_version: Mapped[str | None]
    instrument_version: Mapped[str]
    instrument_sha256: Mapped[str]


class ThirdParty(Record):
    """Somebody named in a sealed version, according to the applicant."""

    __tablename__ = "third_parties"
    __table_args__ = (
        Index("ix_third_parties_phone_idx_sealed_at", "phone_idx", "sealed_at"),
        Index("ix_third_parties_licence_idx_sealed_at", "licence_idx", "sealed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("interview_versions.id"), index=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id"))
    position: Mapped[int]
    role: Mapped[str]
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_idx: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    licence_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    licence_idx: Mapped[bytes | None] = mapped_column(LargeBinary)
    household_idx: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]


class Assessment(Record):
    """What the rules said of one sealed version, with the facts they read."""

    __tablename__ = "assessments"

    version_id: Mapped[str] = mapped_column(ForeignKey("interview_versions.id"), primary_key=True)
    assessed_at: Mapped[datetime]
    rules_version: Mapped[str]
    rules_sha256: Mapped[str]
    facts: Mapped[dict[str, Any]]
    tp: Mapped[int]
    dr: Mapped[int]
    cr: Mapped[int]
    av: Mapped[int]
    id_: Mapped[int] = mapped_column("identity")
    rw: Mapped[int]
    positive: Mapped[str]
    fired: Mapped[str]
    removed: Mapped[dict[str, Any]]
    ignored: Mapped[str]
    band: Mapped[str]
    band_max: Mapped[str]
    papers: Mapped[str]
    next_question: Mapped[str | None]


class Decision(Record):
    """A named person's decision, confirmation or return; only ever added, the last counts."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("interview_id", "sequence"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id"))
    sequence: Mapped[int]
    interview_version: Mapped[int]
    kind: Mapped[str]
    disposition: Mapped[str | None] = mapped_column(index=True)
    reason_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason_code: Mapped[str | None]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    person_no: Mapped[str]
    role: Mapped[str]
    decided_at: Mapped[datetime]
    tunda_until: Mapped[datetime | None]
