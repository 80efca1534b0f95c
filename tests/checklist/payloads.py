"""What programs and pages hand in: whole, changed in one place, accepted or refused."""

import copy
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from checklist.answers import Checks, RefusedSubmissionError, validate_submission
from checklist.loading import load
from checklist.submission import Submission
from tests.support.sheets import CLEAN

WIB = timezone(timedelta(hours=7))
CHECKS = Checks(load(), datetime(2026, 11, 24, 12, tzinfo=WIB))
ON_PAGE = Checks(load(), CHECKS.at, every_paper=True)
NIK = "3528016001950003"
FULL_APPLICANT = {
    "nik": NIK,
    "name": "Siti Aminah",
    "birth_date": "1995-01-20",
    "sex": "P",
    "phone": "0812-3456-7890",
    "kk_number": "3528012001100001",
    "mother_name": "Maryam",
    "regency": "35.28",
    "district": "35.28.01",
    "village": "35.28.01.2001",
    "guardian": None,
}


def payload(**changes: Any) -> dict[str, Any]:
    whole = {
        "office": "PMK",
        "applicant": {"name": "Siti Aminah", "birth_date": "1995-01-20", "sex": "P"},
        "purpose": "UMR",
        "destination": "SAU",
        "departure_date": "2026-12-20",
        "stay_days": 12,
        "documents": {"SURAT-PPIU": "verified"},
        "answers": dict(CLEAN),
        "officer_judgement": "lanjut",
        "started_at": "2026-11-24T10:00:00+07:00",
        "finished_at": "2026-11-24T10:03:00+07:00",
        "channel": "counter",
    }
    return copy.deepcopy(whole | changes)


def applicant(**changes: Any) -> dict[str, Any]:
    return payload(applicant=FULL_APPLICANT | changes)


def answered(**changes: str | None) -> dict[str, Any]:
    words = {code.replace("_", "-"): word for code, word in changes.items()}
    return payload(answers={k: v for k, v in (CLEAN | words).items() if v != "left out"})


def accept(whole: object, checks: Checks = CHECKS) -> Submission:
    return validate_submission(whole, checks=checks)


def refuse(whole: object, checks: Checks = CHECKS, lang: str = "id") -> dict[str, list[str]]:
    with pytest.raises(RefusedSubmissionError) as refused:
        validate_submission(whole, checks=checks, lang=lang)
    return refused.value.problems
