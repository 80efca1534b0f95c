"""Digests of rows: one byte form however a row was read, that any JSON library can repeat."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiling.security.digests import canonical_row

WEST = timezone(timedelta(hours=7))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(values=st.dictionaries(WORDS, PLAIN, max_size=8))
def test_an_auditor_can_repeat_the_byte_form_with_the_standard_library(values):
    plain = json.dumps(
        ["interviews", values], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert canonical_row("interviews", values) == plain.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 10, 1, 7, tzinfo=WEST), "2026-10-01T00:00:00+00:00"),
        (datetime(2026, 10, 1, tzinfo=UTC), "2026-10-01T00:00:00+00:00"),
        (date(2026, 10, 1), "2026-10-01"),
        (b"\x01\xff", "01ff"),
        (memoryview(b"\x01\xff"), "01ff"),
        (Decimal("0.10"), "0.1"),
    ],
)
def test_a_value_has_one_form_whichever_engine_it_came_from(value, text):
    assert canonical_row("t", {"c": value}) == f'["t",{{"c":"{text}"}}]'.encode()


def test_a_value_without_a_canonical_form_is_refused():
    with pytest.raises(TypeError):
        canonical_row("t", {"c": object()})
