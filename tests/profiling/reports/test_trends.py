"""Series end with the last month that is over."""

from datetime import UTC, datetime

import pytest

from profiling.database import Database
from profiling.reports.periods import parse
from profiling.reports.trends import MONTHS, QUARTERS, measure_trends
from profiling.reports.window import Window
from tests.support.rows import ZONE


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2026-11", "2026-10"),
        ("2026", "2026-10"),
        ("2026-11-03", "2026-10"),
        ("2026-Q3", "2026-09"),
    ],
)
def test_a_running_month_is_no_point(sqlite_database: Database, period: str, last: str) -> None:
    window = Window(parse(period), ("PMK",), ZONE, datetime(2026, 11, 24, tzinfo=UTC))
    with sqlite_database.reading() as session:
        trends = measure_trends(session, window)

    assert list(trends.coverage)[-1].code == last
    assert (len(trends.coverage), len(trends.precision)) == (MONTHS, QUARTERS)
