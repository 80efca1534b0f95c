"""Signed checkpoints show what a database alone cannot: a cut, a rollback, a trail written anew."""

import json
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, insert, select, update

from profiling import clock
from profiling.errors import BadSetting, Invalid
from profiling.exchange.checkpoint_files import write_checkpoint
from profiling.records import AuditEvent, Record
from profiling.records.base import table_of
from profiling.security.checkpoints import (
    Checkpoint,
    make_signing_key,
    public_key,
    signing_key,
)
from profiling.services import audit, audit_verification, checkpoints, signin
from profiling.services.audit_verification import Fault, Kind
from tests.support.busy import keep_busy
from tests.support.cases import seal
from tests.support.direct_changes import tampering, verified
from tests.support.submissions import make_submission

EVENTS = table_of(AuditEvent)


@pytest.fixture
def key(database, tmp_path):
    make_signing_key(tmp_path / "signer" / "key", database.settings.keys)
    return signing_key(tmp_path / "signer" / "key")


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "outside"
    path.mkdir()
    return path


def signed(database, folder, key):
    with database.reading() as session:
        return checkpoints.sign_end(session, folder, key)


def held(database, folder):
    witnesses = checkpoints.signed_before(folder, public_key(database.settings.keys))
    with database.reading() as session:
        return audit_verification.verify(
            session, progress=lambda _count: None, witnesses=witnesses
        ).fault


@contextmanager
def refused(words):
    with pytest.raises(Invalid) as refusal:
        yield
    assert words in str(refusal.value.errors)


@pytest.fixture
def witnessed(database, folder, key):
    """A busy database with a checkpoint before its work and one after."""
    first = signed(database, folder, key)
    keep_busy(database)
    last = signed(database, folder, key)
    assert last.seq > first.seq > 0
    return database


def all_rows(database):
    with database.reading() as session:
        return {
            table: [dict(row) for row in session.execute(select(table)).mappings()]
            for table in Record.metadata.sorted_tables
        }


def put_back(database, rows):
    with tampering(database) as connection:
        for table in reversed(rows):
            connection.execute(delete(table))
        for table, kept in rows.items():
            if kept:
                connection.execute(insert(table), kept)


def test_a_trail_that_holds_all_checkpoints_is_whole_and_may_have_grown(witnessed, folder):
    assert held(witnessed, folder) is None
    with witnessed.reading() as session:
        officer = signin.actor_named(session, "officer")
    seal(witnessed, officer, make_submission())
    assert held(witnessed, folder) is None


def test_TAMP_06_events_cut_off_the_end_are_found(witnessed, folder):
    with tampering(witnessed) as connection:
        last = connection.execute(select(EVENTS.c.seq).order_by(EVENTS.c.seq.desc())).scalars()
        cut = next(iter(last)) - 12
        connection.execute(delete(EVENTS).where(EVENTS.c.seq > cut))
    assert held(witnessed, folder) == Fault(Kind.SHORTER_THAN_CHECKPOINT, cut + 1)


def test_TAMP_08_a_trail_written_anew_with_the_stolen_key_is_found(witnessed, folder):
    with tampering(witnessed) as connection:
        query = select(EVENTS).order_by(EVENTS.c.seq)
        events = [dict(row) for row in connection.execute(query).mappings()]
        previous = events[-4]["previous_mac"]
        for event in events[-4:]:
            del event["mac"]
            event |= {"role": "auditor", "previous_mac": previous}
            previous = audit.link_of(witnessed.sealer, previous, event)
            where = EVENTS.c.seq == event["seq"]
            connection.execute(update(EVENTS).where(where).values(event | {"mac": previous}))
    assert verified(witnessed).fault is None
    assert held(witnessed, folder) == Fault(Kind.DIFFERS_FROM_CHECKPOINT, events[-1]["seq"])


def test_TAMP_14_F25_an_older_database_put_back_whole_is_a_rollback(database, folder, key):
    seq = signed(database, folder, key).seq
    older = all_rows(database)
    keep_busy(database)
    signed(database, folder, key)
    put_back(database, older)
    assert verified(database).fault is None
    assert held(database, folder) == Fault(Kind.ROLLBACK, seq + 1)


def test_TAMP_14_work_that_went_on_from_an_older_database_is_found(database, folder, key):
    older = all_rows(database)
    keep_busy(database)
    last = signed(database, folder, key)
    put_back(database, older)
    keep_busy(database)
    assert verified(database).fault is None
    assert held(database, folder) == Fault(Kind.DIFFERS_FROM_CHECKPOINT, last.seq)
    with refused("Nothing was signed"):
        signed(database, folder, key)


def test_TAMP_14_an_older_database_is_not_signed(database, folder, key):
    older = all_rows(database)
    keep_busy(database)
    signed(database, folder, key)
    put_back(database, older)
    with refused("Nothing was signed"):
        signed(database, folder, key)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("name", ["seq", "mac", "at", "signature"])
def test_TAMP_15_a_forged_checkpoint_is_refused_by_its_name(witnessed, folder, name):
    path = max(folder.iterdir())
    document = json.loads(path.read_text())
    changed = document["seq"] - 1 if name == "seq" else "00" + document[name][2:]
    path.write_text(json.dumps(document | {name: changed}))
    with refused(f"{path.name} is not signed"):
        held(witnessed, folder)


def test_TAMP_15_a_checkpoint_of_another_key_is_refused(witnessed, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    make_signing_key(tmp_path / "elsewhere" / "key", other)
    forged = Checkpoint(3, "ab" * 32, clock.now().isoformat())
    write_checkpoint(folder, forged.signed_by(signing_key(tmp_path / "elsewhere" / "key")))
    with refused("checkpoint-000000000003.json is not signed"):
        held(witnessed, folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"seq": "1"}', "\udcff"])
def test_what_is_not_a_checkpoint_is_refused(folder, content, database, key):
    (folder / "x.json").write_bytes(content.encode(errors="surrogateescape"))
    with refused("x.json is not a checkpoint"):
        signed(database, folder, key)


def test_two_checkpoints_that_contradict_each_other_are_refused(witnessed, folder, key):
    path = max(folder.iterdir())
    seq = json.loads(path.read_text())["seq"]
    path.rename(folder / "a.json")
    write_checkpoint(folder, Checkpoint(seq, "ab" * 32, "2026-11-24").signed_by(key))
    with refused("contradicts another"):
        held(witnessed, folder)


def test_a_signing_key_is_made_once_and_away_from_the_service_s_keys(database, key, tmp_path):
    keys = database.settings.keys
    assert (tmp_path / "signer" / "key").stat().st_mode & 0o077 == 0
    with pytest.raises(BadSetting, match="exists already"):
        make_signing_key(tmp_path / "signer" / "key2", keys)
    (keys / "checkpoint.pub").unlink()
    with pytest.raises(BadSetting, match="exists already"):
        make_signing_key(tmp_path / "signer" / "key", keys)
    with pytest.raises(BadSetting, match="elsewhere"):
        make_signing_key(keys / "key", keys)
    with pytest.raises(BadSetting, match="siaga keys checkpoint"):
        public_key(keys)
