"""`siaga serve` as a process of its own, for tests that need the real thing."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from profiling.config import Settings

_SECONDS_TO_START = 30.0


@dataclass
class Service:
    """One running service; it is the leader of a process group of its own."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def workers(self) -> list[int]:
        """The ids of the serving processes: children of the one that was started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(word) for word in children.read_text(encoding="ascii").split()]
        except (FileNotFoundError, ProcessLookupError):
            return []

    def wait_until_ready(self) -> None:
        """Wait until the port answers and somebody works; a process that ended is a failure."""
        limit = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < limit:
            assert self.process.poll() is None, f"the service ended: {self.process.returncode}"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0 and self.workers:
                    return
            time.sleep(0.05)
        raise AssertionError("the service did not start")

    def stop(self) -> int:
        """Ask it to finish and stop; returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    def kill_all(self) -> None:
        """Kill the whole service at once, as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environ_of(settings: Settings) -> dict[str, str]:
    """Return the environment that gives a process these settings."""
    return {
        "SIAGA_HOME": str(settings.home),
        "SIAGA_DATABASE_URL": settings.database_url,
        "SIAGA_MIGRATE_DATABASE_URL": settings.migrate_database_url,
        "SIAGA_ENV": settings.env,
        "SIAGA_REREAD": str(settings.reread),
    }


def start(settings: Settings, port: int, *options: str, **environ: str) -> Service:
    """Start `siaga serve`; the caller stops it."""
    return Service(_popen(port, options, {**environ_of(settings), **environ}), port)


@contextmanager
def served(settings: Settings, *options: str, **environ: str) -> Iterator[Service]:
    """Run `siaga serve` on a free port until the test ends."""
    service = start(settings, free_port(), *options, **environ)
    try:
        service.wait_until_ready()
        yield service
    finally:
        service.kill_all()


def _popen(
    port: int, options: tuple[str, ...], environ: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "profiling.cli", "serve", "--port", str(port), *options]
    return subprocess.Popen(
        command,
        env={**os.environ, **environ},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
