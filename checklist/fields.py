"""Reading single fields of what somebody sent: canonical value, or a named problem."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from checklist.nik import NikError, read_nik
from checklist.sentences import SHAPE, sentence
from checklist.vocabulary import Word

Value = TypeVar("Value")
WordType = TypeVar("WordType", bound=Word)
Reader: TypeAlias = Callable[[object], Value]

NAME_LIMIT = 120
_EARLIEST, _LATEST = date(1890, 1, 1), date(2150, 1, 1)
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}|[A-Z][A-Z0-9]{0,19}(-[A-Z0-9]{1,20}){0,3}")
_PHONE = re.compile(r"\+?[0-9 ().-]{6,32}")
_PHONE_DIGITS = range(6, 16)
_KK = re.compile(r"[0-9]{16}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REGIONS = (
    (re.compile(r"\d\d\.\d\d", re.ASCII), "35.28"),
    (re.compile(r"\d\d\.\d\d\.\d\d", re.ASCII), "35.28.01"),
    (re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII), "35.28.01.2001"),
)
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class FieldProblem(ValueError):
    """Why one value was not accepted."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


class Problems:
    """All that was found wrong, by field."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.found: dict[str, list[str]] = {}
        self.shape: dict[str, list[str]] = {}

    def add(self, field: str, name: str, **values: object) -> None:
        """Add a sentence by its name."""
        self.say(field, sentence(name, self.lang, **values), is_shape=name in SHAPE)

    def say(self, field: str, text: str, *, is_shape: bool = False) -> None:
        """Add a sentence as it stands."""
        self.found.setdefault(field, []).append(text)
        if is_shape:
            self.shape.setdefault(field, []).append(text)


class Fields:
    """One object of the payload, read field by field; what nobody reads is refused."""

    def __init__(self, value: object, prefix: str, problems: Problems) -> None:
        self.problems = problems
        self.prefix = prefix
        self.values: Mapping[object, object] = value if isinstance(value, Mapping) else {}
        self.known: set[str] = set()
        if not isinstance(value, Mapping):
            problems.add(prefix.rstrip(".") or "body", "not_object")

    def take(
        self, name: str, reader: Reader[Value], *, required: bool | str = False
    ) -> Value | None:
        """Return the field read, or None when it is absent, empty or wrong.

        What is required may name the sentence that says so.
        """
        self.known.add(name)
        value = self.values.get(name)
        if isinstance(value, str):
            value = value.strip()
        if value is None or value == "":
            if required:
                missing = required if isinstance(required, str) else "required"
                self.problems.add(self.prefix + name, missing)
            return None
        try:
            return reader(value)
        except FieldProblem as problem:
            self.problems.add(self.prefix + name, problem.name, **problem.values)
        except NikError as problem:
            self.problems.say(self.prefix + name, problem.sentence(self.problems.lang))
        return None

    def take_given(self, readers: Mapping[str, Reader[Value]]) -> dict[str, Value]:
        """Return those of these fields that were given and read."""
        self.known.update(readers)
        found = {}
        for name in self.values:
            if isinstance(name, str) and name in readers:
                value = self.take(name, readers[name])
                if value is not None:
                    found[name] = value
        return found

    def inside(self, name: str, *, required: bool = False) -> "Fields":
        """Return the object in this field; an absent one reads as an empty one."""
        self.known.add(name)
        value = self.values.get(name)
        if value is None:
            if required:
                self.problems.add(self.prefix + name, "required")
            value = {}
        return Fields(value, f"{self.prefix}{name}.", self.problems)

    def refuse_others(self, sentence_name: str = "unknown_field") -> None:
        """Refuse every field that was not asked for; an odd name is not repeated."""
        for name in self.values:
            if name not in self.known:
                place = name if isinstance(name, str) and _FIELD.fullmatch(name) else "body"
                self.problems.add(self.prefix + place, sentence_name)


def text(limit: int, *, lines: bool = False) -> Reader[str]:
    """Read composed, trimmed text without characters that cannot be seen."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise FieldProblem("not_text")
        clean = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
        if len(clean) > limit:
            raise FieldProblem("too_long", limit=limit)
        if not clean.isprintable() and _has_unseen(clean.replace("\n", " ") if lines else clean):
            raise FieldProblem("unseen_signs")
        return clean

    return read


def person_name(value: object) -> str:
    """Read a name as written on the card; single and one-letter names are normal."""
    name = text(NAME_LIMIT)(value)
    if not any(sign.isalpha() for sign in name):
        raise FieldProblem("no_letter")
    return name


def nik(value: object) -> str:
    """Read a NIK."""
    return read_nik(text(40)(value)).digits


def kk_number(value: object) -> str:
    """Read the number of a family card."""
    number = text(40)(value)
    if not _KK.fullmatch(number):
        raise FieldProblem("kk")
    return number


def phone(value: object) -> str:
    """Read a phone number as typed; making it international is not done here."""
    number = text(40)(value)
    if not _PHONE.fullmatch(number) or sum(map(str.isdigit, number)) not in _PHONE_DIGITS:
        raise FieldProblem("phone")
    return number


def region(level: int) -> Reader[str]:
    """Read a dotted code of a regency (0), district (1) or village (2)."""
    pattern, example = _REGIONS[level]

    def read(value: object) -> str:
        code = text(40)(value)
        if not pattern.fullmatch(code):
            raise FieldProblem("region", example=example)
        return code

    return read


def iso_date(value: object) -> date:
    """Read a date such as 2026-12-20."""
    written = text(40)(value)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise FieldProblem("date") from None
    if not _DATE.fullmatch(written) or not _EARLIEST <= day <= _LATEST:
        raise FieldProblem("date")
    return day


def moment(value: object) -> datetime:
    """Read a time with its offset from UTC."""
    written = text(40)(value)
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise FieldProblem("moment") from None
    if instant.tzinfo is None or not _EARLIEST <= instant.date() <= _LATEST:
        raise FieldProblem("moment")
    return instant


def whole(low: int, high: int) -> Reader[int]:
    """Read a whole number within bounds."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise FieldProblem("not_whole")
        if not low <= value <= high:
            raise FieldProblem("out_of_range", low=low, high=high)
        return value

    return read


def yes_or_no(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise FieldProblem("not_boolean")
    return value


def word(kind: type[WordType], allowed: Iterable[WordType] | None = None) -> Reader[WordType]:
    """Read one word of a closed list."""
    members = {str(member): member for member in (kind if allowed is None else allowed)}

    def read(value: object) -> WordType:
        if not isinstance(value, str) or value not in members:
            raise FieldProblem("one_of", choices=", ".join(members))
        return members[value]

    return read


def entries(limit: int) -> Reader[list[object]]:
    """Read a list that is not too long; its entries are read by whoever asked."""

    def read(value: object) -> list[object]:
        if not isinstance(value, list):
            raise FieldProblem("not_list")
        if len(value) > limit:
            raise FieldProblem("too_many", limit=limit)
        return value

    return read


def country(known: Iterable[str]) -> Reader[str]:
    """Read the three-letter code of a listed country."""
    codes = frozenset(known)

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in codes:
            raise FieldProblem("country")
        return value

    return read


def _has_unseen(value: str) -> bool:
    return any(unicodedata.category(sign) in _UNSEEN for sign in value)
