"""siaga backup and siaga restore: whole, proven, never half."""

import errno
import json
import shutil
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from profiling.cli import backup as commands
from profiling.database import open_database
from profiling.errors import BadSetting, Invalid
from profiling.exchange.backup_file import BackupReader, BackupWriter
from profiling.records import AuditEvent, Interview, Record
from profiling.security.keys import init_keys, load_keys
from profiling.services import backups, signin
from profiling.services.interview_reading import read_interview
from tests.profiling.services.test_interviews import sealed
from tests.support.databases import settings_for
from tests.support.submissions import make_submission, red_submission


def filled_with(database, monkeypatch):
    """Add two interviews and a case; the environment then names this database."""
    for name in ("SIAGA_HOME", "SIAGA_DATABASE_URL", "SIAGA_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIAGA_HOME", str(database.settings.home))
    monkeypatch.setenv("SIAGA_DATABASE_URL", database.settings.database_url)
    receipts = [
        sealed(database, named(database, "officer"), payload)
        for payload in (make_submission(), red_submission())
    ]
    return database, receipts


def named(database, username):
    with database.reading() as session:
        return signin.actor_named(session, username)


@pytest.fixture
def filled(sqlite_database, monkeypatch):
    return filled_with(sqlite_database, monkeypatch)


@pytest.fixture
def run(filled):
    runner = CliRunner()
    return lambda command, *args: runner.invoke(command, [str(each) for each in args])


def counts(database):
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Record.metadata.sorted_tables
        }


@pytest.fixture
def saved(run, tmp_path):
    file = tmp_path / "evening.siaga"
    answer = run(commands.backup, file)
    assert answer.exit_code == 0, answer.output
    assert "keys are not in it" in answer.output
    return file


@pytest.fixture
def restored_from(run, filled, tmp_path, monkeypatch):
    """Restore into a folder, as SQLite, with the keys of the filled database."""

    def restore(file, keys=None):
        into = tmp_path / "restored"
        monkeypatch.delenv("SIAGA_DATABASE_URL", raising=False)
        monkeypatch.setenv("SIAGA_KEYS", str(keys or filled[0].settings.keys))
        return run(commands.restore, file, "--into", into), into

    return restore


def left_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def rewritten(file, change):
    """Write the backup again with some of its parts changed."""
    with zipfile.ZipFile(file) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)


def test_a_backup_of_either_engine_is_restored_whole_and_readable(database, tmp_path, monkeypatch):
    _, receipts = filled_with(database, monkeypatch)
    runner, file, into = CliRunner(), tmp_path / "evening.siaga", tmp_path / "restored"
    assert runner.invoke(commands.backup, [str(file)]).exit_code == 0
    monkeypatch.delenv("SIAGA_DATABASE_URL")
    answer = runner.invoke(commands.restore, [str(file), "--into", str(into)])
    assert answer.exit_code == 0, answer.output
    assert "audit trail" in answer.output
    assert left_in(into) == ["siaga.db"]
    copy = open_database(settings_for(into), load_keys(database.settings.keys))
    before, after = counts(database), counts(copy)
    assert after.pop("web_sessions") == 0
    before.pop("web_sessions")
    assert after == before
    with copy.reading() as session:
        view = read_interview(session, named(copy, "officer"), receipts[1]["id"])
    assert view.current.applicant.name == "Siti Contoh"
    assert view.band == "merah"
    # Work goes on where it ended: the chain takes the next event.
    receipt = sealed(copy, named(copy, "officer"), make_submission())
    assert receipt["audit_seq"] == after["audit_events"] + 1
    copy.close()


def test_a_backup_fills_an_empty_database_of_the_other_engine(saved, filled, empty_database):
    reader = BackupReader(saved)
    target = open_database(empty_database.settings, load_keys(filled[0].settings.keys))
    with target.transaction() as session:
        rows = backups.fill_from(session, reader, progress=lambda _name: None)
    assert rows == sum(part.rows for part in reader.manifest.tables.values())
    assert counts(target)["interviews"] == 2
    target.close()


def test_the_file_can_be_read_by_its_owner_only_and_holds_no_name_in_clear(saved):
    assert saved.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(saved) as source:
        content = b"".join(source.read(name) for name in source.namelist())
    assert b"Siti Contoh" not in content
    manifest = BackupReader(saved).manifest
    assert manifest.tables["interviews"].rows == 2
    assert manifest.schema


def test_a_backup_is_one_moment_while_others_write(database, tmp_path, monkeypatch):
    filled_with(database, monkeypatch)
    officer = named(database, "officer2")
    original = BackupWriter.add_table

    def write_between(self, name, rows):
        original(self, name, rows)
        if name == "offices":
            sealed(database, officer, make_submission())

    monkeypatch.setattr(BackupWriter, "add_table", write_between)
    with database.reading() as session:
        manifest = backups.back_up(
            session, tmp_path / "busy", schema="x", progress=lambda _name: None
        )
    assert manifest.tables["interviews"].rows == 2
    assert counts(database)["interviews"] == 3


def test_an_existing_file_or_database_is_never_overwritten(run, saved, restored_from):
    assert isinstance(run(commands.backup, saved).exception, Invalid)
    assert restored_from(saved)[0].exit_code == 0
    answer, into = restored_from(saved)
    assert "holds a database already" in str(answer.exception.errors)
    assert left_in(into) == ["siaga.db"]


def test_other_keys_are_refused_and_leave_nothing(saved, restored_from, tmp_path):
    init_keys(tmp_path / "other")
    answer, into = restored_from(saved, tmp_path / "other")
    assert isinstance(answer.exception, BadSetting)
    assert "other keys" in str(answer.exception)
    assert left_in(into) == []


def test_a_missing_field_key_is_noticed(saved, filled, restored_from, tmp_path):
    keys = shutil.copytree(filled[0].settings.keys, tmp_path / "partial")
    fields = {"current": 2, "keys": {"2": "11" * 32}}
    (keys / "fields.json").write_text(json.dumps(fields))
    answer, into = restored_from(saved, keys)
    assert "Field key 1 is missing" in str(answer.exception)
    assert left_in(into) == []


def cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def drop_a_row(file):
    rewritten(file, lambda parts: parts.update({"tables/interviews.jsonl": b""}))


def alter_a_row(file):
    def change(parts):
        name = "tables/decisions.jsonl"
        parts[name] = parts["tables/interviews.jsonl"].replace(b"merah", b"hijau")
        parts["tables/interviews.jsonl"] = parts.pop(name)

    rewritten(file, change)


def lose_a_table(file):
    rewritten(file, lambda parts: parts.pop("tables/cases.jsonl"))


def no_manifest(file):
    rewritten(file, lambda parts: parts.pop("manifest.json"))


@pytest.mark.parametrize("harm", [cut, drop_a_row, alter_a_row, lose_a_table, no_manifest])
def test_a_damaged_file_is_refused_and_leaves_nothing(saved, restored_from, harm):
    harm(saved)
    answer, into = restored_from(saved)
    assert isinstance(answer.exception, Invalid)
    assert "damaged" in str(answer.exception.errors)
    assert left_in(into) == []


def test_a_manifest_that_was_altered_is_refused(saved, restored_from):
    def change(parts):
        manifest = json.loads(parts["manifest.json"])
        manifest["audit_seq"] -= 1
        parts["manifest.json"] = json.dumps(manifest).encode()

    rewritten(saved, change)
    answer, into = restored_from(saved)
    assert isinstance(answer.exception, BadSetting)
    assert left_in(into) == []


def test_a_backup_of_another_schema_names_the_version_to_use(
    saved, filled, restored_from, monkeypatch
):
    monkeypatch.setattr(commands, "schema_revision", lambda _database: "9999")
    answer, into = restored_from(saved)
    assert "then upgrade" in str(answer.exception.errors)
    assert left_in(into) == []


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyError])
def test_an_interrupted_backup_leaves_no_file(filled, run, tmp_path, monkeypatch, failure):
    def fail(*_args):
        raise failure

    monkeypatch.setattr(BackupWriter, "finish", fail)
    folder = tmp_path / "safe"
    folder.mkdir()
    answer = run(commands.backup, folder / "evening.siaga")
    assert answer.exit_code != 0
    assert left_in(folder) == []
    if isinstance(failure, OSError):
        assert "No space left" in str(answer.exception.errors)


def test_a_full_disk_while_restoring_leaves_nothing(saved, restored_from, monkeypatch):
    original = commands.open_database

    def small(settings, keyring):
        database = original(settings, keyring)
        with database.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        from sqlalchemy import event

        @event.listens_for(database.engine, "checkout")
        def limit(connection, _record, _proxy):
            connection.execute(f"PRAGMA max_page_count={pages}")

        database.engine.dispose()
        return database

    monkeypatch.setattr(commands, "open_database", small)
    answer, into = restored_from(saved)
    assert "disk is full" in str(answer.exception.errors)
    assert left_in(into) == []


def test_a_table_that_nobody_knows_stops_the_backup(filled, run, tmp_path):
    database, _ = filled
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE forgotten (id INTEGER)")
    answer = run(commands.backup, tmp_path / "x")
    assert "forgotten" in str(answer.exception.errors)


def test_the_last_event_of_the_trail_must_fit_its_keys(filled, saved, empty_database):
    reader = BackupReader(saved)
    target = open_database(empty_database.settings, load_keys(filled[0].settings.keys))
    last = reader.manifest.audit_seq
    original = reader.rows

    def altered(name):
        for row in original(name):
            if name == "audit_events" and row["seq"] == last:
                row["action"] = "interview.read"
            yield row

    reader.rows = altered
    with pytest.raises(Invalid) as refusal, target.transaction() as session:
        backups.fill_from(session, reader, progress=lambda _name: None)
    assert "last event" in str(refusal.value.errors)
    with target.reading() as session:
        assert session.scalar(select(func.count(AuditEvent.seq))) == 0
        assert session.scalar(select(func.count(Interview.id))) == 0
    target.close()
