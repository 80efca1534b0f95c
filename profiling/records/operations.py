"""What the service remembers about itself."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from profiling.records.base import Record


class DailyRun(Record):
    """A day's nightly work that was done."""

    __tablename__ = "daily_runs"

    day: Mapped[date] = mapped_column(primary_key=True)
    finished_at: Mapped[datetime]
    lapsed: Mapped[int]
    bursts: Mapped[int]


class SiteFact(Record):
    """A lasting fact about this database, such as that its people are simulated."""

    __tablename__ = "site_facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
