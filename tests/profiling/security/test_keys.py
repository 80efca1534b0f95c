"""Keys and ciphertext: made once, read or refused, rotated without loss."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiling.errors import BadSetting
from profiling.security.crypto import (
    FieldBox,
    lookup_digest,
    new_data_key,
    pseudonym,
    unwrap,
)
from profiling.security.keys import device_key, init_keys, load_keys, rotate_field_key

BOX = FieldBox(bytes(32), 1)


@pytest.fixture
def folder(tmp_path):
    init_keys(tmp_path / "keys")
    return tmp_path / "keys"


def test_keys_are_made_once_and_only_their_owner_reads_them(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert init_keys(folder) is False
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_that_lost_a_key_is_not_filled_up_again(folder):
    (folder / "audit.key").unlink()
    with pytest.raises(BadSetting, match=r"audit\.key"):
        init_keys(folder)
    with pytest.raises(BadSetting, match="restore"):
        load_keys(folder)


@pytest.mark.parametrize("name", ["index.key", "fields.json"])
@pytest.mark.parametrize("content", ["", "zz", "{}", '{"current": 1, "keys": {"1": "00"}}'])
def test_a_damaged_key_is_refused(folder, name, content):
    """ERR-02."""
    (folder / name).write_text(content)
    with pytest.raises(BadSetting, match="damaged"):
        load_keys(folder)


def test_after_a_rotation_old_data_keys_still_open_and_new_ones_use_the_new_key(folder):
    first = load_keys(folder)
    data_key, wrapped = new_data_key(first, "p1")
    assert rotate_field_key(folder) == 2
    second = load_keys(folder)
    assert unwrap(second, "p1", wrapped) == data_key
    _, newer = new_data_key(second, "p2")
    assert (wrapped[1:3], newer[1:3]) == (b"\x00\x01", b"\x00\x02")
    with pytest.raises(BadSetting, match="Field key 2"):
        unwrap(first, "p2", newer)


def test_a_data_key_opens_for_its_person_alone(folder):
    """TAMP-12."""
    keyring = load_keys(folder)
    _, wrapped = new_data_key(keyring, "p1")
    with pytest.raises(BadSetting):
        unwrap(keyring, "p2", wrapped)


@given(st.text(min_size=1))
def test_a_field_opens_as_it_was_sealed(text):
    usable = text.encode(errors="ignore").decode()
    assert BOX.open(BOX.seal(usable, "t|c|1"), "t|c|1") == usable


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_an_altered_or_moved_field_does_not_open(place, change):
    """TAMP-12."""
    sealed = bytearray(BOX.seal("Siti Contoh", "interviews|name|1"))
    with pytest.raises(BadSetting):
        BOX.open(bytes(sealed), "interviews|name|2")
    sealed[place % len(sealed)] ^= change
    with pytest.raises(BadSetting):
        BOX.open(bytes(sealed), "interviews|name|1")


def test_digests_differ_by_kind_key_and_epoch(folder, tmp_path):
    """ENUM-10."""
    init_keys(tmp_path / "other")
    one, other = load_keys(folder), load_keys(tmp_path / "other")
    digests = {
        lookup_digest(one, "nik", "1"),
        lookup_digest(one, "phone", "1"),
        lookup_digest(other, "nik", "1"),
    }
    assert len(digests) == 3
    assert len({pseudonym(one, "nik", "1"), pseudonym(other, "nik", "1")}) == 2
    assert len({device_key(one, "a", 1), device_key(one, "a", 2), device_key(one, "b", 1)}) == 3


def test_a_keyring_shows_no_key(folder):
    keyring = load_keys(folder)
    assert keyring.index.hex() not in repr(keyring)
    assert repr(keyring) == "Keyring(current=1)"
