"""Two real servers, ours and the bare one, and a bounded load on loopback."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlsplit

from profiling.cli.serve import Listening, options_for
from profiling.config import Settings

CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Load:
    """What a round of requests gave: requests a second, and the 99th percentile in seconds."""

    rate: float
    p99: float


@contextmanager
def serving(app: str, environ: dict[str, str], settings: Settings) -> Iterator[str]:
    """Run an app on a free port as `siaga serve` runs the service; gives its address."""
    port = _free_port()
    options = options_for(settings, Listening("127.0.0.1", port, None, None))
    command = [sys.executable, "-m", "gunicorn", "--bind", options["bind"], "--log-level", "error"]
    for name in ("workers", "worker_class", "threads"):
        command += [f"--{name.replace('_', '-')}", str(options[name])]
    command.append(app)
    process = subprocess.Popen(
        command, env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def load(address: str, path: str, bodies: list[tuple[dict[str, str], bytes]]) -> Load:
    """Send these requests over eight connections; every answer must be 201."""
    shares = [bodies[number::CONNECTIONS] for number in range(CONNECTIONS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        times = [t for part in pool.map(lambda s: _send(address, path, s), shares) for t in part]
    seconds = time.perf_counter() - start
    return Load(len(bodies) / seconds, quantiles(times, n=100)[98])


def _send(address: str, path: str, share: list[tuple[dict[str, str], bytes]]) -> list[float]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    times = []
    for headers, body in share:
        start = time.perf_counter()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        times.append(time.perf_counter() - start)
        if answer.status != 201:
            raise RuntimeError(f"{answer.status}: {json.loads(text)}")
    connection.close()
    return times


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start within 20 seconds")
