"""Appointment lists for tests: invented people with generated numbers."""

from datetime import date

from checklist.nik import implied_digits
from checklist.vocabulary import Sex
from profiling.exchange.queue_csv import QueueRow


def nik(serial: int, *, born: date = date(1992, 3, 1), sex: Sex = Sex.P) -> str:
    """Return a NIK that agrees with birth date and sex, of the range kept for simulation."""
    return f"990101{implied_digits(born, sex)}{serial:04}"


def row(number: int = 2, **changes: str) -> QueueRow:
    """Return one appointment as the file has it."""
    cells = {
        "application_no": f"2026-{number:06}",
        "nik": nik(number),
        "name": f"Siti Uji {number}",
        "birth_date": "1992-03-01",
        "sex": "P",
        "slot": f"2026-11-24T08:{number % 60:02}",
        "purpose": "UMR",
        "status": "",
    }
    return QueueRow(number, {**cells, **changes})
