"""Filled-in interview pages, as a browser without scripts would send them."""

from typing import Any

CLEAN = dict.fromkeys(
    [
        "GT-1",
        "GT-2",
        "GT-3",
        "GT-4",
        "TP-03",
        "TP-05",
        "TP-06",
        "TP-08",
        "TP-09",
        "TP-10",
        "ID-06",
        "RW-01",
        "RW-04",
        "TP-14",
        "TP-15",
    ],
    "tidak",
)
"""The stored answers of an umrah applicant about whom nothing stands out."""


def clean_sheet(**changes: str) -> dict[str, Any]:
    """Return the fields of a clean umrah interview; `changes` name fields with __ for dots."""
    fields = {
        "applicant.nik": "9901014103920005",
        "applicant.name": "Siti Uji",
        "applicant.birth_date": "01-03-1992",
        "applicant.sex": "P",
        "purpose": "UMR",
        "destination": "ar",
        "departure_date": "?",
        "stay_days": "12",
        "documents.SURAT-PPIU": "verified",
        "officer_judgement": "lanjut",
        **{f"answers.{code}": word for code, word in CLEAN.items()},
        "step": "seal",
    }
    return {**fields, **{name.replace("__", "."): text for name, text in changes.items()}}
