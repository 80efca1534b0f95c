"""Offices and their sub-units."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class Office(Record):
    """An immigration office, or one of its places of service."""

    __tablename__ = "offices"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("offices.code"))
    region: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    daily_reviews: Mapped[int] = mapped_column(default=12)
