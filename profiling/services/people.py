"""Data keys of persons: sealing and opening personal fields."""

import json
import re
from datetime import datetime
from typing import Any

import phonenumbers
from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import BadSetting
from profiling.records import Person, Record
from profiling.security import crypto
from profiling.security.keys import Keyring
from profiling.services import audit
from profiling.services.identifiers import new_id

_REGION = "ID"
_PLAIN_MOBILE = re.compile(r"08[0-9]{8,11}")
"""What nearly everybody gives: the library gives the same number, a hundred times slower."""


class Locker:
    """Seals and opens the personal fields of one person.

    A field `name` is stored in the column `name_enc`; its ciphertext is bound to table, column
    and row.
    """

    __slots__ = ("_box", "person_id")

    def __init__(self, person_id: str, box: crypto.FieldBox) -> None:
        self.person_id = person_id
        self._box = box

    def seal(
        self, record_class: type[Record], row_id: str, field: str, text: str | None
    ) -> bytes | None:
        """Return the ciphertext of a field, or None for nothing."""
        if not text:
            return None
        return self._box.seal(text, _place(record_class, row_id, field))

    def seal_json(
        self, record_class: type[Record], row_id: str, field: str, content: object
    ) -> bytes | None:
        """Return the ciphertext of a structure, or None when it is empty."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True) if content else None
        return self.seal(record_class, row_id, field, text)

    def open(self, row: Record, field: str) -> str | None:
        """Return the text of a row's field, or None when nothing is stored."""
        sealed = getattr(row, f"{field}_enc")
        if sealed is None:
            return None
        return self._box.open(sealed, _place(type(row), row_key(row), field))

    def open_json(self, row: Record, field: str) -> Any:
        """Return the structure of a row's field, or None when nothing is stored."""
        text = self.open(row, field)
        return None if text is None else json.loads(text)


def new_person(session: Session, at: datetime | None = None) -> Locker:
    """Add a person with a data key of their own."""
    keyring: Keyring = session.info["keyring"]
    person_id = new_id()
    data_key, wrapped = crypto.new_data_key(keyring, person_id)
    values = {"id": person_id, "wrapped_key": wrapped, "created_at": at or clock.now()}
    audit.add_row(session, Person, values)
    return Locker(person_id, crypto.FieldBox(data_key, keyring.current))


def locker_of(session: Session, person_id: str) -> Locker:
    """Open the data key of a person; raises BadSetting when it was destroyed."""
    return lockers_of(session, {person_id})[person_id]


def lockers_of(session: Session, person_ids: set[str]) -> dict[str, Locker]:
    """Open the data keys of several persons with one query."""
    keyring: Keyring = session.info["keyring"]
    rows = session.execute(
        select(Person.id, Person.wrapped_key).where(Person.id.in_(sorted(person_ids)))
    )
    return {row.id: Locker(row.id, _box(keyring, row.id, row.wrapped_key)) for row in rows}


def index_of(session: Session, kind: str, value: str | None) -> bytes | None:
    """Return the keyed digest under which a value is looked up."""
    return None if not value else crypto.lookup_digest(session.info["keyring"], kind, value)


def normal_phone(text: str | None) -> str | None:
    """Return a phone number as +62..., or None when there is none to be read.

    A number that the numbering plan does not know is kept as its digits, so that equal numbers
    still meet.
    """
    if not text:
        return None
    if _PLAIN_MOBILE.fullmatch(text):
        return f"+62{text[1:]}"
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
        return digits or None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_licence(text: str | None) -> str | None:
    """Return a licence number without blanks and signs, in capitals."""
    if not text:
        return None
    return "".join(sign for sign in text.upper() if sign.isalnum()) or None


def row_key(row: Record) -> str:
    """Return the primary key of a stored row as text."""
    return "|".join(str(part) for part in row.__mapper__.primary_key_from_instance(row))


def _box(keyring: Keyring, person_id: str, wrapped: bytes | None) -> crypto.FieldBox:
    if wrapped is None:
        raise BadSetting("The data of this person was erased")
    return crypto.FieldBox(crypto.unwrap(keyring, person_id, wrapped), keyring.current)


def _place(record_class: type[Record], row_id: str, field: str) -> str:
    return f"{record_class.__tablename__}|{field}|{row_id}"
