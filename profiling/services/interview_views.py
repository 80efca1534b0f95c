"""What a sealed interview holds, opened for a person who may read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """Who applied, as sealed."""

    nik: str | None = field(repr=False)
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: str
    phone: str | None = field(repr=False)
    kk_number: str | None = field(repr=False)
    mother_name: str | None = field(repr=False)
    guardian: str | None = field(repr=False)
    regency: str | None
    district: str | None
    village: str | None


@dataclass(frozen=True, slots=True)
class ThirdPartyView:
    """Somebody named by the applicant."""

    position: int
    role: str
    name: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    address: str | None = field(repr=False)
    licence: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """What the rules said of a version."""

    rules_version: str
    rules_sha256: str
    facts: Mapping[str, Any]
    points: Mapping[str, int]
    positive: tuple[str, ...]
    fired: tuple[str, ...]
    removed: Mapping[str, str]
    ignored: tuple[str, ...]
    band: str
    band_max: str
    papers: str
    next_question: str | None
    assessed_at: datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """One sealed version; a voiding version has no assessment."""

    id: str
    version: int
    kind: str
    reason: str | None = field(repr=False)
    officer_id: str
    officer_name: str
    sealed_at: datetime
    channel: str
    started_at: datetime
    finished_at: datetime
    applicant: ApplicantView
    purpose: str
    destination: str | None
    departure_date: date | None
    stay_days: int | None
    documents: Mapping[str, str]
    passport: Mapping[str, Any]
    answers: Mapping[str, str] = field(repr=False)
    set_by_gate: tuple[str, ...]
    notes: Mapping[str, str] = field(repr=False)
    third_parties: tuple[ThirdPartyView, ...]
    companion: bool | None
    interpreter: bool | None
    judgement: str
    judgement_reason: str | None = field(repr=False)
    notice_version: str | None
    instrument_version: str
    instrument_sha256: str
    assessment: AssessmentView | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision, confirmation, return or lapse."""

    sequence: int
    interview_version: int
    kind: str
    disposition: str | None
    reason: str | None = field(repr=False)
    reason_code: str | None
    person_id: str
    person_no: str
    person_name: str
    role: str
    decided_at: datetime
    tunda_until: datetime | None


@dataclass(frozen=True, slots=True)
class InterviewView:
    """An interview with all its versions and decisions, oldest first."""

    id: str
    application_no: str
    office: str
    officer_id: str
    officer_name: str
    receipt_year: int
    receipt_no: int
    sealed_at: datetime
    state: str
    first_band: str
    band: str
    papers: str
    disposition: str | None
    awaiting: str | None
    tunda_until: datetime | None
    voided: bool
    version: int
    versions: tuple[VersionView, ...]
    decisions: tuple[DecisionView, ...]
    is_blind: bool = False

    @property
    def current(self) -> VersionView:
        """The version that holds now."""
        return self.versions[-1]

    def without_result(self) -> "InterviewView":
        """Return the same without band, judgement and decisions: what a blind reading shows."""
        versions = tuple(
            replace(version, assessment=None, judgement="", judgement_reason=None)
            for version in self.versions
        )
        return replace(
            self,
            first_band="",
            band="",
            disposition=None,
            awaiting=None,
            tunda_until=None,
            state="sealed",
            versions=versions,
            decisions=(),
            is_blind=True,
        )
