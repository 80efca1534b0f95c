"""One interview as it was handed in, checked and canonical."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklist.canonical import Json
from checklist.coding import Answers
from checklist.facts import (
    Facts,
    SystemChecks,
    age_on,
    missing_documents,
    nik_disagrees,
    replacement_months,
)
from checklist.instrument import Instrument
from checklist.nik import NikWarning
from checklist.vocabulary import (
    Answer,
    Channel,
    Judgement,
    PaperState,
    PassportService,
    Purpose,
    Sex,
    ThirdPartyRole,
)


@dataclass(frozen=True, slots=True, repr=False)
class Applicant:
    """Who asks for the passport, as on the card."""

    nik: str | None
    name: str
    birth_date: date
    sex: Sex
    phone: str | None = None
    kk_number: str | None = None
    mother_name: str | None = None
    regency: str | None = None
    district: str | None = None
    village: str | None = None
    guardian: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Passport:
    """Which passport service is asked for, and what happened to the last one."""

    service: PassportService
    issued: date | None = None
    event_date: date | None = None
    replacements_5y: int | None = None

    @property
    def months_in_use(self) -> int | None:
        """Whole months from issue to loss or damage; None for any other service."""
        return replacement_months(self.service, issued=self.issued, event_date=self.event_date)


@dataclass(frozen=True, slots=True, repr=False)
class ThirdParty:
    """Somebody else in this journey, by the applicant's account."""

    role: ThirdPartyRole
    name: str | None = None
    phone: str | None = None
    address: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """Where, when and how the interview was held."""

    office: str
    application_no: str | None
    channel: Channel
    started_at: datetime
    finished_at: datetime
    interview_date: date
    companion: bool | None
    interpreter: bool | None
    notice_version: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Journey:
    """The stated journey and its papers."""

    purpose: Purpose
    destination: str | None
    departure_date: date | None
    stay_days: int | None
    documents: Mapping[str, PaperState]


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """The answers: as given, worked out for every question, and which questions were asked."""

    given: Mapping[str, Answer]
    answers: Answers
    set_by_gate: frozenset[str]
    notes: Mapping[str, str]
    routed: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many of the routed questions have a ya or tidak, or an answer of that kind."""
        return sum(self.answers.get(code) not in (None, Answer.TD) for code in self.routed)


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """Everything that is sealed; its values never show in a log."""

    instrument: str
    visit: Visit
    applicant: Applicant
    journey: Journey
    passport: Passport | None
    third_parties: tuple[ThirdParty, ...]
    sheet: Sheet
    judgement: Judgement
    judgement_reason: str | None
    warnings: tuple[NikWarning, ...]

    @property
    def age(self) -> int:
        """The declared age on the interview date."""
        return age_on(self.applicant.birth_date, self.visit.interview_date)

    def facts(self, instrument: Instrument, system: SystemChecks) -> Facts:
        """Return the computed inputs of the rules, with what the system looked up."""
        journey, on, passport = self.journey, self.visit.interview_date, self.passport
        applicant = self.applicant
        return Facts(
            purpose=journey.purpose,
            interview_date=on,
            age=self.age,
            destination=journey.destination,
            stay_days=journey.stay_days,
            missing_documents=missing_documents(
                instrument.papers_for(journey.purpose, on), journey.documents
            ),
            nik_disagrees=nik_disagrees(
                applicant.nik, birth_date=applicant.birth_date, sex=applicant.sex
            ),
            prior_np_refusal_days=system.prior_np_refusal_days,
            prior_np_refusal_purpose=system.prior_np_refusal_purpose,
            shared_contact_households_90d=system.shared_contact_households_90d,
            shared_third_party_households_180d=system.shared_third_party_households_180d,
            watchlist_hit=system.watchlist_hit,
            replacement_months=passport.months_in_use if passport else None,
            replacements_5y=passport.replacements_5y if passport else None,
        )

    def as_json(self) -> dict[str, Json]:
        """Return the payload this came from, canonical: what is sealed and digested."""
        visit, journey = self.visit, self.journey
        return {
            "office": visit.office,
            "application_no": visit.application_no,
            "applicant": _plain(self.applicant),
            "purpose": journey.purpose,
            "destination": journey.destination,
            "departure_date": _iso(journey.departure_date),
            "stay_days": journey.stay_days,
            "instrument": self.instrument,
            "documents": dict(journey.documents),
            "passport": self.passport and _plain(self.passport),
            "answers": dict(self.sheet.given),
            "notes": dict(self.sheet.notes),
            "third_parties": [_plain(party) for party in self.third_parties],
            "companion": visit.companion,
            "interpreter": visit.interpreter,
            "officer_judgement": self.judgement,
            "judgement_reason": self.judgement_reason,
            "notice_version": visit.notice_version,
            "started_at": visit.started_at.isoformat(),
            "finished_at": visit.finished_at.isoformat(),
            "channel": visit.channel,
        }


def _plain(part: Any) -> dict[str, Json]:
    return {name: _iso(getattr(part, name)) for name in part.__dataclass_fields__}


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
