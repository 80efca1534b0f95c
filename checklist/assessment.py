"""One record assessed: what fired, the points, the band and its range."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from checklist.coding import CODES, Answers
from checklist.compilation import BANDS, CompiledRules, Plan, compile_rules
from checklist.facts import Facts
from checklist.instrument import Instrument
from checklist.loading import DEFAULT_VERSION, load
from checklist.packing import CHUNK_MASK
from checklist.rules import rules_of
from checklist.vocabulary import Answer, Band, Papers

_TD = CODES[Answer.TD]
# Coded answers to binary digits, for int(text, 2).
_FIRES = bytes(ord("01"[code > _TD]) for code in range(256))
_BAD_AT_WORST = bytes(ord("01"[code >= _TD]) for code in range(256))
_UNKNOWN = bytes(ord("01"[code == _TD]) for code in range(256))
_ANSWERED = bytes(ord("01"[code > 0]) for code in range(256))
_HIGHEST = max(band.severity for band in BANDS)


@dataclass(frozen=True, slots=True)
class Record:
    """What the rules read of one interview."""

    facts: Facts
    answers: Answers


class Reading(NamedTuple):
    """One reading of a record, as bits: as answered, or with an unknown taken as bad."""

    raised: int
    applicable: int
    fired_before: int
    fired: int
    total: int
    positive: tuple[str, ...]
    severity: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of the rules for one record."""

    points: tuple[int, ...]
    positive: tuple[str, ...]
    fired: tuple[str, ...]
    band: Band
    band_max: Band
    papers: Papers
    reading: Reading = field(repr=False, compare=False)
    record: Record = field(repr=False, compare=False)
    rules: CompiledRules = field(repr=False, compare=False)

    @property
    def dimensions(self) -> Mapping[str, int]:
        """Points by dimension."""
        return dict(zip(self.rules.rules.dimensions, self.points, strict=True))

    @property
    def applicable(self) -> frozenset[str]:
        """Every indicator that counts for this record."""
        return _name_set(self.rules, self.reading.applicable)

    @property
    def removed(self) -> Mapping[str, str]:
        """Indicators that fired but say what another already says: code to that other."""
        before, bits = self.reading.fired_before, self.rules.bits
        return {
            code: by
            for by, codes in self.rules.rules.supersedes
            if before & bits[by]
            for code in codes
            if before & bits[code]
        }

    @property
    def ignored(self) -> tuple[str, ...]:
        """Questions that were answered although they do not apply."""
        answered = int(self.record.answers.codes.translate(_ANSWERED), 2)
        return _names(self.rules, answered & ~self.reading.applicable)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Applicable questions answered with td, in catalogue order."""
        unknown = self._unknown
        return tuple(code for code in self.rules.questions if unknown & self.rules.bits[code])

    @property
    def _unknown(self) -> int:
        return int(self.record.answers.codes.translate(_UNKNOWN), 2) & self.reading.applicable

    @property
    def is_purpose_in_doubt(self) -> bool:
        """Whether something about the stated purpose fired, is unknown, or lacks its fact."""
        reading, rules, facts = self.reading, self.rules, self.record.facts
        fired = reading.fired & rules.scoring | reading.fired_before & ~reading.fired
        if (fired & reading.applicable | self._unknown) & rules.of_purpose:
            return True
        return any(
            reading.applicable & bit and getattr(facts, fact) is None
            for bit, fact in rules.assumed_of_purpose
        )


def assess(record: Record, rules: CompiledRules) -> Assessment:
    """Apply the rules to one record."""
    facts, answers = record.facts, record.answers
    plan = rules.plan_for(facts)
    raised = int(answers.codes.translate(_FIRES), 2) | plan.computed.raised(facts)
    reading = read_raised(raised, record, rules, plan)
    return Assessment(
        rules.packing.points(reading.total),
        reading.positive,
        _names(rules, reading.fired & rules.scoring),
        BANDS[reading.severity],
        BANDS[_severity_at_worst(reading, record, rules, plan)],
        _papers(facts, plan),
        reading,
        record,
        rules,
    )


def read_raised(raised: int, record: Record, rules: CompiledRules, plan: Plan) -> Reading:
    """Score what is raised, applicable or not; strengths follow the answers of the record."""
    applicable = _opened(plan, raised) if raised & plan.triggers else plan.base
    before = fired = raised & applicable
    if before & rules.removing:
        for by, kept in rules.supersedes:
            if before & by:
                fired &= kept
    total = _total(fired, record, rules, plan) if fired else 0
    positive, severity = rules.packing.verdict(total)
    for mask, band in rules.fired_severities:
        if fired & mask and band > severity:
            severity = band
    return Reading(raised, applicable, before, fired, total, positive, severity)


@cache
def load_rules(version: str = DEFAULT_VERSION) -> CompiledRules:
    """Return the compiled rules of a version that ships with the code."""
    return rules_for(load(version))


@lru_cache(maxsize=16)
def rules_for(instrument: Instrument) -> CompiledRules:
    """Return the compiled rules of this instrument."""
    return compile_rules(rules_of(instrument))


def _severity_at_worst(reading: Reading, record: Record, rules: CompiledRules, plan: Plan) -> int:
    """Return the severity if every unknown turned out badly, never below that of the reading."""
    if reading.severity == _HIGHEST:
        return _HIGHEST
    raised = reading.raised | int(record.answers.codes.translate(_BAD_AT_WORST), 2) & rules.scoring
    for value, bit in plan.assumed:
        if value(record.facts) is None:
            raised |= bit
    if raised == reading.raised:
        return reading.severity
    # An unknown has the usual strength of its indicator: no variant hangs on it.
    return max(reading.severity, read_raised(raised, record, rules, plan).severity)


def _total(fired: int, record: Record, rules: CompiledRules, plan: Plan) -> int:
    """Add the points of what fired, packed."""
    total = 0
    for shift, table in plan.points:
        total += table[fired >> shift & CHUNK_MASK]
    if fired & plan.varying:
        total += _varied(fired, record, plan)
    if total >> rules.packing.weak_from:
        total = rules.packing.with_weak(total)
    if fired & rules.protective:
        total = _relieved(fired, total, rules)
    return total


def _opened(plan: Plan, raised: int) -> int:
    applicable = plan.base
    for opener, opened in plan.openings:
        if raised & applicable & opener == opener:
            applicable |= opened
    return applicable


def _varied(fired: int, record: Record, plan: Plan) -> int:
    codes, facts = record.answers.codes, record.facts
    return sum(
        row.difference for row in plan.variants if fired & row.bit and row.holds(codes, facts)
    )


def _relieved(fired: int, total: int, rules: CompiledRules) -> int:
    for bit, place, relief in rules.protections:
        if fired & bit:
            total = rules.packing.lowered(total, place, relief)
    return total


def _papers(facts: Facts, plan: Plan) -> Papers:
    if not plan.has_papers or facts.missing_documents == 0:
        return Papers.LENGKAP
    return Papers.BELUM_DIPERIKSA if facts.missing_documents is None else Papers.TUNDA


@lru_cache(maxsize=1024)
def _name_set(rules: CompiledRules, mask: int) -> frozenset[str]:
    """Return the names as a set; what applies differs little from one record to the next."""
    return frozenset(_names(rules, mask))


def _names(rules: CompiledRules, mask: int) -> tuple[str, ...]:
    names: tuple[str, ...] = ()
    if not mask:
        return names
    for shift, table in rules.names:
        names += table[mask >> shift & CHUNK_MASK]
    return tuple(sorted(names))
