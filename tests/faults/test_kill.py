"""The service is killed while interviews are handed in: what was acknowledged is there, once."""

import contextlib
import http.client
import json
import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from profiling.database import Database
from profiling.records import (
    Assessment,
    AuditEvent,
    IdempotencyReceipt,
    Interview,
    InterviewVersion,
)
from tests.support.api import token_of
from tests.support.serving import Service, free_port, served, start
from tests.support.submissions import make_submission

KILLS = 10
"""On each engine, so 20 in all; one takes the whole service, the others one worker."""

CLIENTS = 4
LONGEST_RETRY = 60.0


@dataclass
class Officers:
    """Programs that hand in interviews and repeat each with its key until it is acknowledged."""

    port: int
    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[dict[str, object]] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Hand in interviews until told to stop."""
        while not self.stop.is_set():
            key, body = str(uuid.uuid4()), json.dumps(make_submission())
            receipt = self._until_acknowledged(key, body)
            if receipt is None:
                self.given_up.append(key)
            else:
                self.acknowledged.append(receipt)

    def _until_acknowledged(self, key: str, body: str) -> dict[str, object] | None:
        limit = time.monotonic() + LONGEST_RETRY
        while time.monotonic() < limit:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, text = self._send(key, body)
                if status == 201:
                    receipt: dict[str, object] = json.loads(text)
                    return receipt
                assert status == 503, text
            time.sleep(0.05)
        return None

    def _send(self, key: str, body: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
            headers["Content-Type"] = "application/json"
            connection.request("POST", "/api/v1/interviews", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()


@contextlib.contextmanager
def working(officers: Officers) -> Iterator[None]:
    """Let the officers work while the body runs; then each finishes what it began."""
    threads = [threading.Thread(target=officers.work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        officers.stop.set()
        for thread in threads:
            thread.join()


def wait_for_more(officers: Officers, seconds: float) -> None:
    """Wait until one more interview is acknowledged, then for a moment of chance."""
    seen, limit = len(officers.acknowledged), time.monotonic() + LONGEST_RETRY
    while len(officers.acknowledged) == seen and time.monotonic() < limit:
        time.sleep(0.005)
    time.sleep(seconds)


def kill(service: Service, *, whole: bool) -> None:
    """Kill one worker, or everything."""
    if whole:
        service.kill_all()
    elif service.workers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.choice(service.workers), signal.SIGKILL)


@pytest.fixture
def killed(database: Database) -> Iterator[Officers]:
    """Officers whose service was killed again and again while they worked."""
    port = free_port()
    officers = Officers(port, token_of(database, "officer"))
    service = start(database.settings, port)
    try:
        service.wait_until_ready()
        with working(officers):
            for number in range(1, KILLS + 1):
                wait_for_more(officers, random.uniform(0.0, 0.08))
                is_power_cut = number == KILLS // 2
                kill(service, whole=is_power_cut)
                if is_power_cut:
                    service = start(database.settings, port)
                    service.wait_until_ready()
        yield officers
    finally:
        service.kill_all()


def test_every_acknowledged_interview_is_there_exactly_once(database, killed):
    assert killed.given_up == []
    receipts = {str(one["id"]): one for one in killed.acknowledged}
    assert len(receipts) == len(killed.acknowledged) >= KILLS
    with database.reading() as session:
        stored = set(session.scalars(select(Interview.id)))
        assert stored == set(receipts)
        versions = session.scalars(select(InterviewVersion.interview_id)).all()
        assert sorted(versions) == sorted(stored)
        assert session.scalar(select(func.count(Assessment.version_id))) == len(stored)
        kept = session.scalars(select(IdempotencyReceipt.receipt)).all()
        assert {str(one["id"]): one for one in kept} == receipts
        events = session.execute(
            select(AuditEvent.subject_id, AuditEvent.seq, AuditEvent.mac).where(
                AuditEvent.action == "interview.seal"
            )
        ).all()
        proofs = [(id_, one["audit_seq"], one["audit_hash"]) for id_, one in receipts.items()]
        assert sorted(map(tuple, events)) == sorted(proofs)
        numbers = session.scalars(select(AuditEvent.seq).order_by(AuditEvent.seq)).all()
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_worker_that_is_killed_is_replaced(sqlite_database):
    with served(sqlite_database.settings) as service:
        first = service.workers
        os.kill(first[0], signal.SIGKILL)
        officers = Officers(service.port, token_of(sqlite_database, "officer"))
        with working(officers):
            wait_for_more(officers, 0)
        assert service.workers != first
        assert officers.acknowledged
        assert officers.given_up == []
