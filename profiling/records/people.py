"""Persons about whom something is kept: each with a data key of its own."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class Person(Record):
    """The holder of a data key; destroying the key makes the person's fields unreadable."""

    __tablename__ = "persons"

    id: Mapped[str] = mapped_column(primary_key=True)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
