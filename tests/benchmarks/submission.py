"""API submissions a second beside a bare view that inserts one row, on both engines."""

import json
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from profiling.database import Database
from profiling.services import accounts
from profiling.services.signin import actor_named
from tests.benchmarks.servers import Load, load, serving
from tests.benchmarks.timing import Measured, measured
from tests.support.databases import PostgresTemplate, SqliteTemplate
from tests.support.submissions import make_nik, make_submission

ROUNDS = 5
REQUESTS = 240


def submissions(engine: str) -> dict[str, Measured]:
    """Return requests a second and 99th percentiles of both services, measured in turn."""
    rates: dict[str, list[float]] = {"bare view": [], "submission": []}
    slow: dict[str, list[float]] = {"bare view p99": [], "submission p99": []}
    with _services(engine) as (bare, ours, token):
        for number in range(ROUNDS + 1):
            rounds = {
                "bare view": load(bare, "/rows", _requests(None)),
                "submission": load(ours, "/api/v1/interviews", _requests(token)),
            }
            if number:
                _keep(rounds, rates, slow)
    return {name: measured(each) for name, each in {**rates, **slow}.items()}


def _keep(
    rounds: dict[str, Load], rates: dict[str, list[float]], slow: dict[str, list[float]]
) -> None:
    for name, result in rounds.items():
        rates[name].append(result.rate)
        slow[f"{name} p99"].append(result.p99)


def _requests(token: str | None) -> list[tuple[dict[str, str], bytes]]:
    made = []
    for _ in range(REQUESTS):
        # Everybody comes once, with a telephone of their own.
        applicant = {
            "nik": make_nik(date(1992, 3, 12), "P"),
            "phone": f"08{uuid.uuid4().int % 10**9:09}",
        }
        body = json.dumps(make_submission(applicant=applicant)).encode()
        headers = {"Content-Type": "application/json"}
        if token:
            headers |= {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
        made.append((headers, body))
    return made


@contextmanager
def _services(engine: str) -> Iterator[tuple[str, str, str]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="siaga-bench-")))
        template = _template(engine, folder / "template", stack)
        database = stack.enter_context(template.copy(folder / "ours"))
        other = stack.enter_context(template.copy(folder / "bare"))
        token = _token(database)
        url = {"BARE_DATABASE_URL": other.settings.database_url}
        bare = serving("tests.benchmarks.bare:create_app()", url, other.settings)
        ours = serving("wsgi:app", environ_of(database), database.settings)
        yield stack.enter_context(bare), stack.enter_context(ours), token


def _template(engine: str, folder: Path, stack: ExitStack) -> SqliteTemplate | PostgresTemplate:
    folder.mkdir()
    if engine == "sqlite":
        return SqliteTemplate(folder)
    template = PostgresTemplate(folder, is_durable=True)
    stack.callback(template.stop)
    return template


def _token(database: Database) -> str:
    with database.transaction() as session:
        admin = actor_named(session, "admin")
        return accounts.create_token(session, admin, username="officer", name="bench")


def environ_of(database: Database) -> dict[str, str]:
    """Return the settings with which a process serves this database."""
    return {
        "SIAGA_HOME": str(database.settings.home),
        "SIAGA_DATABASE_URL": database.settings.database_url,
        "SIAGA_ENV": "demo",
    }
