"""The shape of a closed word list: a code with one label for each language."""

from enum import StrEnum
from typing import Self

LANGUAGES = ("id", "en")


class Word(StrEnum):
    """A code with one label for each language."""

    _label_id: str
    _label_en: str

    def __new__(cls, code: str, label_id: str = "", label_en: str = "") -> Self:
        """Keep the labels beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member._label_id = label_id
        member._label_en = label_en
        return member

    def label(self, lang: str = "id") -> str:
        """Return what a reader sees instead of the code."""
        return self._label_en if lang == "en" else self._label_id
