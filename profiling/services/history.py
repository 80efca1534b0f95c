"""What earlier records say about an application: same person, shared contacts, watch list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from checklist.facts import SystemChecks
from checklist.instrument import Instrument
from checklist.submission import Submission
from checklist.vocabulary import Disposition, Purpose, ReasonCode
from profiling.clock import local_date
from profiling.records import (
    Decision,
    Interview,
    InterviewVersion,
    ThirdParty,
    WatchlistEntry,
)
from profiling.records.prepared import Prepared, Question
from profiling.services.people import index_of, normal_licence, normal_phone

_CONTACT_WINDOW = timedelta(days=90)
_THIRD_PARTY_WINDOW = timedelta(days=180)


_LATER = aliased(Decision)
_TAKEN_BACK = exists().where(
    _LATER.interview_id == Decision.interview_id,
    _LATER.sequence > Decision.sequence,
    or_(_LATER.kind == "kembali", _LATER.disposition == Disposition.LANJUT.value),
)
_FOR_IRREGULAR_LABOUR = or_(
    Decision.disposition == Disposition.TOLAK_NP.value,
    and_(
        or_(
            Decision.disposition == Disposition.TUNDA.value,
            Decision.disposition == Disposition.TANGGUH.value,
        ),
        Decision.reason_code == ReasonCode.NP.value,
    ),
)

IN_FORCE = and_(InterviewVersion.version == Interview.current_version, Interview.voided.is_(False))
"""The version that holds: a corrected interview is one household, not two."""

# Statements are built once: building one costs more than running it.
_PRIOR_REFUSAL = Prepared(
    select(Decision.decided_at, Interview.purpose)
    .join(Interview, Interview.id == Decision.interview_id)
    .join(InterviewVersion, InterviewVersion.interview_id == Interview.id)
    .where(
        InterviewVersion.nik_idx == bindparam("nik"),
        Interview.id != bindparam("interview"),
        Interview.application_no != bindparam("application"),
        Interview.voided.is_(False),
        Decision.kind == "keputusan",
        _FOR_IRREGULAR_LABOUR,
        ~_TAKEN_BACK,
    )
    .order_by(Decision.decided_at.desc())
    .limit(1)
)
_HOUSEHOLDS_OF_CONTACT = Prepared(
    select(func.count(func.distinct(InterviewVersion.household_idx)))
    .join(Interview, Interview.id == InterviewVersion.interview_id)
    .where(
        InterviewVersion.phone_idx == bindparam("phone"),
        InterviewVersion.sealed_at >= bindparam("since"),
        InterviewVersion.household_idx != bindparam("household"),
        Interview.id != bindparam("interview"),
        IN_FORCE,
    )
)


@dataclass(frozen=True, slots=True)
class PartyKeys:
    """The keyed digests of one third party."""

    phone: bytes | None
    licence: bytes | None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keyed digests by which an application is compared with earlier records."""

    nik: bytes | None
    phone: bytes | None
    household: bytes
    parties: tuple[PartyKeys, ...]

    @property
    def named(self) -> list[bytes]:
        """All digests of third parties."""
        return [key for party in self.parties for key in (party.phone, party.licence) if key]


@dataclass(frozen=True, slots=True)
class Moment:
    """Which interview is looked up for, and when."""

    interview_id: str
    application_no: str
    at: datetime


def keys_of(session: Session, submission: Submission, interview_id: str) -> Keys:
    """Return the digests to compare a submission by.

    A household is its family card number, else its NIK, else this interview alone.
    """
    applicant = submission.applicant
    household = applicant.kk_number or applicant.nik or interview_id
    return Keys(
        nik=index_of(session, "nik", applicant.nik),
        phone=index_of(session, "phone", normal_phone(applicant.phone)),
        household=index_of(session, "household", household) or b"",
        parties=tuple(
            PartyKeys(
                index_of(session, "phone", normal_phone(party.phone)),
                index_of(session, "licence", normal_licence(party.licence)),
            )
            for party in submission.third_parties
        ),
    )


def questions(keys: Keys, moment: Moment) -> list[Question]:
    """Return what `look_up` asks of most applications, to be asked ahead."""
    asked = []
    if keys.nik is not None:
        asked.append(_refusal_of(keys.nik, moment))
    if keys.phone is not None:
        asked.append(_contact_of(keys.phone, keys, moment))
    return asked


def look_up(session: Session, keys: Keys, moment: Moment, instrument: Instrument) -> SystemChecks:
    """Compare an application with all earlier records, nationwide."""
    on = local_date(moment.at, session.info["settings"].timezone)
    licensed = licensed_keys(session, instrument, on)
    days, purpose = _prior_refusal(session, keys.nik, moment, on)
    has_named = bool(keys.named)
    return SystemChecks(
        prior_np_refusal_days=days,
        prior_np_refusal_purpose=Purpose(purpose) if purpose else None,
        shared_contact_households_90d=_shared_contact(session, keys, moment, licensed),
        shared_third_party_households_180d=(
            _shared_third_party(session, keys, moment, licensed) if has_named else None
        ),
        watchlist_hit=_is_watched(session, keys.named, on) if has_named else None,
    )


def licensed_keys(session: Session, instrument: Instrument, on: date) -> frozenset[bytes]:
    """Return the digests of phones and licences of bureaus that lawfully serve many."""
    cache = session.info["memory"]
    key = ("licensed", instrument.sha256, on)
    if key not in cache:
        bureaus = instrument.licensed_bureaus(on)
        phones = (index_of(session, "phone", normal_phone(each.phone)) for each in bureaus)
        licences = (index_of(session, "licence", normal_licence(each.licence)) for each in bureaus)
        cache[key] = frozenset(digest for digest in (*phones, *licences) if digest)
    licensed: frozenset[bytes] = cache[key]
    return licensed


def _prior_refusal(
    session: Session, nik: bytes | None, moment: Moment, on: date
) -> tuple[int | None, str | None]:
    """Return the days since, and the purpose of, the latest decision for irregular labour."""
    if nik is None:
        return None, None
    statement, values = _refusal_of(nik, moment)
    found = statement.first(session, values)
    if found is None:
        return None, None
    decided_at, purpose = found
    decided_on = local_date(decided_at, session.info["settings"].timezone)
    return max(0, (on - decided_on).days), purpose


def _refusal_of(nik: bytes, moment: Moment) -> Question:
    return _PRIOR_REFUSAL, {
        "nik": nik,
        "interview": moment.interview_id,
        "application": moment.application_no,
    }


def _shared_contact(
    session: Session, keys: Keys, moment: Moment, licensed: frozenset[bytes]
) -> int | None:
    if keys.phone is None:
        return None
    if keys.phone in licensed:
        return 0
    statement, values = _contact_of(keys.phone, keys, moment)
    counted = statement.first(session, values)
    return counted[0] if counted else 0


def _contact_of(phone: bytes, keys: Keys, moment: Moment) -> Question:
    return _HOUSEHOLDS_OF_CONTACT, {
        "phone": phone,
        "since": moment.at - _CONTACT_WINDOW,
        "household": keys.household,
        "interview": moment.interview_id,
    }


def _shared_third_party(
    session: Session, keys: Keys, moment: Moment, licensed: frozenset[bytes]
) -> int:
    """Return how many other households name the same third party; the most of all named."""
    unlicensed = [party for party in keys.parties if not licensed & {party.phone, party.licence}]
    phones = [party.phone for party in unlicensed if party.phone]
    licences = [party.licence for party in unlicensed if party.licence]
    seen_from = (keys.household, moment)
    counts = [
        *_households_by(session, ThirdParty.phone_idx, phones, seen_from),
        *_households_by(session, ThirdParty.licence_idx, licences, seen_from),
    ]
    return max(counts, default=0)


def _households_by(
    session: Session,
    column: InstrumentedAttribute[bytes | None],
    values: Sequence[bytes],
    seen_from: tuple[bytes, Moment],
) -> list[int]:
    if not values:
        return []
    household, moment = seen_from
    rows = session.execute(
        select(func.count(func.distinct(ThirdParty.household_idx)))
        .join(Interview, Interview.id == ThirdParty.interview_id)
        .join(InterviewVersion, InterviewVersion.id == ThirdParty.version_id)
        .where(
            column.in_(values),
            ThirdParty.sealed_at >= moment.at - _THIRD_PARTY_WINDOW,
            ThirdParty.household_idx != household,
            Interview.id != moment.interview_id,
            IN_FORCE,
        )
        .group_by(column)
    )
    return [row[0] for row in rows]


def _is_watched(session: Session, values: Sequence[bytes], on: date) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(
                    WatchlistEntry.value_idx.in_(values),
                    WatchlistEntry.valid_from <= on,
                    WatchlistEntry.ended_at.is_(None),
                )
            )
        )
    )
