"""Fixtures that every test may use."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

import profiling.database
from profiling.app import create_app
from profiling.config import Settings
from profiling.database import Database
from profiling.security.access import Actor
from profiling.services import signin
from tests.support.client import SiteClient
from tests.support.databases import PostgresTemplate, SqliteTemplate


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresTemplate]:
    # Not in pytest's own folders: another run that tidies them up would stop the server.
    with tempfile.TemporaryDirectory(prefix="siaga-pg-", ignore_cleanup_errors=True) as folder:
        template = PostgresTemplate(Path(folder))
        yield template
        template.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database with offices and accounts, once on each engine."""
    name = "sqlite_template" if request.param == "sqlite" else "postgres_template"
    template = request.getfixturevalue(name)
    with template.copy(tmp_path) as copy:
        yield copy


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the schema and nothing in it, once on each engine."""
    name = "sqlite_template" if request.param == "sqlite" else "postgres_template"
    with request.getfixturevalue(name).blank(tmp_path / "blank") as blank:
        yield blank


@pytest.fixture
def sqlite_database(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database, where the engine does not matter."""
    with sqlite_template.copy(tmp_path) as copy:
        yield copy


@pytest.fixture
def settings(database: Database) -> Settings:
    return database.settings


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One unit of work; it is committed when the test ends well."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def actor(database: Database) -> Callable[[str], Actor]:
    """Give the actor of an account: actor("officer"), actor("analyst2"), actor("officer-k001")."""

    def named(username: str) -> Actor:
        with database.reading() as session:
            return signin.actor_named(session, username)

    return named


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The web service over the fresh database."""
    created = create_app(database.settings)
    created.config["PROPAGATE_EXCEPTIONS"] = True
    created.test_client_class = SiteClient
    with created.app_context():
        opened = profiling.database.current()
    yield created
    opened.close()


@pytest.fixture
def client(app: Flask) -> SiteClient:
    """A browser that has not signed in yet."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    return client
