"""Canonical JSON: one text for one value, and nothing that could be read in two ways."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.canonical import CanonicalError, canonical_bytes, digest, read_canonical
from checklist.vocabulary import Answer

# Composed beforehand: two keys that composition makes one are refused, as the tests below say.
TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(lambda t: normalize("NFC", t))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_reads_back_and_writes_the_same(value: object) -> None:
    written = canonical_bytes(value)
    assert canonical_bytes(read_canonical(written)) == written


def test_order_and_composition_do_not_matter() -> None:
    one = {"b": [1, True, None], "a": "e\u0301"}
    other = {"a": "\u00e9", "b": (1, True, None)}
    assert canonical_bytes(one) == '{"a":"\u00e9","b":[1,true,null]}'.encode()
    assert digest(one) == digest(other)
    assert digest({"a": Answer.YA}) == digest({"a": "ya"})


@pytest.mark.parametrize(
    "value", [1.5, {"a": float("nan")}, {1: "a"}, b"x", {"e\u0301": 1, "\u00e9": 2}, "\ud800", {1}]
)
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonical_bytes(value)


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a":2}', "[1.5]", "[NaN]", "[Infinity]", "[1e3]", "{", b"\xff", "[" * 100_000],
)
def test_what_could_not_have_been_written_is_not_read(text: str | bytes) -> None:
    with pytest.raises(CanonicalError):
        read_canonical(text)
