"""Reports through the API."""

import pytest

from profiling import clock
from tests.support.submissions import make_submission, red_submission


@pytest.fixture
def month(database):
    return f"{clock.local_date(clock.now(), database.settings.timezone):%Y-%m}"


def test_a_month_counts_what_was_sealed(api, month):
    api("officer").post("/interviews", make_submission(), status=201)
    api("officer").post("/interviews", red_submission(), status=201)
    report = api("supervisor").get(f"/reports/{month}?office=PMK")
    assert (report["period"], report["office"], report["interviews"]) == (month, "PMK", 2)
    assert report["bands"] == {"hijau": 1, "kuning": 0, "merah": 1}


def test_the_own_office_is_meant_when_none_is_named(api, month):
    api("officer").post("/interviews", make_submission(), status=201)
    assert api("analyst").get(f"/reports/{month}")["interviews"] == 1
    assert api("supervisor-k001").get(f"/reports/{month}")["interviews"] == 0


@pytest.mark.parametrize("office", ["PMK", "NOWHERE"])
def test_an_office_outside_the_scope_is_missing(api, month, office):
    answer = api("supervisor-k001").get(f"/reports/{month}?office={office}", status=404)
    assert answer == {"error": "not_found"}


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "x", "2026-02-30", "2026-1"])
def test_what_is_no_period_is_named(api, period):
    errors = api("supervisor").get(f"/reports/{period}", status=422)["errors"]
    assert list(errors) == ["period"]
