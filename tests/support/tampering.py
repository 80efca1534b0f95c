"""Changing stored rows behind the service's back, as somebody with the database can."""

from typing import Any

from sqlalchemy import ColumnElement, column, delete, select, table, update

from profiling.database import Database

_VERSIONS = table("interview_versions", column("id"), column("interview_id"))


def change(database: Database, name: str, interview_id: str, **values: Any) -> None:
    """Write into the rows of an interview in a table, sealed or not; values go as they are."""
    unseal(database, name)
    rows = table(name, *map(column, values))
    with database.transaction() as session:
        statement = update(rows).where(_of_interview(name, interview_id)).values(**values)
        assert session.connection().execute(statement).rowcount


def remove(database: Database, name: str, interview_id: str) -> None:
    """Delete the rows of an interview in a table."""
    unseal(database, name)
    with database.transaction() as session:
        statement = delete(table(name)).where(_of_interview(name, interview_id))
        assert session.connection().execute(statement).rowcount


def unseal(database: Database, name: str) -> None:
    """Take the triggers of a table away."""
    with database.transaction() as session:
        connection = session.connection()
        if database.settings.is_sqlite:
            for kind in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS sealed_{name}_{kind}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS sealed_{name} ON {name}")


def _of_interview(name: str, interview_id: str) -> ColumnElement[bool]:
    if name == "assessments":
        versions = select(_VERSIONS.c.id).where(_VERSIONS.c.interview_id == interview_id)
        return column("version_id").in_(versions)
    return column("id" if name == "interviews" else "interview_id") == interview_id
