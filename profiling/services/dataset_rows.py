"""The rows of the intelligence dataset, read in pieces: pseudonyms, answers, results, outcomes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from checklist.coding import decode_answers
from checklist.facts import age_on
from checklist.instrument import Instrument
from checklist.loading import load
from checklist.vocabulary import Band, CaseOrigin, CaseState, Outcome
from profiling.exchange.dataset_columns import HISTORY, Column
from profiling.records import Assessment, Case, Decision, Interview, InterviewVersion, ThirdParty
from profiling.reports.groups import age_band_of
from profiling.reports.interviews import FIRST_VERSION
from profiling.security.crypto import pseudonym
from profiling.security.keys import Keyring
from profiling.services.case_access import read_blind

PIECE = 2_000
_FIRST_DECISION = and_(Decision.interview_id == Interview.id, Decision.sequence == 1)
_FROM_FACTS = tuple(column.name for column in HISTORY)

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extent:
    """Which interviews are exported; `with_blind` takes in those that are being read blind."""

    offices: tuple[str, ...]
    first: date | None
    last: date | None
    with_blind: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to the interviews of one piece, by interview."""

    parties: Mapping[str, Sequence[Any]]
    cases: Mapping[str, Sequence[Any]]


def count_rows(session: Session, extent: Extent) -> int:
    """Return how many rows the export will have."""
    query = select(func.count()).select_from(Interview).where(*_conditions(extent))
    return session.scalar(query) or 0


def read_pieces(
    session: Session, extent: Extent, columns: Sequence[Column]
) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows in pieces, in the order of the seals; nothing else is kept in memory."""
    keyring: Keyring = session.info["keyring"]
    names = [column.name for column in columns]
    last = ""
    while True:
        piece = session.execute(_piece(extent, last)).all()
        if not piece:
            return
        last = piece[-1].Interview.id
        around = _around(session, [row.Interview.id for row in piece])
        yield [_row(row, around, keyring, names) for row in piece]
        session.expunge_all()


def _piece(extent: Extent, after: str) -> Select[Any]:
    records: list[Any] = [Interview, InterviewVersion, Assessment, Decision]
    return (
        select(*records)
        .join(InterviewVersion, FIRST_VERSION)
        .join(Assessment, Assessment.version_id == InterviewVersion.id)
        .outerjoin(Decision, _FIRST_DECISION)
        .where(Interview.id > after, *_conditions(extent))
        .order_by(Interview.id)
        .limit(PIECE)
    )


def _conditions(extent: Extent) -> list[ColumnElement[bool]]:
    conditions = [~Interview.voided, Interview.office.in_(extent.offices)]
    if extent.first:
        conditions.append(Interview.sealed_on >= extent.first)
    if extent.last:
        conditions.append(Interview.sealed_on <= extent.last)
    if not extent.with_blind:
        conditions.append(~exists().where(Case.interview_id == Interview.id, read_blind()))
    return conditions


def _around(session: Session, interviews: list[str]) -> Around:
    parties = session.execute(
        select(
            ThirdParty.interview_id,
            ThirdParty.role,
            ThirdParty.phone_idx,
            ThirdParty.licence_idx,
        )
        .join(InterviewVersion, InterviewVersion.id == ThirdParty.version_id)
        .where(ThirdParty.interview_id.in_(interviews), InterviewVersion.version == 1)
        .order_by(ThirdParty.position)
    )
    cases = session.execute(
        select(Case.interview_id, Case.origin, Case.state, Case.outcome)
        .where(Case.interview_id.in_(interviews))
        .order_by(Case.opened_at, Case.id)
    )
    return Around(_by_interview(parties), _by_interview(cases))


def _by_interview(rows: Iterable[Any]) -> Mapping[str, Sequence[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.interview_id].append(row)
    return found


def _row(row: Any, around: Around, keyring: Keyring, names: Sequence[str]) -> tuple[Any, ...]:
    head, version, assessment, decision = row
    parties = around.parties.get(head.id, ())
    values = {
        **_who(head, version, keyring),
        **_parties(parties, keyring),
        **_journey(head, version, assessment.facts),
        **_answers(version),
        **{name: assessment.facts.get(name) for name in _FROM_FACTS},
        **_result(assessment),
        "judgement": version.judgement,
        "decision": decision.disposition if decision else None,
        "decision_reason": decision.reason_code if decision else None,
        **_review(head, around.cases.get(head.id, ())),
    }
    return tuple(values.get(name) for name in names)


def _who(head: Interview, version: InterviewVersion, keyring: Keyring) -> dict[str, Any]:
    years = age_on(version.birth_date, head.sealed_on)
    return {
        "record_id": pseudonym(keyring, "interview", head.id),
        "person": _keyed(keyring, "person", version.nik_idx),
        "household": _keyed(keyring, "household", version.household_idx),
        "phone": _keyed(keyring, "phone", version.phone_idx),
        "office": head.office,
        "interview_date": head.sealed_on,
        "channel": version.channel,
        "sex": version.sex,
        "age_band": age_band_of(years),
        "is_child": years < load(version.instrument_version).adult_age,
        "regency": version.regency,
        "district": version.district,
    }


def _parties(parties: Sequence[Any], keyring: Keyring) -> dict[str, Any]:
    phones = [_keyed(keyring, "phone", party.phone_idx) for party in parties]
    licences = [_keyed(keyring, "licence", party.licence_idx) for party in parties]
    return {
        "third_party_phones": " ".join(filter(None, phones)) or None,
        "third_party_licences": " ".join(filter(None, licences)) or None,
        "third_party_roles": " ".join(party.role for party in parties) or None,
    }


def _journey(head: Interview, version: InterviewVersion, facts: Facts) -> dict[str, Any]:
    leaves = version.departure_date
    return {
        "purpose": version.purpose,
        "destination": version.destination,
        "stay_days": version.stay_days,
        "days_to_departure": (leaves - head.sealed_on).days if leaves else None,
        "missing_documents": facts.get("missing_documents"),
        "companion": version.companion,
        "interpreter": version.interpreter,
    }


def _answers(version: InterviewVersion) -> dict[str, Any]:
    instrument: Instrument = load(version.instrument_version)
    answers = decode_answers(version.answers_coded, instrument.questions)
    return {code: str(answer) for code, answer in answers.items()}


def _result(assessment: Assessment) -> dict[str, Any]:
    return {
        "TP": assessment.tp,
        "DR": assessment.dr,
        "CR": assessment.cr,
        "AV": assessment.av,
        "ID": assessment.id_,
        "RW": assessment.rw,
        "positive": assessment.positive or None,
        "fired": assessment.fired or None,
        "band": assessment.band,
        "band_max": assessment.band_max,
        "papers": assessment.papers,
        "ruleset": assessment.rules_version,
        "ruleset_sha256": assessment.rules_sha256,
    }


def _review(head: Interview, cases: Sequence[Any]) -> dict[str, Any]:
    """Return what the first case says, a concluded one before an open one."""
    closed = [case for case in cases if case.state == CaseState.DITUTUP and case.outcome]
    case = (closed or list(cases) or [None])[0]
    outcome = closed[0].outcome if closed else None
    return {
        "case_origin": case.origin if case else None,
        "case_outcome": outcome,
        "outcome": Outcome(outcome).training_label if outcome else None,
        "propensity": _propensity(head, cases),
    }


def _propensity(head: Interview, cases: Sequence[Any]) -> float | None:
    if any(case.origin != CaseOrigin.BACA_ULANG for case in cases):
        return 1.0
    return float(head.reread_share) if head.first_band == Band.HIJAU else None


def _keyed(keyring: Keyring, kind: str, index: bytes | None) -> str | None:
    """Return the pseudonym of what is only known by its keyed digest; nothing is opened for it."""
    return pseudonym(keyring, kind, index.hex()) if index else None
