"""What a case file holds, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from checklist.vocabulary import Answer, Band, CaseAction, Strength
from profiling.services.case_list import CaseItem
from profiling.services.interview_views import InterviewView
from profiling.services.watchlist import EntryView


class Provenance(StrEnum):
    """Where a fact comes from."""

    STATED = "stated"
    VERIFIED = "verified"
    COMPUTED = "computed"
    OBSERVED = "observed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that is known, with what was noted and where it comes from."""

    code: str
    text: str = field(repr=False)
    note: str | None = field(repr=False)
    provenance: Provenance
    is_adverse: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing that was asked or needed and is not known."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All evidence of a version: what stands out, the other answers, what is unknown."""

    adverse: tuple[Evidence, ...]
    other: tuple[Evidence, ...]
    unknown: tuple[Unknown, ...]


class Adjustment(StrEnum):
    """Why a dimension has other points than its facts add up to."""

    WEAK_CAP = "weak_cap"
    NOT_BELOW_ZERO = "not_below_zero"


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """One row of the explanation; `counted_by` names the fact that says the same already."""

    code: str
    text: str
    strength: Strength | None
    points: int
    counted_by: str | None = None
    adjustment: Adjustment | None = None


@dataclass(frozen=True, slots=True)
class ExplainedDimension:
    """One dimension with its rows; the points are those that were stored."""

    code: str
    label: str
    facts: tuple[ExplainedFact, ...]
    points: int
    is_positive: bool


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """Facts that would give another band if they turned out otherwise."""

    facts: tuple[str, ...]
    answer: Answer
    band: Band


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the rules gave this band, from the version of the rules that gave it."""

    rules_version: str
    limit: int
    band: Band
    band_max: Band
    dimensions: tuple[ExplainedDimension, ...]
    changes: tuple[SmallestChange, ...]
    unknown: int


class LinkKind(StrEnum):
    """What two applications have in common."""

    NIK = "nik"
    HOUSEHOLD = "household"
    PHONE = "phone"
    THIRD_PHONE = "third_phone"
    THIRD_LICENCE = "third_licence"


class Confidence(StrEnum):
    """How far a link is established."""

    VERIFIED = "verified"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class LinkedInterview:
    """One application at the other end; its person is named only where there is a case."""

    interview_id: str
    receipt_no: int
    receipt_year: int
    sealed_on: date
    office: str
    case_id: str | None
    case_number: str | None
    name: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseLink:
    """One thing that this application shares with others, one step away."""

    kind: LinkKind
    value: str = field(repr=False)
    role: str | None
    households: int
    applications: int
    last_seen: date
    confidence: Confidence
    interviews: tuple[LinkedInterview, ...]
    watched: tuple[EntryView, ...] = ()


class TimelineKind(StrEnum):
    """What kind of thing happened, for the filter."""

    INTERVIEW = "interview"
    DECISION = "decision"
    FINDING = "finding"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: words by `action`, further words in `facts`."""

    at: datetime
    kind: TimelineKind
    action: str
    who: str
    text: str | None = field(default=None, repr=False)
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case file for one reader; what that reader may not see now is absent."""

    item: CaseItem
    allowed: frozenset[CaseAction]
    why_not: str | None
    opened_at: datetime
    today: date
    waiting_for: str | None
    interview: InterviewView | None
    evidence: Bundle | None
    explanation: Explanation | None
    links: tuple[CaseLink, ...]
    timeline: tuple[TimelineEntry, ...]
