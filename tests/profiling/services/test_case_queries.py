"""Lists of cases ask the database as often for many rows as for few."""

from sqlalchemy import event

from profiling.services import case_list, case_reading
from profiling.services.case_list import CaseFilter
from tests.support.cases import red_case, referred_case


def statements(database, work):
    """Count the statements that the work sends."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith(("SELECT", "WITH")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    with database.transaction() as session:
        work(session)
    event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_list_asks_no_more_for_many_cases(database, actor):
    analyst = actor("analyst")

    def listing(session):
        case_list.list_cases(session, analyst, chosen=CaseFilter())

    referred_case(database, actor("officer"))
    few = statements(database, listing)
    for _ in range(6):
        referred_case(database, actor("officer"))
    assert statements(database, listing) == few <= 6


def test_a_case_file_asks_no_more_for_many_links(database, actor):
    officer, analyst = actor("officer"), actor("analyst")
    person = {"applicant": {"kk_number": "3527010101010001"}}
    red_case(database, officer, **person)
    case = red_case(database, officer, **person)

    def reading(session):
        case_reading.read_case(session, analyst, case_id=case.id)

    few = statements(database, reading)
    for _ in range(4):
        red_case(database, officer, **person)
    assert statements(database, reading) == few <= 40
