"""Settings: what is refused, and that the refusal says how to put it right."""

from decimal import Decimal

import pytest

from profiling.config import check_for_serving, read_settings
from profiling.errors import BadSetting


def test_defaults_serve_one_folder(tmp_path):
    settings = read_settings({"SIAGA_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'siaga.db'}"
    assert settings.migrate_database_url == settings.database_url
    assert settings.keys == tmp_path / "keys"
    assert (settings.env, settings.locale, settings.reread) == ("production", "id", Decimal("0.02"))
    assert settings.sqlite_path == tmp_path / "siaga.db"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SIAGA_DATABASE_URL", "mysql://x", "sqlite:///"),
        ("SIAGA_ENV", "prod", "production, demo"),
        ("SIAGA_LOCALE", "fr", "id, en"),
        ("SIAGA_TIMEZONE", "Mars/Base", "Asia/Jakarta"),
        ("SIAGA_TIMEZONE", "../etc/passwd", "Asia/Jakarta"),
        ("SIAGA_TRUSTED_PROXIES", "many", "count"),
        ("SIAGA_TRUSTED_PROXIES", "-1", "count"),
        ("SIAGA_REREAD", "2", "between 0 and 1"),
        ("SIAGA_REREAD", "x", "between 0 and 1"),
        ("SIAGA_REREAD", "NaN", "between 0 and 1"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_the_way_out(name, value, says):
    with pytest.raises(BadSetting, match=says):
        read_settings({name: value})


def test_a_refusal_does_not_repeat_a_password():
    with pytest.raises(BadSetting) as refusal:
        read_settings({"SIAGA_DATABASE_URL": "mysql://root:rahasia@host/x"})
    assert "rahasia" not in str(refusal.value)


def test_production_needs_hosts_and_no_debug(monkeypatch):
    """ERR-02."""
    monkeypatch.delenv("FLASK_DEBUG", raising=False)
    with pytest.raises(BadSetting, match="SIAGA_TRUSTED_HOSTS"):
        check_for_serving(read_settings({}))
    settings = read_settings({"SIAGA_TRUSTED_HOSTS": "siaga.example.go.id, other.example"})
    assert settings.trusted_hosts == ("siaga.example.go.id", "other.example")
    check_for_serving(settings)
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(BadSetting, match="FLASK_DEBUG"):
        check_for_serving(settings)
    check_for_serving(read_settings({"SIAGA_ENV": "demo"}))
