"""What docs/operations.md promises: every setting, and a role that cannot alter what is sealed."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from profiling.config import Settings
from profiling.database import open_database
from profiling.records import SEALED_TABLES
from profiling.security.keys import load_keys
from profiling.services import signin
from tests.profiling.services.test_interviews import sealed
from tests.support.submissions import red_submission

TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_table_and_nothing_else():
    named = set(re.findall(r"^\| `SIAGA_([A-Z_]+)` \|", TEXT, re.MULTILINE))
    assert named == {field.name.upper() for field in fields(Settings)}


def test_the_grants_name_every_sealed_table():
    revoked = re.search(r"REVOKE UPDATE, DELETE ON\s+([a-z_,\s]+?)\s+FROM", TEXT)
    assert {name.strip() for name in revoked[1].split(",")} == set(SEALED_TABLES)


@pytest.fixture
def as_service(postgres_template, tmp_path):
    """A database under the service's own role, made with the statements of the page."""
    grants = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)[1]
    with postgres_template.copy(tmp_path) as owned:
        role = f"CREATE ROLE siaga_service LOGIN; {grants}"
        with owned.engine.begin() as connection:
            connection.exec_driver_sql(role)
        url = owned.settings.database_url.replace("postgres@", "siaga_service@")
        settings = replace(owned.settings, database_url=url)
        database = open_database(settings, load_keys(settings.keys))
        yield database
        database.close()
        with owned.engine.begin() as connection:
            connection.exec_driver_sql("DROP OWNED BY siaga_service; DROP ROLE siaga_service")


def test_the_service_role_works_but_cannot_alter_what_is_sealed(as_service):
    """AUD-11, TAMP-22."""
    with as_service.reading() as session:
        officer = signin.actor_named(session, "officer")
    assert sealed(as_service, officer, red_submission())["band"] == "merah"
    forbidden = [
        *(f"DELETE FROM {table}" for table in SEALED_TABLES),  # noqa: S608 - names of ours
        "UPDATE assessments SET band = 'hijau'",
        "UPDATE alembic_version SET version_num = 'x'",
        "ALTER TABLE interviews DROP COLUMN band",
        "CREATE TABLE extra (id INTEGER)",
        "TRUNCATE decisions",
    ]
    for statement in forbidden:
        with pytest.raises(ProgrammingError), as_service.engine.begin() as connection:
            connection.execute(text(statement))
