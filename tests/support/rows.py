"""Stored interviews, appointments and cases made directly, for tests of what reads them."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.coding import encode_answers
from checklist.loading import load
from profiling.records import (
    Account,
    Appointment,
    Assessment,
    Case,
    Decision,
    Interview,
    InterviewVersion,
    ThirdParty,
)
from profiling.security.access import system_actor
from profiling.services import audit
from profiling.services.identifiers import new_id
from profiling.services.people import index_of, new_person

ZONE = ZoneInfo("Asia/Jakarta")
_NUMBERS = iter(range(1, 10**9))


@dataclass
class Told:
    """An interview as a test tells it; what is left out is ordinary."""

    sealed_at: datetime = datetime(2026, 10, 12, 3, 0, tzinfo=UTC)
    office: str = "PMK"
    band: str = "hijau"
    papers: str = "lengkap"
    purpose: str = "UMR"
    destination: str | None = "SAU"
    sex: str = "P"
    birth_date: date = date(1990, 5, 17)
    village: str | None = "35.26.01.1001"
    answers: Mapping[str, str] = field(default_factory=lambda: {"TP-05": "tidak"})
    routed: int = 20
    answered: int = 20
    seconds: int = 170
    channel: str = "counter"
    voided: bool = False
    decision: str | None = "LANJUT"
    reason_code: str | None = None
    judgement: str = "lanjut"
    reread_share: str = "0.02"
    phone: str | None = None
    name: str = "SITI CONTOH"
    nik: str = "9901014101900001"
    third_party: str | None = None


@dataclass
class ToldCase:
    """A case of an interview as a test tells it."""

    origin: str = "merah"
    state: str = "baru"
    opened_at: datetime = datetime(2026, 10, 12, 3, 0, tzinfo=UTC)
    due_on: date = date(2026, 10, 15)
    closed_on: date | None = None
    outcome: str | None = None


def add_interview(session: Session, told: Told | None = None, *, appointment: bool = False) -> str:
    """Store one sealed interview; returns its id."""
    told = told or Told()
    number = next(_NUMBERS)
    interview_id, version_id, application = new_id(), new_id(), f"UJI-{number:07}"
    locker = new_person(session)
    account = session.scalars(select(Account.id).order_by(Account.username).limit(1)).one()
    if appointment:
        add_appointment(session, application, told.sealed_at, office=told.office)
    local = told.sealed_at.astimezone(ZONE)
    head = {
        "id": interview_id,
        "application_no": application,
        "office": told.office,
        "account_id": account,
        "person_id": locker.person_id,
        "receipt_year": local.year,
        "receipt_no": number,
        "sealed_at": told.sealed_at,
        "sealed_on": local.date(),
        "month": f"{local:%Y-%m}",
        "purpose": told.purpose,
        "first_band": told.band,
        "band": told.band,
        "papers": told.papers,
        "current_version": 1,
        "state": "decided" if told.decision else "sealed",
        "disposition": told.decision,
        "awaiting": None,
        "tunda_until": None,
        "voided": told.voided,
        "is_reread": False,
        "reread_share": told.reread_share,
        "version": 1,
    }
    audit.add_row(session, Interview, head)
    audit.add_row(session, InterviewVersion, _version(session, told, version_id, head, locker))
    audit.add_row(session, Assessment, _assessment(told, version_id))
    if told.third_party:
        audit.add_row(session, ThirdParty, _third_party(session, told, version_id, interview_id))
    if told.decision:
        audit.add_row(session, Decision, _decision(told, interview_id, account))
    _record(session, interview_id)
    return interview_id


def add_case(session: Session, interview_id: str, told: ToldCase, *, office: str = "PMK") -> str:
    """Store one case of an interview; returns its id."""
    case_id = new_id()
    values = {
        "id": case_id,
        "office": office,
        "year": told.opened_at.astimezone(ZONE).year,
        "number": next(_NUMBERS),
        "interview_id": interview_id,
        "origin": told.origin,
        "burst_key": None,
        "state": told.state,
        "opened_at": told.opened_at,
        "due_on": told.due_on,
        "holder_id": None,
        "is_blind": False,
        "is_child": False,
        "is_threat": False,
        "is_merah": told.origin == "merah",
        "waiting_for": None,
        "outcome": told.outcome,
        "first_finding_at": None,
        "closed_at": _noon(told.closed_on) if told.closed_on else None,
        "closed_on": told.closed_on,
        "version": 1,
    }
    audit.add_row(session, Case, values)
    _record(session, case_id)
    return case_id


def add_appointment(
    session: Session,
    application_no: str,
    slot: datetime,
    *,
    office: str = "PMK",
    status: str = "menunggu",
    is_walk_in: bool = False,
) -> None:
    """Store one appointment."""
    locker = new_person(session)
    values = dict.fromkeys(column.name for column in Appointment.__table__.columns)
    values |= {
        "application_no": application_no,
        "office": office,
        "slot": slot,
        "slot_on": slot.astimezone(ZONE).date(),
        "person_id": locker.person_id,
        "name_enc": locker.seal(Appointment, application_no, "name", "SITI CONTOH"),
        "status": status,
        "is_walk_in": is_walk_in,
        "imported_at": slot,
        "version": 1,
    }
    audit.add_row(session, Appointment, values)
    _record(session, application_no)


def drawn(rng: random.Random, *, year: int = 2026) -> Told:
    """Return an interview drawn at random, with every field that a report reads varied."""
    questions = load().questions
    day = date(year, 1, 1) + timedelta(days=rng.randrange(365))
    return Told(
        sealed_at=datetime(day.year, day.month, day.day, rng.randrange(24), tzinfo=UTC),
        office=rng.choice(["PMK", "PMK", "PMK-MPP-SPG", "K001"]),
        band=rng.choice(["hijau", "hijau", "kuning", "merah"]),
        papers=rng.choice(["lengkap", "tunda", "belum_diperiksa"]),
        purpose=rng.choice(["UMR", "WIS", "KRJ"]),
        destination=rng.choice(["SAU", "MYS", None]),
        sex=rng.choice(["L", "P"]),
        birth_date=date(1940, 1, 1) + timedelta(days=rng.randrange(30000)),
        village=rng.choice(["35.26.01.1001", "35.26.01.2002", "35.27.02.2001", None]),
        answers={
            code: rng.choice(["ya", "tidak", "td"])
            for code in questions
            if rng.random() < 0.6 and code not in ("ID-02", "ID-05")
        }
        | {"ID-02": "ejaan", "ID-05": rng.choice(["identitas_sama", "identitas_berbeda"])},
        routed=rng.randrange(15, 30),
        answered=rng.randrange(5, 15),
        seconds=rng.randrange(60, 400),
        channel=rng.choice(["counter", "mpp", "paper"]),
        voided=rng.random() < 0.1,
        decision=rng.choice([None, "LANJUT", "TUNDA", "RUJUK", "BATAL", "TOLAK-ADM"]),
        reason_code=rng.choice([None, "BERKAS", "NP"]),
    )


def _version(
    session: Session, told: Told, version_id: str, head: Mapping[str, Any], locker: Any
) -> dict[str, Any]:
    instrument = load()
    values = dict.fromkeys(column.name for column in InterviewVersion.__table__.columns)
    village = told.village
    values |= {
        "id": version_id,
        "interview_id": head["id"],
        "version": 1,
        "kind": "asli",
        "account_id": head["account_id"],
        "sealed_at": told.sealed_at,
        "channel": told.channel,
        "started_at": told.sealed_at - timedelta(seconds=told.seconds),
        "finished_at": told.sealed_at,
        "nik_enc": locker.seal(InterviewVersion, version_id, "nik", told.nik),
        "nik_idx": index_of(session, "nik", told.nik),
        "name_enc": locker.seal(InterviewVersion, version_id, "name", told.name),
        "birth_date": told.birth_date,
        "sex": told.sex,
        "phone_enc": locker.seal(InterviewVersion, version_id, "phone", told.phone),
        "phone_idx": index_of(session, "phone", told.phone),
        "household_idx": index_of(session, "household", told.nik),
        "regency": village[:5] if village else None,
        "district": village[:8] if village else None,
        "village": village,
        "purpose": told.purpose,
        "destination": told.destination,
        "departure_date": told.sealed_at.date() + timedelta(days=20),
        "stay_days": 12,
        "documents": {"PPIU": "verified"},
        "passport": {"service": "baru"},
        "answers": json.dumps(dict(told.answers)),
        "answers_coded": encode_answers(told.answers, instrument.questions),
        "set_by_gate": "",
        "routed": told.routed,
        "answered": told.answered,
        "judgement": told.judgement,
        "instrument_version": instrument.version,
        "instrument_sha256": instrument.sha256,
    }
    return values


def _assessment(told: Told, version_id: str) -> dict[str, Any]:
    fired = [code for code, answer in told.answers.items() if answer not in ("tidak", "td")]
    return {
        "version_id": version_id,
        "assessed_at": told.sealed_at,
        "rules_version": load().version,
        "rules_sha256": "0" * 64,
        "facts": {},
        **dict.fromkeys(("tp", "dr", "cr", "av", "identity", "rw"), 0),
        "positive": "",
        "fired": " ".join(fired),
        "removed": {},
        "ignored": "",
        "band": told.band,
        "band_max": told.band,
        "papers": told.papers,
        "next_question": None,
    }


def _third_party(
    session: Session, told: Told, version_id: str, interview_id: str
) -> dict[str, Any]:
    values = dict.fromkeys(column.name for column in ThirdParty.__table__.columns)
    values |= {
        "id": new_id(),
        "version_id": version_id,
        "interview_id": interview_id,
        "position": 1,
        "role": "agen",
        "phone_idx": index_of(session, "phone", told.third_party),
        "household_idx": index_of(session, "household", told.nik),
        "sealed_at": told.sealed_at,
    }
    return values


def _decision(told: Told, interview_id: str, account: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "interview_id": interview_id,
        "sequence": 1,
        "interview_version": 1,
        "kind": "keputusan",
        "disposition": told.decision,
        "reason_enc": None,
        "reason_code": told.reason_code,
        "account_id": account,
        "person_no": "P001",
        "role": "officer",
        "decided_at": told.sealed_at + timedelta(minutes=5),
        "tunda_until": None,
    }


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def _record(session: Session, subject: str) -> None:
    audit.record(session, system_actor(), action="test.fill", subject=("test", subject))
