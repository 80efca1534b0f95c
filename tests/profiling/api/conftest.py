"""Programs with an account's token."""

from collections.abc import Callable

import pytest
from flask import Flask

from profiling.database import Database
from tests.support.api import ApiClient


@pytest.fixture
def api(app: Flask, database: Database) -> Callable[[str], ApiClient]:
    """Give a program by the name of its account: api("officer").post("/interviews", ...)."""
    known: dict[str, ApiClient] = {}

    def named(username: str) -> ApiClient:
        if username not in known:
            known[username] = ApiClient(app, database, username)
        return known[username]

    return named
