"""Filled-in interview pages, as a browser without scripts would send them."""

from typing import Any

CLEAN = {
    "GT-1": "tidak",
    "GT-2": "tidak",
    "GT-3": "tidak",
    "GT-4": "tidak",
    "TP-03": "tidak",
    "TP-05": "tidak",
    "TP-06": "tidak",
    "TP-08": "tidak",
    "TP-09": "tidak",
    "TP-10": "tidak",
    "ID-06": "tidak",
    "RW-01": "tidak",
    "RW-04": "tidak",
    "TP-14": "tidak",
    "TP-15": "tidak",
}
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
