"""The rows that one sealed version consists of, with personal fields as ciphertext."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import orjson

from checklist.assessment import Assessment as Result
from checklist.facts import Facts
from checklist.instrument import Instrument
from checklist.reasons import next_question
from checklist.routing import expand_gates
from checklist.submission import Submission
from checklist.vocabulary import Answer
from profiling.records import InterviewVersion, ThirdParty
from profiling.services.history import Keys, PartyKeys
from profiling.services.identifiers import new_id
from profiling.services.people import Locker, normal_licence, normal_phone

Row = dict[str, Any]

_FACTS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A submission with the result that the rules gave it."""

    submission: Submission
    result: Result
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Sealing:
    """What is the same for all rows of one sealed version."""

    interview_id: str
    version: int
    kind: str
    reason: str | None
    account_id: str
    sealed_at: datetime


def version_row(outcome: Outcome, sealing: Sealing, keys: Keys, locker: Locker) -> Row:
    """Return the row of a sealed version."""
    submission, instrument = outcome.submission, outcome.instrument
    row_id = new_id()
    given = submission.sheet.given
    answers = {**expand_gates(given, instrument), **given}
    return {
        "id": row_id,
        "interview_id": sealing.interview_id,
        "version": sealing.version,
        "kind": sealing.kind,
        "reason_enc": locker.seal(InterviewVersion, row_id, "reason", sealing.reason),
        "account_id": sealing.account_id,
        "sealed_at": sealing.sealed_at,
        **_visit_columns(submission),
        **_applicant_columns(submission, row_id, keys, locker),
        **_journey_columns(submission),
        "answers": answers_text(answers),
        "answers_coded": submission.sheet.answers.codes,
        "set_by_gate": " ".join(sorted(submission.sheet.set_by_gate)),
        "routed": len(submission.sheet.routed),
        "answered": submission.sheet.answered,
        "notes_enc": locker.seal_json(
            InterviewVersion, row_id, "notes", dict(submission.sheet.notes)
        ),
        "judgement": str(submission.judgement),
        "judgement_reason_enc": locker.seal(
            InterviewVersion, row_id, "judgement_reason", submission.judgement_reason
        ),
        "instrument_version": submission.instrument,
        "instrument_sha256": instrument.sha256,
    }


def answers_text(answers: Mapping[str, Answer]) -> str:
    """Return the answers as canonical JSON; codes and words are plain, so nothing is composed."""
    return orjson.dumps(answers, option=orjson.OPT_SORT_KEYS).decode()


def assessment_row(version_id: str, result: Result, at: datetime) -> Row:
    """Return the row of an assessment."""
    return {
        "version_id": version_id,
        "assessed_at": at,
        "rules_version": result.rules.rules.version,
        "rules_sha256": result.rules.rules.sha256,
        "facts": stored_facts(result.record.facts),
        **result_columns(result),
    }


def result_columns(result: Result) -> Row:
    """Return what the rules said, as stored: what a replay works out again."""
    points = result.dimensions
    return {
        "tp": points["TP"],
        "dr": points["DR"],
        "cr": points["CR"],
        "av": points["AV"],
        "identity": points["ID"],
        "rw": points["RW"],
        "positive": " ".join(result.positive),
        "fired": " ".join(result.fired),
        "removed": dict(result.removed),
        "ignored": " ".join(result.ignored),
        "band": str(result.band),
        "band_max": str(result.band_max),
        "papers": str(result.papers),
        "next_question": next_question(result),
    }


def third_party_rows(
    submission: Submission, version: Row, keyed: Sequence[PartyKeys], locker: Locker
) -> list[Row]:
    """Return a row for each third party; `keyed` gives their digests in the same order."""
    rows = []
    for position, (party, party_keys) in enumerate(
        zip(submission.third_parties, keyed, strict=True)
    ):
        row_id = new_id()
        rows.append(
            {
                "id": row_id,
                "version_id": version["id"],
                "interview_id": version["interview_id"],
                "position": position,
                "role": str(party.role),
                "name_enc": locker.seal(ThirdParty, row_id, "name", party.name),
                "phone_enc": locker.seal(ThirdParty, row_id, "phone", normal_phone(party.phone)),
                "phone_idx": party_keys.phone,
                "address_enc": locker.seal(ThirdParty, row_id, "address", party.address),
                "licence_enc": locker.seal(
                    ThirdParty, row_id, "licence", normal_licence(party.licence)
                ),
                "licence_idx": party_keys.licence,
                "household_idx": version["household_idx"],
                "sealed_at": version["sealed_at"],
            }
        )
    return rows


def stored_facts(facts: Facts) -> Row:
    """Return the facts as stored: what a replay reads, dates as ISO text."""
    row: Row = {name: getattr(facts, name) for name in _FACTS}
    row["interview_date"] = facts.interview_date.isoformat()
    return row


def _visit_columns(submission: Submission) -> Row:
    visit = submission.visit
    return {
        "channel": str(visit.channel),
        "started_at": visit.started_at,
        "finished_at": visit.finished_at,
        "companion": visit.companion,
        "interpreter": visit.interpreter,
        "notice_version": visit.notice_version,
    }


def _applicant_columns(submission: Submission, row_id: str, keys: Keys, locker: Locker) -> Row:
    applicant = submission.applicant

    def sealed(field: str, text: str | None) -> bytes | None:
        return locker.seal(InterviewVersion, row_id, field, text)

    return {
        "nik_enc": sealed("nik", applicant.nik),
        "nik_idx": keys.nik,
        "name_enc": sealed("name", applicant.name),
        "birth_date": applicant.birth_date,
        "sex": str(applicant.sex),
        "phone_enc": sealed("phone", normal_phone(applicant.phone)),
        "phone_idx": keys.phone,
        "kk_number_enc": sealed("kk_number", applicant.kk_number),
        "household_idx": keys.household,
        "mother_name_enc": sealed("mother_name", applicant.mother_name),
        "guardian_enc": sealed("guardian", applicant.guardian),
        "regency": applicant.regency,
        "district": applicant.district,
        "village": applicant.village,
    }


def _journey_columns(submission: Submission) -> Row:
    journey, passport = submission.journey, submission.passport
    return {
        "purpose": str(journey.purpose),
        "destination": journey.destination,
        "departure_date": journey.departure_date,
        "stay_days": journey.stay_days,
        "documents": {code: str(state) for code, state in journey.documents.items()},
        "passport": {
            "service": str(passport.service),
            "issued": passport.issued.isoformat() if passport.issued else None,
            "event_date": passport.event_date.isoformat() if passport.event_date else None,
            "replacements_5y": passport.replacements_5y,
        }
        if passport
        else {},
    }
