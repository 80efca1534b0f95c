"""Accounts and sign-in."""

import pytest

from profiling.errors import Invalid, SignInNeeded
from profiling.services import accounts, signin
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
    with database.transaction() as session:
        cookie, _ = signin.sign_in(session, username="officer", password=PASSWORD)
        accounts.change_password(
            session, actor("officer"), current=PASSWORD, new="sandi-baru-yang-panjang"
        )
    with database.reading() as session, pytest.raises(SignInNeeded):
        signin.resolve(session, cookie)


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
