"""Opens sessions and ends transactions: the only place that commits or rolls back."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import pysqlite3.dbapi2
from flask import Flask, current_app
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.exc import DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from profiling.config import Settings
from profiling.errors import BadSetting, UnauditedWrite
from profiling.records.journeys import forget_queued, has_queued, send_queued, sent_together
from profiling.records.prepared import Glance, send_plain
from profiling.security.digests import Sealer
from profiling.security.keys import Keyring
from profiling.services.audit import AuditedSession

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_OLDEST_SQLITE = (3, 51, 3)
_EXTENSION = "siaga.database"
_REST_SECONDS = 30
_BUSY_MILLISECONDS = 10_000
_BEGIN = "begin"

Result = TypeVar("Result")

StorageFailure = OperationalError
"""The database could not be reached or written, such as on a full disk."""


@dataclass(frozen=True, slots=True)
class Database:
    """A database with its settings and keys; sessions carry both in `session.info`."""

    engine: Engine
    settings: Settings
    keyring: Keyring
    sealer: Sealer = field(repr=False)
    memory: dict[object, Any] = field(default_factory=dict, repr=False)
    turn: AbstractContextManager[Any] = field(default_factory=nullcontext, repr=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session for one unit of work: all of it is kept, or nothing."""
        with (
            self.turn,
            self.engine.connect() as connection,
            self._session(connection) as session,
            session.begin(),
        ):
            yield session
            session.flush()
            if session.info["rows"]:
                raise UnauditedWrite(str(sorted({key[0] for key in session.info["rows"]})))

    def run(self, work: Callable[[Session], Result]) -> Result:
        """Do one unit of work; do it once more when another writer was in the way."""
        try:
            with self.transaction() as session:
                return work(session)
        except (IntegrityError, OperationalError):
            with self.transaction() as session:
                return work(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one state of the database and writes nothing."""
        with self._unwriting("REPEATABLE READ", begin="BEGIN") as session:
            yield session

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """Give a session for a brief look: each statement sees the state of its moment."""
        with self._unwriting("AUTOCOMMIT", begin=None) as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Glance]:
        """Give prepared statements a connection for a brief look, without a unit of work."""
        with self._connected("AUTOCOMMIT", begin=None) as connection:
            yield Glance(connection)

    @contextmanager
    def _unwriting(self, isolation: IsolationLevel, *, begin: str | None) -> Iterator[Session]:
        with (
            self._connected(isolation, begin=begin) as connection,
            self._session(connection) as session,
        ):
            yield session

    @contextmanager
    def _connected(self, isolation: IsolationLevel, *, begin: str | None) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level=isolation)
            connection.info[_BEGIN] = begin
            try:
                yield connection
            finally:
                if not connection.invalidated:  # One that the server ended remembers nothing.
                    del connection.info[_BEGIN]

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _session(self, connection: Connection) -> Session:
        session = AuditedSession(connection, expire_on_commit=False)
        session.info.update(
            settings=self.settings,
            keyring=self.keyring,
            sealer=self.sealer,
            memory=self.memory,
            rows={},
        )
        return session


def open_database(settings: Settings, keyring: Keyring) -> Database:
    """Open the database that the settings name."""
    engine = make_engine(settings.database_url)
    # SQLite lets a second writer sleep and ask again; threads wake each other at once.
    turn = threading.RLock() if settings.is_sqlite else nullcontext()
    return Database(engine, settings, keyring, Sealer(keyring), turn=turn)


@contextmanager
def filling(database: Database) -> Iterator[Callable[[], AbstractContextManager[Session]]]:
    """Give transactions that do not wait for the disk, to fill an empty SQLite database.

    When the filling ends everything is brought to the disk; a machine that stops before has to
    start over. PostgreSQL is left as it is.
    """
    if not database.settings.is_sqlite:
        yield database.transaction
        return
    event.listen(database.engine, "checkout", _do_not_wait)
    database.engine.dispose()
    try:
        yield database.transaction
    finally:
        event.remove(database.engine, "checkout", _do_not_wait)
        database.engine.dispose()
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def attach(app: Flask, database: Database) -> None:
    """Make the database the one that the app's requests use."""
    app.extensions[_EXTENSION] = database


def current() -> Database:
    """Return the database of the request that is being answered."""
    database: Database = current_app.extensions[_EXTENSION]
    return database


def make_engine(url: str) -> Engine:
    """Return an engine with the durability settings of its kind."""
    if url.startswith("sqlite"):
        return _sqlite_engine(url)
    options = {"connect_timeout": 10, "prepare_threshold": 1}
    engine = create_engine(url, connect_args=options, **_ENGINE)
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", _ping_rested)
    event.listen(engine, "before_cursor_execute", lambda connection, *_: send_queued(connection))
    event.listen(engine, "commit", _commit_with_queued)
    event.listen(engine, "rollback", forget_queued)
    return engine


def upgrade(settings: Settings) -> None:
    """Bring the schema to the newest version, in one transaction."""
    # Slow to import, and a serving process never migrates.
    from alembic import command  # noqa: PLC0415

    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engine(settings.migrate_database_url)
    try:
        with engine.begin() as connection:
            command.upgrade(migration_config(connection), "head")
    finally:
        engine.dispose()


def migration_config(connection: Connection) -> "Config":
    """Return what Alembic needs to migrate over this connection."""
    from alembic.config import Config  # noqa: PLC0415 - slow to import

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def schema_is_current(connection: Connection) -> bool:
    """Whether every migration has run."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    newest = (_MIGRATIONS / "HEAD").read_text(encoding="utf-8").strip()
    return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == newest)


def schema_revision(database: Database) -> str:
    """Return the name of the schema's version."""
    with database.engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def is_ready(database: Database) -> bool:
    """Whether the database answers and its schema is current."""
    with database.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        return schema_is_current(connection)


def _json_text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


_ENGINE: Mapping[str, Any] = {
    "json_serializer": _json_text,
    "json_deserializer": orjson.loads,
    # The connection used last knows its pages and its statements.
    "pool_use_lifo": True,
}


def _commit_with_queued(connection: Connection) -> None:
    """Send what waits together with the commit; the one that follows has nothing left to do."""
    if has_queued(connection):
        with sent_together(connection) as driver:
            driver.commit()


def _note_rest(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = time.monotonic()


def _ping_rested(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection that rested whether it still stands; a busy one need not be asked."""
    if time.monotonic() - record.info.get("rests_since", time.monotonic()) < _REST_SECONDS:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.rollback()
    except connection.Error:
        raise DisconnectionError from None


def _sqlite_engine(url: str) -> Engine:
    version = pysqlite3.dbapi2.sqlite_version_info
    if version < _OLDEST_SQLITE:
        found = ".".join(map(str, version))
        raise BadSetting(f"SQLite {found} is too old: 3.51.3 or newer is needed")
    # The default adapters for dates are deprecated and unused: SQLAlchemy binds text itself.
    engine = create_engine(url, module=pysqlite3.dbapi2, **_ENGINE)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MILLISECONDS}",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _do_not_wait(connection: Any, _record: object, _proxy: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.info.get(_BEGIN, "BEGIN IMMEDIATE")
    if begin:
        send_plain(connection, begin)
