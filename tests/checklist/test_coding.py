"""Coded answers: one byte a question, nothing lost, nothing shown."""

import pytest
from hypothesis import given

from checklist.coding import Answers, answers_of, decode_answers, encode_answers
from checklist.vocabulary import Answer
from tests.checklist.strategies import RULES, answers

QUESTIONS = RULES.questions


@given(answers)
def test_coding_loses_nothing(given_answers: dict[str, str]) -> None:
    codes = encode_answers(given_answers, QUESTIONS)
    assert len(codes) == len(QUESTIONS) == 44
    assert dict(decode_answers(codes, QUESTIONS)) == given_answers


def test_answers_read_like_a_dictionary_and_hide_their_values() -> None:
    sheet = answers_of({"TP-05": "ya", "RW-01": "td", "GT-1": "ya"}, QUESTIONS)
    assert sheet["TP-05"] is Answer.YA
    assert sheet.get("TP-06") is None
    assert list(sheet) == ["TP-05", "RW-01"]
    assert len(sheet) == 2
    assert repr(sheet) == "Answers(2 of 44)"
    with pytest.raises(KeyError):
        sheet["GT-1"]
    with pytest.raises(KeyError):
        sheet["TP-06"]


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="no answer"):
        decode_answers(bytes([9] * 44), QUESTIONS)
    with pytest.raises(ValueError, match="as many"):
        Answers(b"\1", QUESTIONS)
    with pytest.raises(KeyError):
        encode_answers({"TP-05": "mungkin"}, QUESTIONS)
