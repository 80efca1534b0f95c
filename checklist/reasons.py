"""Why a record came out as it did, and what would clarify it most."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from checklist.assessment import Assessment, Reading, read_raised
from checklist.compilation import BANDS
from checklist.instrument import Instrument
from checklist.vocabulary import Answer, Band, Strength

HIDDEN_FROM_OFFICERS = "RW-05"
"""A watch-list hit: an officer learns only that the intelligence section has to look."""

_HIDDEN_SENTENCE = {
    "id": "Inteldakim perlu memeriksa satu hal.",
    "en": "The intelligence section has to check one thing.",
}
_MOST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One fired indicator and what it added."""

    code: str
    dimension: str
    strength: Strength
    points: int
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Change:
    """Facts which, had they been otherwise, would have given another band."""

    codes: tuple[str, ...]
    answer: Answer
    band: Band


def reasons_of(assessment: Assessment) -> tuple[Reason, ...]:
    """List what fired, by dimension in the order of the rules, the heaviest first."""
    rules = assessment.rules.rules
    found = [
        _reason(assessment, item.code, item.dimension)
        for item in rules.indicators
        if item.code in assessment.fired
    ]
    place = rules.dimensions.index
    return tuple(sorted(found, key=lambda reason: (place(reason.dimension), -reason.points)))


def reason_text(
    reason: Reason, instrument: Instrument, *, lang: str = "id", for_officer: bool = True
) -> str:
    """Say the reason as a fact; an officer does not learn of a watch list."""
    item = instrument.indicators[reason.code]
    if reason.code == HIDDEN_FROM_OFFICERS:
        return (
            _HIDDEN_SENTENCE["en" if lang == "en" else "id"]
            if for_officer
            else item.wording.of(lang)
        )
    return (item.screen.fact(reason.answer or Answer.YA) or item.wording).of(lang)


def visible_code(code: str, *, for_officer: bool = True) -> str | None:
    """Return the code, or None where an officer may not see which it is."""
    return None if for_officer and code == HIDDEN_FROM_OFFICERS else code


def next_question(assessment: Assessment) -> str | None:
    """Return the unknown whose bad answer alone would move the result most, if any would.

    The highest band decides, then the most points, then the order of the catalogue.
    """
    now = _urgency(assessment, assessment.reading)
    best, chosen = now, None
    for code in assessment.unknown:
        if not assessment.rules.bits[code] & assessment.rules.protective:
            urgency = _urgency(assessment, _answered(assessment, code))
            if urgency > best:
                best, chosen = urgency, code
    return chosen


def smallest_changes(assessment: Assessment) -> tuple[Change, ...]:
    """Return the smallest sets of facts that would have changed the band.

    Downwards: what fired, taken away, up to three together. Upwards: one unknown turned bad.
    """
    return (*_lowering(assessment), *_raising(assessment))


def _lowering(assessment: Assessment) -> Iterator[Change]:
    for size in range(1, _MOST_TOGETHER + 1):
        found = [
            Change(codes, Answer.TIDAK, band)
            for codes in combinations(assessment.fired, size)
            if (band := _without(assessment, codes)) < assessment.band
        ]
        if found:
            yield from found
            return


def _raising(assessment: Assessment) -> Iterator[Change]:
    for code in assessment.unknown:
        if not assessment.rules.bits[code] & assessment.rules.protective:
            band = BANDS[_answered(assessment, code).severity]
            if band > assessment.band:
                yield Change((code,), Answer.YA, band)


def _reason(assessment: Assessment, code: str, dimension: str) -> Reason:
    rules = assessment.rules
    strength = _strength(assessment, code)
    return Reason(
        code=code,
        dimension=dimension,
        strength=strength,
        points=rules.rules.strength_points[strength],
        answer=assessment.record.answers.get(code),
    )


def _strength(assessment: Assessment, code: str) -> Strength:
    """Return the strength that counted, after age and variants."""
    record, rules = assessment.record, assessment.rules
    plan = rules.plan_for(record.facts)
    strength = plan.strengths[code] or Strength.NONE
    for row in plan.variants:
        if row.bit == rules.bits[code] and row.holds(record.answers.codes, record.facts):
            strength = row.strength
    return strength


def _urgency(assessment: Assessment, reading: Reading) -> tuple[int, int]:
    """Band first, then all points together."""
    return reading.severity, sum(assessment.rules.packing.points(reading.total))


def _answered(assessment: Assessment, code: str) -> Reading:
    """Read the record again with this unknown turned bad."""
    return _read(assessment, assessment.reading.raised | assessment.rules.bits[code])


def _without(assessment: Assessment, codes: tuple[str, ...]) -> Band:
    """Return the band of the record had these not been so."""
    gone = sum(assessment.rules.bits[code] for code in codes)
    return BANDS[_read(assessment, assessment.reading.raised & ~gone).severity]


def _read(assessment: Assessment, raised: int) -> Reading:
    record, rules = assessment.record, assessment.rules
    return read_raised(raised, record, rules, rules.plan_for(record.facts))
