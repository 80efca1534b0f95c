"""Changes straight in the database, past the service, its triggers and its references."""

from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import pysqlite3.dbapi2
from sqlalchemy import Connection, create_engine, select

from profiling.database import Database
from profiling.records import AuditEvent
from profiling.services import audit_verification
from profiling.services.audit_verification import Verification


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """Give whoever holds the database's file or its administrator's password a connection."""
    # On SQLite references are not enforced unless a connection asks for it.
    engine = create_engine(
        database.settings.database_url,
        module=pysqlite3.dbapi2 if database.settings.is_sqlite else None,
        json_serializer=lambda value: orjson.dumps(value).decode(),
    )
    try:
        with engine.begin() as connection:
            _disarm(connection)
            yield connection
    finally:
        engine.dispose()


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET session_replication_role = replica")
        return
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.exec_driver_sql(query).scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def tamper(database: Database, *statements: str) -> None:
    """Run statements past the service; each must touch something."""
    with tampering(database) as connection:
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount != 0, statement


def verified(database: Database) -> Verification:
    """Return what a verification finds."""
    with database.reading() as session:
        return audit_verification.verify(session, progress=lambda _count: None)


def last_event_of(database: Database, table: str, key: str) -> int:
    """Return the number of the last event that touched a row."""
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()))
        return next(
            event.seq
            for event in events
            if any((name, row) == (table, key) for name, row, _digest in event.rows)
        )
