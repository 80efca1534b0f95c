"""One row of the appointment list, checked: from text to values."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from checklist.nik import NikError, read_nik
from checklist.vocabulary import PassportService, Purpose, Sex
from profiling.errors import sentence
from profiling.exchange.queue_csv import QueueRow

WAITING, CANCELLED, ABSENT = "menunggu", "batal", "tidak_hadir"

NUMBER_OF_THE_SERVICE = re.compile(r".+-T-\d{4}-\d{6,}")
"""What an interview gets that is sealed without an application number."""

_APPLICATION_NO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{2,39}")
_VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,24}")
_OLDEST = date(1900, 1, 1)
_LATEST = date(2150, 1, 1)
_MAX_NAME = 120
_KK_DIGITS = 16

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Booking:
    """What the booking system knows of one appointment; empty is unknown."""

    application_no: str
    slot: datetime
    name: str = field(repr=False)
    nik: str | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)
    sex: str | None = None
    phone: str | None = field(default=None, repr=False)
    purpose: str | None = None
    kk_number: str | None = field(default=None, repr=False)
    mother_name: str | None = field(default=None, repr=False)
    village: str | None = None
    guardian: str | None = field(default=None, repr=False)
    passport_service: str | None = None
    passport_issued: date | None = None
    passport_event_date: date | None = None
    status: str | None = None


class RowCheck:
    """Reads one row and gathers a sentence for each column that cannot be read."""

    def __init__(self, row: QueueRow, *, zone: ZoneInfo, today: date, lang: str) -> None:
        self.errors: dict[str, list[str]] = {}
        self._row, self._zone, self._today, self._lang = row, zone, today, lang

    def booking(self) -> Booking | None:
        """Return the row's values, or None when any column cannot be read."""
        number = self._read("application_no", _application_no, required=True)
        if number and NUMBER_OF_THE_SERVICE.fullmatch(number):
            self._refuse("application_no", _GIVEN_BY_THE_SERVICE)
        slot = self._read("slot", self._slot, required=True)
        name = self._read("name", _name, required=True)
        born = self._read("birth_date", self._past_day, required=True)
        sex = self._read("sex", lambda text: Sex(text.upper()).value, required=True)
        booking = Booking(
            number or "",
            slot or datetime.min.replace(tzinfo=self._zone),
            name or "",
            nik=self._read("nik", self._nik),
            birth_date=born,
            sex=sex,
            phone=self._read("phone", _phone),
            purpose=self._read("purpose", lambda text: Purpose(text.upper()).value),
            kk_number=self._read("kk_number", _kk_number),
            mother_name=self._read("mother_name", _name),
            village=self._read("village", _village),
            guardian=self._read("guardian", _name),
            passport_service=self._read(
                "passport_service", lambda text: PassportService(text.lower()).value
            ),
            passport_issued=self._read("passport_issued", self._past_day),
            passport_event_date=self._read("passport_event_date", self._past_day),
            status=self._read("status", _status),
        )
        return None if self.errors else booking

    def _read(
        self, column: str, reader: Callable[[str], Value], *, required: bool = False
    ) -> Value | None:
        text = self._row.text(column)
        if not text:
            if required:
                self._refuse(column, sentence("This must be filled in."))
            return None
        try:
            return reader(text)
        except NikError as problem:
            self._refuse(column, problem.sentence(self._lang))
        except ValueError:
            self._refuse(column, _SENTENCES[column])
        return None

    def _refuse(self, column: str, words: str) -> None:
        self.errors[f"{self._row.number}.{column}"] = [words]

    def _slot(self, text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        has_time = "T" in text.upper() or " " in text
        if not has_time or not _OLDEST <= moment.date() <= _LATEST:
            raise ValueError(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)

    def _past_day(self, text: str) -> date:
        day = date.fromisoformat(text)
        if not _OLDEST <= day <= self._today:
            raise ValueError(text)
        return day

    def _nik(self, text: str) -> str:
        return read_nik(text).digits


def _application_no(text: str) -> str:
    if not _APPLICATION_NO.fullmatch(text):
        raise ValueError(text)
    return text


def _name(text: str) -> str:
    if len(text) > _MAX_NAME or not text.isprintable():
        raise ValueError(text)
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise ValueError(text)
    return text


def _kk_number(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == _KK_DIGITS):
        raise ValueError(text)
    return text


def _village(text: str) -> str:
    if not _VILLAGE.fullmatch(text):
        raise ValueError(text)
    return text


def _status(text: str) -> str:
    if text not in {WAITING, CANCELLED, ABSENT}:
        raise ValueError(text)
    return text


_DAY = sentence("Write the date as 2026-12-20; it cannot lie in the future.")
_GIVEN_BY_THE_SERVICE = sentence(
    "Numbers like this one are given by the service. Use the number of the booking system."
)
_NAME = sentence("Write the name with at most 120 letters.")
_SENTENCES = {
    "application_no": sentence("Use 3-40 letters, digits, dots, slashes or dashes."),
    "slot": sentence("Write day and time as 2026-12-20T10:30."),
    "name": _NAME,
    "birth_date": _DAY,
    "sex": sentence("Write L or P."),
    "phone": sentence("Write the telephone number with digits."),
    "purpose": sentence("This purpose code is not known."),
    "kk_number": sentence("A family card number has 16 digits."),
    "mother_name": _NAME,
    "village": sentence("Write the village code as 35.27.01.2001."),
    "guardian": _NAME,
    "passport_service": sentence("Write baru, ganti, hilang or rusak."),
    "passport_issued": _DAY,
    "passport_event_date": _DAY,
    "status": sentence("Write menunggu, batal or tidak_hadir, or leave it empty."),
}
