"""What a sealed version stores."""

from hypothesis import given
from hypothesis import strategies as st

from checklist.canonical import canonical_bytes
from checklist.loading import load
from checklist.vocabulary import Answer
from profiling.services.sealed_rows import answers_text

QUESTIONS = [*load().gates, *load().indicators]


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(list(Answer))))
def test_answers_are_stored_as_canonical_json(answers):
    assert answers_text(answers).encode() == canonical_bytes(answers)
