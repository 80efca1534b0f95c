"""Sealed interviews of each band, for the pages that come after the seal."""

from typing import Any

from profiling.records import Interview, InterviewVersion
from tests.support.cases import seal
from tests.support.submissions import make_submission, red_submission

MISSING = {"documents": {"SURAT-PPIU": "missing"}}
YELLOW = {
    "GT-1": "ya",
    "PK-02": "ya",
    "FN-02": "ya",
    "TP-05": "ya",
    "TP-06": "ya",
    "TP-08": "ya",
    "DC-04": "ya",
    "TP-14": "td",
    "GT-3": "ya",
    "PK-06": "td",
    "PK-07": "tidak",
    "PK-08": "tidak",
}
NOTE = "Pak Munir mendaftarkan M-Paspor."


def yellow_submission(**changes: Any) -> dict[str, Any]:
    """Return the payload of an applicant about whom things are to be made clear: kuning."""
    noted = ("PK-02", "FN-02", "TP-05", "TP-06", "TP-08", "DC-04")
    fields = {
        "answers": YELLOW,
        "notes": dict.fromkeys(noted, NOTE),
        "officer_judgement": "perdalam",
        "judgement_reason": "Belum jelas siapa yang mengurus.",
        **MISSING,
    }
    return make_submission(**{**fields, **changes})


PAYLOADS = {
    "hijau": make_submission,
    "kuning": yellow_submission,
    "merah": red_submission,
}


def seal_band(database: Any, actor: Any, band: str, **changes: Any) -> str:
    """Seal an interview of this band; returns its id."""
    return str(seal(database, actor, PAYLOADS[band](**changes)))


def head_of(database: Any, interview_id: str) -> Interview:
    """Return the head of an interview as stored."""
    with database.reading() as session:
        return session.get_one(Interview, interview_id)  # type: ignore[no-any-return]


def versions_of(database: Any, interview_id: str) -> list[InterviewVersion]:
    """Return the sealed versions of an interview as stored, oldest first."""
    with database.reading() as session:
        query = session.query(InterviewVersion).filter_by(interview_id=interview_id)
        return list(query.order_by(InterviewVersion.version))
