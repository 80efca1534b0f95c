"""Commands as an operator runs them, on a fresh embedded database."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from profiling.cli import group
from profiling.database import Database


@pytest.fixture
def siaga(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command on the fresh database: siaga("user", "create", ...)."""
    monkeypatch.setenv("SIAGA_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("SIAGA_ENV", "demo")

    def run(*words: str) -> Result:
        return CliRunner().invoke(group, list(words))

    return run
