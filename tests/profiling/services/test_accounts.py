"""Accounts and sign-in."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from profiling.errors import Invalid, SignInNeeded
from profiling.records import Account, AuditEvent
from profiling.security import passwords
from profiling.services import accounts, cases, offices, signin
from profiling.services.accounts import NewAccount
from tests.support.databases import PASSWORD


def test_a_password_gives_a_cookie_and_the_cookie_gives_the_person(database):
    with database.transaction() as session:
        cookie, signed_in = signin.sign_in(session, username="officer", password=PASSWORD)
    with database.reading() as session:
        found, _ = signin.resolve(session, cookie)
    assert found.id == signed_in.id
    assert found.offices == {"PMK", "PMK-MPP-SPG"}


@pytest.mark.parametrize(
    ("username", "password"), [("officer", "lain"), ("tidak-ada", PASSWORD), ("officer", "x" * 500)]
)
def test_every_failure_to_sign_in_reads_the_same(database, username, password):
    with (
        database.transaction() as session,
        pytest.raises(SignInNeeded, match=r"^Name or password do not match\.$"),
    ):
        signin.sign_in(session, username=username, password=password)


def test_disabling_an_account_ends_its_sessions_and_tokens(database, actor):
    """AUTH-20, SESS-06."""
    with database.transaction() as session:
        cookie, _ = signin.sign_in(session, username="officer", password=PASSWORD)
        token = accounts.create_token(session, actor("admin"), username="officer", name="uji")
        accounts.disable_account(session, actor("admin"), username="officer", reason="pindah")
    with database.reading() as session:
        with pytest.raises(SignInNeeded):
            signin.resolve(session, cookie)
        with pytest.raises(SignInNeeded):
            signin.resolve_token(session, token)


def test_changing_the_password_ends_other_sessions(database, actor):
    """AUTH-16."""
    with database.transaction() as session:
        cookie, _ = signin.sign_in(session, username="officer", password=PASSWORD)
        accounts.change_password(
            session, actor("officer"), current=PASSWORD, new="sandi-baru-yang-panjang"
        )
    with database.transaction() as session:
        with pytest.raises(SignInNeeded):
            signin.resolve(session, cookie)
        with pytest.raises(SignInNeeded):
            signin.sign_in(session, username="officer", password=PASSWORD)
        signin.sign_in(session, username="officer", password="sandi-baru-yang-panjang")
        changed = select(AuditEvent).where(AuditEvent.action == "account.password")
        assert session.scalars(changed).one().actor_id == actor("officer").id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "A b"}, "username"),
        ({"username": "officer"}, "username"),
        ({"role": "raja"}, "role"),
        ({"office": "XXX"}, "office"),
        ({"name": " "}, "name"),
        ({"person_no": ""}, "person_no"),
        ({"scope": "region", "region": "KANWIL-X"}, "office"),
        ({"password": "pendek"}, "new"),
    ],
)
def test_an_account_with_a_wrong_field_is_refused_by_that_field(session, actor, change, field):
    new = {
        "username": "baru",
        "name": "Baru",
        "person_no": "P900",
        "role": "officer",
        "scope": "office",
        "office": "PMK",
    }
    with pytest.raises(Invalid) as refusal:
        accounts.create_account(session, actor("admin"), NewAccount(**{**new, **change}))
    assert set(refusal.value.errors) == {field}


@pytest.mark.parametrize("username", ["admin", "root", "demo", "siaga", "system", ""])
def test_a_fresh_place_has_no_account(empty_database, username):
    """AUTH-02."""
    with empty_database.transaction() as session:
        assert session.scalar(select(func.count(Account.id))) == 0
        for password in ("admin", "root", "demo", "siaga", "", "password"):
            with pytest.raises(SignInNeeded):
                signin.sign_in(session, username=username, password=password)


@pytest.mark.parametrize("username", ["Budi", "budi ", " budi", "b\u0443di", "bu\u200bdi", "ｂｕｄｉ", "budi\n"])  # fmt: skip
def test_one_name_is_one_account(session, actor, username):
    """AUTH-19."""
    new = NewAccount("budi", "Budi", "P900", "officer", "office", office="PMK")
    accounts.create_account(session, actor("admin"), new)
    for name in (username, "budi"):
        with pytest.raises(Invalid) as refusal:
            accounts.create_account(session, actor("admin"), replace(new, username=name))
        assert set(refusal.value.errors) == {"username"}


def test_an_account_stays_with_its_history_when_its_holder_goes(database, actor):
    """AUTH-20, WF-15."""
    officer = actor("officer")
    with database.transaction() as session:
        accounts.disable_account(session, actor("admin"), username="officer", reason="pindah")
    new = NewAccount("officer", "Orang Lain", "P901", "officer", "office", office="PMK")
    with database.transaction() as session, pytest.raises(Invalid) as refusal:
        accounts.create_account(session, actor("admin"), new)
    assert set(refusal.value.errors) == {"username"}
    with database.reading() as session:
        kept = session.get_one(Account, officer.id)
        assert (kept.name, kept.disabled_reason) == (officer.name, "pindah")
    with pytest.raises(DatabaseError), database.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_events"))


def test_a_password_counts_to_its_last_sign_in_either_spelling(monkeypatch):
    """AUTH-04."""
    for length in (64, 128, passwords.MAX_LENGTH):
        stored = passwords.hash_password("x" * (length - 1) + "a")
        assert passwords.verify_password(stored, "x" * (length - 1) + "a")
        assert not passwords.verify_password(stored, "x" * (length - 1) + "b")
    stored = passwords.hash_password(" caf\u00e9\x00 panjang ")
    assert passwords.verify_password(stored, " cafe\u0301\x00 panjang ")
    for other in ("caf\u00e9\x00 panjang", " caf\u00e9", " caf\u00e9\x00 panjang"):
        assert not passwords.verify_password(stored, other)
    monkeypatch.setattr(passwords, "_HASHER", None)
    for length in (1_000, 1_000_000):
        assert not passwords.verify_password(stored, "x" * length)


def test_a_place_that_is_not_named_is_no_place(session):
    """ACM-05."""
    assert offices.codes_in_scope(session, "office", None, None) == frozenset()
    assert offices.codes_in_scope(session, "region", None, None) == frozenset()
    assert offices.codes_in_scope(session, "region", None, "NOWHERE") == frozenset()
    nobody = replace(signin.actor_named(session, "analyst"), offices=frozenset())
    assert not nobody.covers("PMK")
    assert cases.take_next(session, nobody) is None
