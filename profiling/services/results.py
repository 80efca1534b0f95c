"""What an officer, or the supervisor who decides, reads of a sealed interview: words, no points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from checklist.assessment import Assessment
from checklist.facts import age_on
from checklist.instrument import Instrument, Paper
from checklist.loading import load
from checklist.vocabulary import (
    Band,
    Disposition,
    Judgement,
    Outcome,
    Papers,
    PaperState,
    Purpose,
)
from profiling import clock
from profiling.errors import NotFound
from profiling.records import Interview
from profiling.security.access import Actor, Role
from profiling.services import decision_rules
from profiling.services.case_explanation import assessed_again
from profiling.services.decisions import TUNDA_DAYS, last_day_of_tunda
from profiling.services.interview_reading import read_interview
from profiling.services.interview_views import AssessmentView, InterviewView, VersionView
from profiling.services.office_time import today_of, zone_of
from profiling.services.reasons import Heard, Reason, for_officer

_READERS = frozenset({Role.OFFICER, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """A paper that is still needed; of papers that stand for each other the label names all."""

    codes: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """The one question whose answer would clarify most."""

    code: str
    say: str
    ask: str


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """The reasons of one dimension, under its plain name."""

    heading: str
    reasons: tuple[Reason, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class VersionResult:
    """What the rules said of one sealed version, in words.

    `adverse_unknown` counts the open answers that could weigh; `unknown` names all open ones.
    """

    version: VersionView
    band: Band
    band_max: Band
    papers: Papers
    groups: tuple[ReasonGroup, ...]
    unknown: tuple[str, ...]
    adverse_unknown: int
    question: Question | None
    missing: tuple[MissingPaper, ...]

    @property
    def stored(self) -> AssessmentView:
        """The assessment as it was stored."""
        if self.version.assessment is None:
            raise ValueError(self.version.id)
        return self.version.assessment


@dataclass(frozen=True, slots=True)
class ResultView:
    """A sealed interview with its results, oldest first, and what this person may do now."""

    interview: InterviewView
    results: tuple[VersionResult, ...]
    age: int
    is_child: bool
    is_own: bool
    allowed: tuple[Disposition, ...]
    offered: Disposition | None
    is_agreed: bool
    last_day: date
    outcome: Outcome | None
    is_case_closed: bool

    @property
    def current(self) -> VersionResult:
        """The result that counts."""
        return self.results[-1]

    @property
    def purpose(self) -> Purpose:
        """The stated purpose."""
        return Purpose(self.current.version.purpose)

    @property
    def may_add(self) -> bool:
        """Whether answers or papers can still be added."""
        if self.interview.voided:
            return False
        return bool(self.current.missing or (self.is_own and self.current.unknown))

    @property
    def is_settled(self) -> bool:
        """Whether a decision stands that nothing has overtaken: completed papers have."""
        is_completed = self.interview.disposition == Disposition.TUNDA and not self.current.missing
        return self.interview.state == "decided" and not is_completed

    @property
    def may_correct(self) -> bool:
        """Whether this person may correct or void it."""
        return self.is_own and not self.interview.voided


def read_result(session: Session, actor: Actor, interview_id: str, *, lang: str) -> ResultView:
    """Return a sealed interview as an officer reads it; raises NotFound for anybody else."""
    if actor.role not in _READERS:
        raise NotFound
    view = read_interview(session, actor, interview_id)
    head = session.get_one(Interview, interview_id)
    results = tuple(
        _result(version, version.assessment, lang)
        for version in view.versions
        if version.assessment is not None
    )
    current = results[-1]
    judgement = Judgement(current.version.judgement)
    instrument = load(current.version.instrument_version)
    seen = clock.local_date(current.version.started_at, zone_of(session))
    age = age_on(current.version.applicant.birth_date, seen)
    allowed = decision_rules.allowed_dispositions(session, actor, head)
    word = decision_rules.closed_outcome(session, head)
    return ResultView(
        interview=view,
        results=results,
        age=age,
        is_child=age < instrument.adult_age,
        is_own=view.officer_id == actor.id,
        allowed=allowed,
        offered=None if word else _offered(actor, current, judgement, allowed),
        is_agreed=decision_rules.agreed(judgement, current.band),
        last_day=_last_day(session, view),
        outcome=Outcome(word) if word and actor.role is Role.SUPERVISOR else None,
        is_case_closed=word is not None,
    )


def _offered(
    actor: Actor,
    current: VersionResult,
    judgement: Judgement,
    allowed: tuple[Disposition, ...],
) -> Disposition | None:
    """Return the one decision to offer to an officer who agrees with the rules."""
    offered = decision_rules.prefilled(judgement, current.band, current.papers)
    return offered if actor.role is Role.OFFICER and offered in allowed else None


def missing_papers(
    papers: Sequence[Paper], states: Mapping[str, str], lang: str
) -> tuple[MissingPaper, ...]:
    """Return the obligatory papers seen to be missing, those of one group together."""
    by_group: dict[str, list[Paper]] = {}
    for paper in papers:
        by_group.setdefault(paper.group or paper.code, []).append(paper)
    return tuple(
        MissingPaper(
            codes=tuple(paper.code for paper in group),
            label=" / ".join(paper.label.of(lang) for paper in group),
        )
        for group in by_group.values()
        if _is_missing([states.get(paper.code) for paper in group])
    )


def _is_missing(seen: list[str | None]) -> bool:
    is_present = {PaperState.VERIFIED, PaperState.UNVERIFIED}.intersection(seen)
    return not is_present and PaperState.MISSING in seen


def _result(version: VersionView, stored: AssessmentView, lang: str) -> VersionResult:
    instrument = load(version.instrument_version)
    again = assessed_again(version, stored)
    on = date.fromisoformat(stored.facts["interview_date"])
    return VersionResult(
        version=version,
        band=Band(stored.band),
        band_max=Band(stored.band_max),
        papers=Papers(stored.papers),
        groups=_groups(version, stored, instrument, lang),
        unknown=again.unknown,
        adverse_unknown=_adverse(again, instrument),
        question=_question(version, stored, instrument, lang),
        missing=missing_papers(instrument.papers_for(version.purpose, on), version.documents, lang),
    )


def _groups(
    version: VersionView, stored: AssessmentView, instrument: Instrument, lang: str
) -> tuple[ReasonGroup, ...]:
    heard = Heard(stored.fired, version.answers, version.notes)
    reasons = for_officer(heard, instrument=instrument, lang=lang)
    return tuple(
        ReasonGroup(heading, tuple(group))
        for heading, group in groupby(reasons, key=lambda reason: reason.heading)
    )


def _adverse(again: Assessment, instrument: Instrument) -> int:
    return sum(not instrument.indicators[code].is_protective for code in again.unknown)


def _question(
    version: VersionView, stored: AssessmentView, instrument: Instrument, lang: str
) -> Question | None:
    if stored.next_question is None:
        return None
    screen = instrument.indicators[stored.next_question].screen
    is_child = stored.facts["age"] < instrument.adult_age
    asked = screen.question(purpose=Purpose(version.purpose), is_child=is_child)
    return Question(stored.next_question, screen.say.of(lang), asked.of(lang))


def _last_day(session: Session, view: InterviewView) -> date:
    """Return until when papers can be completed: as decided, else if it were postponed now."""
    if view.tunda_until is not None:
        return last_day_of_tunda(session, view.tunda_until)
    today = today_of(session)
    return today + timedelta(days=TUNDA_DAYS)
