"""The bare web service that submissions are compared with: one view that inserts one row."""

import os
import uuid

from flask import Flask, request
from sqlalchemy import Column, MetaData, String, Table, insert

from profiling.database import make_engine

ROWS = Table(
    "bare_rows", MetaData(), Column("id", String, primary_key=True), Column("body", String)
)


def create_app() -> Flask:
    """Return the bare service on the database that BARE_DATABASE_URL names."""
    app = Flask("bare")
    engine = make_engine(os.environ["BARE_DATABASE_URL"])
    with engine.begin() as connection:
        ROWS.create(connection, checkfirst=True)

    @app.post("/rows")
    def add_row() -> tuple[dict[str, str], int]:
        row_id = str(uuid.uuid4())
        with engine.begin() as connection:
            connection.execute(insert(ROWS), {"id": row_id, "body": request.get_data(as_text=True)})
        return {"id": row_id}, 201

    return app
