"""What a submission costs the database: few statements, and as many whoever is asked about."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

import profiling.database
from profiling.app import create_app
from profiling.database import Database
from tests.support.api import ApiClient
from tests.support.submissions import make_submission

MOST = 17
"""Statements of one submission, those of signing in and BEGIN and COMMIT among them."""

REASON = "Pemohon akan bekerja tanpa jalur resmi."


class Counted:
    """A program whose service tells every statement that reaches the engine."""

    def __init__(self, api: ApiClient, statements: list[str]) -> None:
        self.api = api
        self.statements = statements

    def submit(self, **changes: object) -> tuple[int, dict[str, object]]:
        """Hand in an interview; returns how many statements that took, and the receipt."""
        self.statements.clear()
        receipt = self.api.post("/interviews", make_submission(**changes), status=201)
        return len(self.statements), receipt


@pytest.fixture
def counted(sqlite_database: Database) -> Iterator[Counted]:
    statements: list[str] = []
    app = create_app(sqlite_database.settings)
    with app.app_context():
        opened = profiling.database.current()

    # Asked of the driver itself: not every statement passes SQLAlchemy's own events.
    @event.listens_for(opened.engine, "connect")
    def tell(connection: object, _record: object) -> None:
        connection.set_trace_callback(statements.append)

    yield Counted(ApiClient(app, sqlite_database, "officer"), statements)
    opened.close()


def test_a_submission_runs_few_statements(counted):
    counted.submit()
    count, _ = counted.submit(applicant={"phone": "081200001111"})
    assert 5 < count <= MOST, counted.statements


def test_a_known_nik_takes_as_many_statements_as_an_unknown_one(counted):
    """ENUM-06."""
    nik = make_submission()["applicant"]["nik"]
    _, first = counted.submit(applicant={"nik": nik})
    body = {"version": 1, "disposition": "TUNDA", "reason": REASON, "reason_code": "NP"}
    counted.api.post(f"/interviews/{first['id']}/decision", body)
    trip = {"purpose": "WIS", "documents": {}}
    miss, unknown = counted.submit(**trip)
    hit, known = counted.submit(**trip, applicant={"nik": nik})
    assert "RW-02" not in [reason["code"] for reason in unknown["reasons"]]
    assert "RW-02" in [reason["code"] for reason in known["reasons"]]
    assert hit == miss


def test_a_shared_contact_takes_as_many_statements_as_a_new_one(counted):
    counts = [counted.submit(applicant={"phone": "0812 0000 1111"})[0] for _ in range(4)]
    assert len(set(counts[1:])) == 1
