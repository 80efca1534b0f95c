"""What commands need before they start: settings, keys and the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from profiling.config import Settings, read_settings
from profiling.database import Database, StorageFailure, is_ready, open_database
from profiling.errors import BadSetting
from profiling.security.keys import load_keys


@contextmanager
def reachable_database() -> Iterator[None]:
    """Say in one line what an operator can do when the database is away or full."""
    try:
        yield
    except StorageFailure as problem:
        cause = str(problem.orig).strip().splitlines()[:1]
        raise BadSetting(
            f"The database cannot be reached or written ({''.join(cause)}): see that it runs and "
            "has room, and that SIAGA_DATABASE_URL names it"
        ) from problem


@contextmanager
def opened_database(settings: Settings | None = None) -> Iterator[Database]:
    """Give the database of the environment's settings; its schema must be current."""
    chosen = settings or read_settings()
    database = open_database(chosen, load_keys(chosen.keys))
    try:
        with reachable_database():
            if not is_ready(database):
                raise BadSetting("The database has an older schema: run `siaga db upgrade`")
            yield database
    finally:
        database.close()
