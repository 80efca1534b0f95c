"""siaga serve: the production WSGI server."""

import ipaddress
import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import gunicorn.http.wsgi
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from profiling.cli.context import opened_database
from profiling.cli.night import start_watch
from profiling.config import Settings, check_for_serving, read_settings
from profiling.errors import BadSetting

_APP = "profiling.start:start()"
_THREADS = 8
_MOST_WORKERS = 4
_SECONDS_TO_FINISH = 30


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens, and with which certificate."""

    host: str
    port: int
    cert: Path | None
    key: Path | None

    @property
    def address(self) -> str:
        """The address as a browser takes it."""
        scheme = "https" if self.cert else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


class Server(BaseApplication):  # type: ignore[misc]  # the library carries no types
    """Gunicorn with our settings and nothing read from files or the environment."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # The web service lies above the command line, so it is named, not imported.
        return import_app(_APP)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--cert", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def serve(host: str, port: int, cert: Path | None, key: Path | None) -> None:
    """Serve pages and API until told to stop; requests that have begun are finished.

    With SQLite one process serves, with PostgreSQL several. One of them does the nightly work.
    """
    settings = read_settings()
    listening = Listening(host, port, cert, key)
    _check(settings, listening)
    with opened_database(settings):
        # Keys and schema are looked at before the port is taken.
        pass
    gunicorn.http.wsgi.SERVER = "siaga"  # the header names no product and no version
    click.echo(f"SIAGA serves {listening.address}")
    Server(options_for(settings, listening)).run()


def options_for(settings: Settings, listening: Listening) -> dict[str, Any]:
    """Return the settings of the server."""
    workers = 1 if settings.is_sqlite else max(2, min(_MOST_WORKERS, os.cpu_count() or 1))
    options: dict[str, Any] = {
        "bind": listening.address.split("://", 1)[1],
        "workers": workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "timeout": 60,
        "graceful_timeout": _SECONDS_TO_FINISH,
        "keepalive": 5,
        "loglevel": "warning",
        "proc_name": "siaga",
        # Whether a forwarded header counts is decided in one place: SIAGA_TRUSTED_PROXIES.
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        "post_worker_init": lambda worker: start_watch(worker.wsgi),
    }
    if listening.cert:
        options |= {
            "certfile": str(listening.cert),
            "keyfile": str(listening.key),
            "ssl_context": _modern_tls,
        }
    return options


def _modern_tls(_config: Any, default: Any) -> ssl.SSLContext:
    context: ssl.SSLContext = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _check(settings: Settings, listening: Listening) -> None:
    check_for_serving(settings)
    if (listening.cert is None) != (listening.key is None):
        raise BadSetting("--cert and --key belong together: give both or none")
    if settings.is_demo and not _is_loopback(listening.host):
        raise BadSetting("The demonstration serves this machine only: use --host 127.0.0.1")
    if not settings.is_demo and not listening.cert and not settings.trusted_proxies:
        click.echo(
            "Sign-in needs HTTPS: give --cert and --key, "
            "or put one proxy in front and set SIAGA_TRUSTED_PROXIES=1.",
            err=True,
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
