"""Migrations: one line of descent, equal to the records, and back again."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from profiling import database as databases
from profiling.records import SEALED_TABLES, UNAUDITED_TABLES, Record

MIGRATIONS = Path(databases.__file__).parent / "migrations"


def config_of(connection):
    return databases.migration_config(connection)


def test_the_migrated_schema_is_the_one_that_the_records_describe(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []


def test_the_newest_migration_is_named_in_one_place(database):
    with database.engine.connect() as connection:
        script = ScriptDirectory.from_config(config_of(connection))
    assert script.get_heads() == [(MIGRATIONS / "HEAD").read_text("utf-8").strip()]


def test_the_schema_can_be_taken_back_and_brought_forward(sqlite_database):
    with sqlite_database.engine.begin() as connection:
        command.downgrade(config_of(connection), "base")
    with sqlite_database.engine.begin() as connection:
        command.upgrade(config_of(connection), "head")
        assert databases.schema_is_current(connection)


def test_sealed_and_unaudited_tables_exist():
    assert {*SEALED_TABLES, *UNAUDITED_TABLES} <= set(Record.metadata.tables)
