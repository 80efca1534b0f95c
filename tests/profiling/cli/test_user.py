"""siaga user and siaga token, as an operator runs them."""

import pytest

from profiling.errors import Invalid, NotFound, SignInNeeded
from profiling.services import signin

NEW = {
    "--username": "budi",
    "--name": "Budi Uji",
    "--role": "analyst",
    "--office": "PMK",
    "--scope": "office",
    "--person-no": "P900",
}


def words(**changes):
    chosen = {**NEW, **{f"--{name.replace('_', '-')}": value for name, value in changes.items()}}
    return [word for name, value in chosen.items() if value is not None for word in (name, value)]


def test_the_one_time_password_is_the_last_word_and_opens_the_account(siaga, sqlite_database):
    """AUTH-02."""
    result = siaga("user", "create", *words())
    assert result.exit_code == 0, result.output
    password = result.output.split()[-1]
    with sqlite_database.transaction() as session:
        _cookie, actor = signin.sign_in(session, username="budi", password=password)
    assert (actor.role, actor.office, actor.person_no) == ("analyst", "PMK", "P900")


@pytest.mark.parametrize(
    ("scope", "office", "seen"),
    [
        ("office", "PMK", {"PMK", "PMK-MPP-SPG"}),
        ("region", "KANWIL-JATIM", {"PMK", "PMK-MPP-SPG", "K001"}),
        ("national", None, None),
    ],
)
def test_the_scope_says_how_far_an_account_sees(siaga, sqlite_database, scope, office, seen):
    result = siaga("user", "create", *words(scope=scope, office=office))
    assert result.exit_code == 0, result.output
    with sqlite_database.reading() as session:
        assert signin.actor_named(session, "budi").offices == seen


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "Budi Uji"}, "username"),
        ({"username": "officer"}, "username"),
        ({"name": " "}, "name"),
        ({"person_no": " "}, "person_no"),
        ({"office": "NOWHERE"}, "office"),
        ({"scope": "region", "office": "NOWHERE"}, "office"),
    ],
)
def test_a_bad_account_is_refused_by_field(siaga, change, field):
    result = siaga("user", "create", *words(**change))
    assert isinstance(result.exception, Invalid)
    assert list(result.exception.errors) == [field]


@pytest.mark.parametrize("change", [{"role": "king"}, {"scope": "world"}, {"username": None}])
def test_what_is_not_an_option_is_refused(siaga, change):
    assert siaga("user", "create", *words(**change)).exit_code == 2


def test_a_disabled_account_is_out_with_its_tokens(siaga, sqlite_database):
    token = siaga("token", "create", "--user", "officer", "--name", "uji").output.split()[-1]
    with sqlite_database.reading() as session:
        assert signin.resolve_token(session, token).username == "officer"
    assert siaga("user", "disable", "--username", "officer").exit_code == 0
    with sqlite_database.reading() as session, pytest.raises(SignInNeeded):
        signin.resolve_token(session, token)
    result = siaga("token", "create", "--user", "officer", "--name", "uji")
    assert isinstance(result.exception, Invalid)


@pytest.mark.parametrize(
    "command",
    [("user", "disable", "--username", "nobody"), ("token", "create", "--user=nobody", "--name=x")],
)
def test_an_unknown_account_is_said_to_be_unknown(siaga, command):
    assert isinstance(siaga(*command).exception, NotFound)
