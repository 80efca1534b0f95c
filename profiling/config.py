"""Settings: read once from the environment, checked at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from profiling.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set; each field is the environment variable SIAGA_<FIELD>."""

    home: Path
    database_url: str
    migrate_database_url: str
    keys: Path
    env: str
    timezone: ZoneInfo
    locale: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    reread: Decimal

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration, with its banner and one-step sign-in."""
        return self.env == "demo"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded engine is used."""
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_path(self) -> Path:
        """Return the database file of the embedded engine."""
        return Path(self.database_url.split(":///", 1)[1])


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises BadSetting with a sentence that says how to put it right."""
    values = os.environ if environ is None else environ
    home = Path(values.get("SIAGA_HOME", "./instance")).absolute()
    url = values.get("SIAGA_DATABASE_URL") or f"sqlite:///{home / 'siaga.db'}"
    env = _one_of(values, "SIAGA_ENV", ("production", "demo"))
    return Settings(
        home=home,
        database_url=_known_engine(url),
        migrate_database_url=values.get("SIAGA_MIGRATE_DATABASE_URL") or url,
        keys=Path(values.get("SIAGA_KEYS") or home / "keys").absolute(),
        env=env,
        timezone=_zone(values.get("SIAGA_TIMEZONE", "Asia/Jakarta")),
        locale=_one_of(values, "SIAGA_LOCALE", ("id", "en")),
        trusted_hosts=_words(values.get("SIAGA_TRUSTED_HOSTS", "")),
        trusted_proxies=_count(values.get("SIAGA_TRUSTED_PROXIES", "0")),
        reread=_share(values.get("SIAGA_REREAD", "0.02")),
    )


def check_for_serving(settings: Settings) -> None:
    """Refuse to serve in production without what production needs."""
    if settings.is_demo:
        return
    if not settings.trusted_hosts:
        raise BadSetting(
            "SIAGA_TRUSTED_HOSTS is empty: name the hosts the service answers to, "
            "for example SIAGA_TRUSTED_HOSTS=siaga.example.go.id"
        )
    if os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise BadSetting("FLASK_DEBUG is set: production does not start in debug mode; unset it")


def _known_engine(url: str) -> str:
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise BadSetting(
        "SIAGA_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg:// "
        f"(it begins with {url.split(':', 1)[0]}:)"
    )


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = values.get(name, allowed[0])
    if value not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}")
    return value


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting(
            "SIAGA_TIMEZONE is not a known time zone: use a name such as Asia/Jakarta"
        ) from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise BadSetting("SIAGA_TRUSTED_PROXIES must be a count of proxies, for example 1")
    return int(text)


def _share(text: str) -> Decimal:
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 1:
        raise BadSetting("SIAGA_REREAD must be a share between 0 and 1, for example 0.02")
    return share
