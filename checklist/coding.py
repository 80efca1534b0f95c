"""Answers as small whole numbers: one byte for each question, in catalogue order."""

from collections.abc import Iterator, Mapping

from checklist.vocabulary import Answer

NOT_ASKED = 0
CODES: Mapping[Answer, int] = {
    Answer.TIDAK: 1,
    Answer.TD: 2,
    Answer.YA: 3,
    Answer.EJAAN: 4,
    Answer.IDENTITAS_SAMA: 5,
    Answer.IDENTITAS_BERBEDA: 6,
}
ANSWERS: Mapping[int, Answer] = {code: answer for answer, code in CODES.items()}
_BY_WORD: Mapping[str, int] = {str(answer): code for answer, code in CODES.items()}


class Answers(Mapping[str, Answer]):
    """The answers to one checklist; a question that was not asked is absent.

    They read like a dictionary, are kept coded, and never show themselves in a log.
    """

    __slots__ = ("codes", "questions")

    def __init__(self, codes: bytes, questions: tuple[str, ...]) -> None:
        if len(codes) != len(questions):
            raise ValueError("as many codes as questions are expected")
        self.codes = codes
        self.questions = questions

    def __getitem__(self, question: str) -> Answer:
        try:
            return ANSWERS[self.codes[self.questions.index(question)]]
        except ValueError:
            raise KeyError(question) from None

    def __iter__(self) -> Iterator[str]:
        return (q for q, code in zip(self.questions, self.codes, strict=True) if code)

    def __len__(self) -> int:
        return len(self.codes) - self.codes.count(NOT_ASKED)

    def __repr__(self) -> str:
        return f"Answers({len(self)} of {len(self.questions)})"


def encode_answers(answers: Mapping[str, str], questions: tuple[str, ...]) -> bytes:
    """Return one byte for each question; opening questions and unknown codes are left out."""
    return bytes([_BY_WORD[answers[q]] if q in answers else NOT_ASKED for q in questions])


def decode_answers(codes: bytes, questions: tuple[str, ...]) -> Answers:
    """Return the answers that were coded."""
    if any(code and code not in ANSWERS for code in codes):
        raise ValueError("a code stands for no answer")
    return Answers(codes, questions)


def answers_of(answers: Mapping[str, str], questions: tuple[str, ...]) -> Answers:
    """Return these answers in coded form."""
    return Answers(encode_answers(answers, questions), questions)
