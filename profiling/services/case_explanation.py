"""Why a version got its band: worked out again with the rules that gave it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from checklist.assessment import Assessment, Record, assess, load_rules
from checklist.coding import answers_of
from checklist.facts import Facts
from checklist.instrument import Instrument
from checklist.reasons import Reason, reasons_of, smallest_changes
from checklist.vocabulary import Answer, Band, Purpose, Strength
from profiling.services.case_subject import fact_line
from profiling.services.case_views import (
    Adjustment,
    ExplainedDimension,
    ExplainedFact,
    Explanation,
    SmallestChange,
)
from profiling.services.interview_views import AssessmentView, VersionView


def explain(version: VersionView, *, instrument: Instrument, lang: str) -> Explanation | None:
    """Explain the stored result; None where the version has none."""
    stored = version.assessment
    if stored is None:
        return None
    again = assessed_again(version, stored)
    return Explanation(
        rules_version=stored.rules_version,
        limit=again.rules.rules.positive_at,
        band=Band(stored.band),
        band_max=Band(stored.band_max),
        dimensions=tuple(
            _dimension(code, again, stored, (instrument, lang)) for code in stored.points
        ),
        changes=tuple(
            SmallestChange(
                tuple(fact_line(instrument.indicators[code], lang) for code in change.codes),
                change.answer,
                change.band,
            )
            for change in smallest_changes(again)
        ),
        unknown=len(again.unknown),
    )


def facts_from(stored: Mapping[str, Any]) -> Facts:
    """Return the facts that were stored with an assessment."""
    purpose = stored["prior_np_refusal_purpose"]
    return Facts(
        **{
            **stored,
            "purpose": Purpose(stored["purpose"]),
            "interview_date": date.fromisoformat(stored["interview_date"]),
            "prior_np_refusal_purpose": None if purpose is None else Purpose(purpose),
        }
    )


def assessed_again(version: VersionView, stored: AssessmentView) -> Assessment:
    """Work a stored result out again, with the rules that gave it."""
    rules = load_rules(stored.rules_version)
    answers = answers_of(
        {code: word for code, word in version.answers.items() if code in rules.questions},
        rules.questions,
    )
    return assess(Record(facts_from(stored.facts), answers), rules)


def _dimension(
    code: str, again: Assessment, stored: AssessmentView, words: tuple[Instrument, str]
) -> ExplainedDimension:
    instrument, lang = words
    facts = [
        *_counted(code, again, words),
        *_removed(code, again, words),
        *_relief(code, again, words),
    ]
    facts += _adjustments(facts, again, stored.points[code])
    return ExplainedDimension(
        code=code,
        label=instrument.dimensions[code].label.of(lang),
        facts=tuple(facts),
        points=stored.points[code],
        is_positive=code in stored.positive,
    )


def _counted(
    code: str, again: Assessment, words: tuple[Instrument, str]
) -> Iterator[ExplainedFact]:
    for reason in reasons_of(again):
        if reason.dimension == code:
            yield ExplainedFact(reason.code, _text(reason, words), reason.strength, reason.points)


def _text(reason: Reason, words: tuple[Instrument, str]) -> str:
    instrument, lang = words
    return fact_line(instrument.indicators[reason.code], lang, reason.answer or Answer.YA)


def _removed(
    code: str, again: Assessment, words: tuple[Instrument, str]
) -> Iterator[ExplainedFact]:
    instrument, lang = words
    is_child = again.record.facts.age < again.rules.rules.adult_age
    for removed, by in again.removed.items():
        item = instrument.indicators[removed]
        if item.dimension == code:
            strength = item.strength(is_child=is_child)
            yield ExplainedFact(removed, fact_line(item, lang), strength, 0, counted_by=by)


def _relief(code: str, again: Assessment, words: tuple[Instrument, str]) -> Iterator[ExplainedFact]:
    """Give what speaks in favour, where it lowers this dimension."""
    instrument, lang = words
    for item in instrument.indicators.values():
        if (
            item.is_protective
            and item.dimension == code
            and item.code in again.applicable
            and again.record.answers.get(item.code) == Answer.YA
        ):
            yield ExplainedFact(item.code, fact_line(item, lang), None, item.points)


def _adjustments(
    facts: list[ExplainedFact], again: Assessment, points: int
) -> Iterator[ExplainedFact]:
    """Give what lies between the sum of the rows and the points of the dimension."""
    weak = sum(fact.points for fact in facts if fact.strength is Strength.WEAK)
    over = max(0, weak - again.rules.rules.weak_cap)
    if over:
        yield ExplainedFact("", "", None, -over, adjustment=Adjustment.WEAK_CAP)
    rest = points - (sum(fact.points for fact in facts) - over)
    if rest:
        yield ExplainedFact("", "", None, rest, adjustment=Adjustment.NOT_BELOW_ZERO)
