"""Limits on password tries."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from profiling import clock
from profiling.database import Database
from profiling.errors import TooMany
from profiling.records import AuditEvent, PasswordAttempt
from profiling.services import attempts

HERE = "192.0.2.1"


def try_once(database: Database, username: str = "officer", address: str = HERE) -> None:
    with database.transaction() as session:
        attempts.begin(session, username=username, address=address)


def try_often(database: Database, count: int, username: str = "officer", **kwargs: str) -> None:
    for _ in range(count):
        try_once(database, username, **kwargs)


def test_an_account_is_slowed_where_it_was_tried_too_often(database: Database) -> None:
    """AUTH-05."""
    try_often(database, attempts.PAIR_LIMIT)
    with pytest.raises(TooMany) as refused:
        try_once(database, " Officer ")
    assert 0 < refused.value.seconds <= 901
    try_once(database, "officer2")
    try_once(database, address="192.0.2.2")


def test_the_wait_ends_by_itself(database: Database) -> None:
    try_often(database, attempts.PAIR_LIMIT)
    later = clock.now() + attempts.WINDOW + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        try_often(database, attempts.PAIR_LIMIT)


def test_an_address_is_slowed_whatever_the_account(database: Database) -> None:
    """AUTH-06."""
    for number in range(attempts.ADDRESS_LIMIT):
        try_once(database, f"nobody{number}")
    with pytest.raises(TooMany):
        try_once(database, "officer")
    try_once(database, "officer", address="2001:db8::1")
    with database.reading() as session:
        kinds = session.scalars(
            select(AuditEvent.subject_kind).where(AuditEvent.action == "session.slowed")
        ).all()
    assert kinds == ["address"]


def test_neighbours_in_one_ipv6_network_count_as_one(database: Database) -> None:
    """RATE-02."""
    for number in range(attempts.PAIR_LIMIT):
        try_once(database, address=f"2001:db8::{number}")
    with pytest.raises(TooMany):
        try_once(database, address="2001:db8::ffff")
    try_once(database, address="2001:db8:0:1::1")


def test_an_account_is_slowed_from_everywhere_in_the_end(database: Database) -> None:
    for number in range(attempts.ACCOUNT_LIMIT):
        try_once(database, address=f"198.51.100.{number}")
    with pytest.raises(TooMany):
        try_once(database, address="203.0.113.1")


def test_a_whole_office_that_signs_in_rightly_is_never_slowed(database: Database) -> None:
    """RATE-03."""
    for number in range(attempts.ADDRESS_LIMIT + 5):
        with database.transaction() as session:
            attempts.begin(session, username=f"officer{number}", address=HERE)
            attempts.succeed(session, username=f"officer{number}", address=HERE)


def test_reaching_a_limit_leaves_one_event_and_no_name(database: Database) -> None:
    try_often(database, attempts.PAIR_LIMIT)
    with pytest.raises(TooMany):
        try_once(database)
    with database.reading() as session:
        events = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "session.slowed")
        ).all()
        keys = session.scalars(select(PasswordAttempt.key)).all()
    assert [event.subject_kind for event in events] == ["sign_in"]
    assert all(len(key) == 64 and "officer" not in key for key in keys)
