"""The appointment list: taken in whole or not at all, updated until the interview starts."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event

from profiling.database import Database
from profiling.errors import Conflict, Invalid, NotFound
from profiling.security.access import Actor, system_actor
from profiling.services import appointments, drafts, queue
from profiling.services.appointment_rows import Booking
from profiling.services.appointments import Import
from tests.profiling.services.bookings import nik, row

NAMED = Callable[[str], Actor]
DAY = date(2026, 11, 24)


def take(database: Database, *rows: object, office: str = "PMK") -> appointments.ImportReport:
    with database.transaction() as session:
        return appointments.import_queue(
            session,
            system_actor(),
            rows,  # type: ignore[arg-type]
            wanted=Import(office),
        )


def page(database: Database, who: Actor) -> queue.QueuePage:
    with database.reading() as session:
        return queue.queue_page(session, who, on=DAY)


def test_imported_appointments_stand_in_the_queue_by_the_clock(
    database: Database, actor: NAMED
) -> None:
    report = take(database, row(30), row(5), row(9, status="batal"))
    shown = page(database, actor("officer"))
    assert report == appointments.ImportReport(added=3, updated=0, begun=0)
    assert [entry.name for entry in shown.waiting] == ["Siti Uji 5", "Siti Uji 30"]
    assert shown.booked == 2
    first = shown.waiting[0]
    assert (first.state, first.purpose, first.is_mine) == ("menunggu", "UMR", False)
    assert first.masked_nik == f"9901••••••••{nik(5)[-4:]}"


def test_the_queue_of_another_office_stays_hidden(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    take(database, row(6), office="PMK-MPP-SPG")
    take(database, row(7), office="K001")
    names = [entry.name for entry in page(database, actor("officer")).waiting]
    assert names == ["Siti Uji 5", "Siti Uji 6"]


def test_one_bad_row_refuses_the_whole_file(database: Database, actor: NAMED) -> None:
    """FILE-07."""
    bad = row(6, nik="1234", birth_date="1992-02-30", sex="X", slot="2026-11-24", purpose="ZZZ")
    with pytest.raises(Invalid) as refused:
        take(database, row(5), bad)
    assert set(refused.value.errors) == {
        "6.nik",
        "6.birth_date",
        "6.sex",
        "6.slot",
        "6.purpose",
    }
    assert refused.value.errors["6.nik"] == [
        "A NIK has 16 digits. 4 digits were given. Read it again from the card."
    ]
    assert page(database, actor("officer")).waiting == ()


@pytest.mark.parametrize("slot", ["0001-01-01T00:00", "9999-12-31T23:59-10:00", "2026-11-24"])
def test_a_slot_of_no_present_day_is_named(database: Database, slot: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(database, row(5, slot=slot))
    assert list(refused.value.errors) == ["5.slot"]


def test_a_number_that_stands_twice_in_a_file_is_refused(database: Database) -> None:
    with pytest.raises(Invalid) as refused:
        take(database, row(5), row(6, application_no="2026-000005"))
    assert set(refused.value.errors) == {"6.application_no"}


def test_a_number_that_only_the_service_gives_is_refused(database: Database) -> None:
    with pytest.raises(Invalid) as refused:
        take(database, row(5, application_no="PMK-T-2026-000001"))
    assert refused.value.errors == {
        "5.application_no": [
            "Numbers like this one are given by the service. Use the number of the booking system."
        ]
    }


def test_import_again_updates_and_leaves_absent_rows(database: Database, actor: NAMED) -> None:
    """FILE-08."""
    take(database, row(5), row(6))
    report = take(database, row(6, name="Nama Baru", purpose=""))
    assert report == appointments.ImportReport(added=0, updated=1, begun=0)
    waiting = page(database, actor("officer")).waiting
    assert [(e.name, e.purpose) for e in waiting] == [("Siti Uji 5", "UMR"), ("Nama Baru", None)]


def test_import_leaves_an_interview_that_has_begun(database: Database, actor: NAMED) -> None:
    """FILE-10."""
    take(database, row(5))
    who = actor("officer")
    with database.transaction() as session:
        drafts.open_draft(session, who, application_no="2026-000005", instrument_version="v")
    assert take(database, row(5, name="Nama Baru")).begun == 1
    assert page(database, who).begun[0].name == "Siti Uji 5"


def test_a_number_of_another_office_is_refused(database: Database) -> None:
    """FILE-10."""
    take(database, row(5))
    with pytest.raises(Invalid):
        take(database, row(5), office="K001")


def test_officers_import_for_their_own_offices_only(database: Database, actor: NAMED) -> None:
    who = actor("officer")
    with database.transaction() as session, pytest.raises(Invalid):
        appointments.import_queue(session, who, [row(5)], wanted=Import("K001"))
    with database.transaction() as session:
        report = appointments.import_queue(session, who, [row(5)], wanted=Import("PMK"))
    assert report.added == 1


def test_absence_is_marked_and_taken_back(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    with database.transaction() as session:
        appointments.mark_absent(session, who, application_no="2026-000005")
    assert [entry.state for entry in page(database, who).away] == ["tidak_hadir"]
    assert take(database, row(5)).updated == 1
    assert len(page(database, who).away) == 1
    with database.transaction() as session:
        appointments.mark_absent(session, who, application_no="2026-000005", is_absent=False)
    assert [entry.state for entry in page(database, who).waiting] == ["menunggu"]


def test_nobody_is_absent_whose_interview_has_begun(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    who = actor("officer")
    with database.transaction() as session:
        drafts.open_draft(session, who, application_no="2026-000005", instrument_version="v")
    with database.transaction() as session, pytest.raises(Conflict) as refused:
        appointments.mark_absent(session, who, application_no="2026-000005")
    assert refused.value.kind == "interview_begun"


def test_absence_in_another_office_is_not_found(database: Database, actor: NAMED) -> None:
    take(database, row(5))
    with database.transaction() as session, pytest.raises(NotFound):
        appointments.mark_absent(session, actor("officer-k001"), application_no="2026-000005")


def test_walk_ins_are_numbered_by_office_and_year(database: Database, actor: NAMED) -> None:
    numbers = []
    for name in ("officer", "officer2", "officer-k001"):
        with database.transaction() as session:
            numbers.append(appointments.walk_in(session, actor(name), unbooked()))
    year = numbers[0].split("-")[2]
    assert numbers == [
        f"PMK-L-{year}-000001",
        f"PMK-L-{year}-000002",
        f"K001-L-{year}-000001",
    ]


@pytest.mark.parametrize("text", [nik(5), "2026-000005", "siti uji 5", "UJI 5"])
def test_search_finds_by_nik_number_and_name(database: Database, actor: NAMED, text: str) -> None:
    take(database, row(5), row(6))
    with database.reading() as session:
        found = queue.search(session, actor("officer"), text=text, on=DAY)
    assert [entry.application_no for entry in found] == ["2026-000005"]


@pytest.mark.parametrize("text", [nik(7), "2026-000005", "Siti", "si"])
def test_search_finds_nothing_of_another_office(
    database: Database, actor: NAMED, text: str
) -> None:
    take(database, row(5), row(6))
    with database.reading() as session:
        assert queue.search(session, actor("officer-k001"), text=text, on=DAY) == ()


def test_a_thousand_rows_are_taken_in_by_batches(sqlite_database: Database) -> None:
    seen: list[int] = []
    rows = [row(number) for number in range(2, 1002)]
    with sqlite_database.transaction() as session:
        appointments.import_queue(
            session, system_actor(), rows, wanted=Import("PMK", progress=seen.append)
        )
    assert sum(seen) == 1000
    assert len(seen) > 1


def unbooked() -> Booking:
    """An applicant without an appointment."""
    moment = appointments.clock.now()
    return Booking(application_no="", slot=moment, name="Tanpa Janji")


def test_a_longer_day_asks_no_more_of_the_database(database: Database, actor: NAMED) -> None:
    who = actor("officer")
    take(database, row(5))
    few = statements(database, lambda: page(database, who))
    take(database, *(row(number) for number in range(6, 46)))
    assert statements(database, lambda: page(database, who)) == few


def statements(database: Database, work: Callable[[], object]) -> int:
    """Count the statements that some work sends."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(sent)
