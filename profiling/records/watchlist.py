"""The intelligence section's watch list of third parties."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class WatchlistEntry(Record):
    """A phone or licence number that the intelligence section wants to be told about."""

    __tablename__ = "watchlist_entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    value_enc: Mapped[bytes] = mapped_column(LargeBinary)
    value_idx: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    label_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason_enc: Mapped[bytes] = mapped_column(LargeBinary)
    office: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]
    valid_from: Mapped[date]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None]
    end_reason_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)
