"""Accounts of staff, their sessions and their API tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class Account(Record):
    """A person's access to the service; `person_no` tells persons apart, not accounts."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    person_no: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    scope: Mapped[str]
    office: Mapped[str | None] = mapped_column(ForeignKey("offices.code"))
    region: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="id")
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None]


class WebSession(Record):
    """A browser that is signed in; only the digest of its cookie is kept."""

    __tablename__ = "web_sessions"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    epoch: Mapped[int]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PasswordAttempt(Record):
    """How often a password was tried for an account or from an address, by a digest of either."""

    __tablename__ = "password_attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    tried: Mapped[int]
    since: Mapped[datetime]


class ApiToken(Record):
    """A bearer token of the API; only its digest is kept."""

    __tablename__ = "api_tokens"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
