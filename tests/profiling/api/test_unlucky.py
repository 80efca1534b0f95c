"""What colleagues, other offices and the clock could do to an interview that is not theirs."""

from datetime import datetime, timedelta

import pytest

from profiling import clock
from profiling.records import Appointment, Draft
from profiling.security.access import system_actor
from profiling.services import appointments, drafts
from profiling.services.appointments import Import
from tests.profiling.services.bookings import row
from tests.profiling.services.test_appointments import unbooked
from tests.support.submissions import make_submission

REASON = "Surat belum dibawa oleh pemohon."
MISSING = {"documents": {"SURAT-PPIU": "missing"}}
SEEN = {"documents": {"SURAT-PPIU": "verified"}}
NUMBER = "2026-000005"


@pytest.fixture
def postponed(api):
    """An interview that waits for a supervisor; gives its address and version."""
    receipt = api("officer").post("/interviews", make_submission(**MISSING), status=201)
    path = f"/interviews/{receipt['id']}"
    body = {"version": 1, "disposition": "TUNDA", "reason": REASON, "reason_code": "BERKAS"}
    return path, api("officer").post(f"{path}/decision", body)["version"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "batal"},
        {"kind": "pendalaman", **SEEN},
        {"kind": "perbaikan"},
        {"kind": "perbaikan", **SEEN, "notes": {}},
        {"kind": "perbaikan", "answers": {"GT-1": "tidak"}},
    ],
)
def test_a_colleague_may_only_complete_papers(api, postponed, change):
    path, version = postponed
    body = {"version": version, "reason": REASON, **change}
    errors = api("officer2").post(f"{path}/corrections", body, status=422)["errors"]
    assert list(errors) == ["changes"]
    assert api("officer").get(path)["voided"] is False
    complete = {"version": version, "reason": REASON, "kind": "perbaikan", **SEEN}
    completed = api("officer2").post(f"{path}/corrections", complete, status=201)
    assert completed["papers"] == "lengkap"


def test_voiding_takes_no_other_change(api, postponed):
    path, version = postponed
    body = {"version": version, "reason": REASON, "kind": "batal", **SEEN}
    errors = api("officer").post(f"{path}/corrections", body, status=422)["errors"]
    assert list(errors) == ["changes"]


def test_a_postponement_ends_at_its_minute_not_in_the_night(api, postponed):
    path, version = postponed
    until = datetime.fromisoformat(api("officer").get(path)["tunda_until"])
    with clock.at(until - timedelta(seconds=1)):
        api("officer2").get(path)
        api("supervisor").get(path)
    with clock.at(until):
        api("officer2").get(path, status=404)
        api("supervisor").get(path, status=404)
        confirm = {"version": version}
        api("supervisor").post(f"{path}/decision/confirm", confirm, status=404)


def test_a_number_that_a_later_walk_in_gets_is_nobodys_to_take(api):
    first = api("officer").post("/interviews", make_submission(), status=201)
    path = f"/interviews/{first['id']}"
    number = api("officer").get(path)["application_no"]
    ahead = make_submission(application_no=number[:-1] + "2")
    errors = api("officer").post("/interviews", ahead, status=422)["errors"]
    assert list(errors) == ["application_no"]
    void = {"version": 1, "kind": "batal", "reason": REASON}
    api("officer").post(f"{path}/corrections", void, status=201)
    api("officer").post("/interviews", make_submission(application_no=number), status=201)
    api("officer").post("/interviews", make_submission(), status=201)


def test_an_application_of_another_office_is_refused_and_its_draft_stays(api, database, actor):
    with database.transaction() as session:
        appointments.import_queue(session, system_actor(), [row(5)], wanted=Import("PMK"))
        drafts.open_draft(session, actor("officer"), application_no=NUMBER, instrument_version="x")
    payload = make_submission(office="K001", application_no=NUMBER)
    errors = api("officer-k001").post("/interviews", payload, status=422)["errors"]
    assert list(errors) == ["application_no"]
    with database.reading() as session:
        assert session.get_one(Appointment, NUMBER).office == "PMK"
        assert session.query(Draft).count() == 1


def test_an_imported_number_that_looks_like_a_walk_ins_stops_nobody(database, actor):
    year = clock.now().year
    ends = {5: "abc", 6: "000001"}
    taken = [row(place, application_no=f"PMK-L-{year}-{end}") for place, end in ends.items()]
    with database.transaction() as session:
        appointments.import_queue(session, system_actor(), taken, wanted=Import("PMK"))
    with database.transaction() as session:
        number = appointments.walk_in(session, actor("officer"), unbooked())
    assert number == f"PMK-L-{year}-000002"
