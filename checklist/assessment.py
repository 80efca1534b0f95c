"""One record assessed: what fired, the points, the band and its range."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import compress

from checklist.coding import CODES, Answers
from checklist.compilation import BANDS, CompiledRules, Plan, compile_rules
from checklist.facts import Facts
from checklist.instrument import Instrument
from checklist.loading import DEFAULT_VERSION, load
from checklist.rules import rules_of
from checklist.vocabulary import Answer, Band, Papers, Strength

_TIDAK, _TD, _YA = CODES[Answer.TIDAK], CODES[Answer.TD], CODES[Answer.YA]
_FIRES = bytes(int(code > _TD) for code in range(256))
_FIRES_AT_WORST = bytes(int(code >= _TD) for code in range(256))
_WORST = bytes(_YA if code == _TD else code for code in range(256))
_ANSWERED = bytes(int(code > 0) for code in range(256))


@dataclass(frozen=True, slots=True)
class Record:
    """What the rules read of one interview."""

    facts: Facts
    answers: Answers


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a record: as answered, or with an unknown taken as bad."""

    applicable: int
    fired_before: int
    fired: int
    points: tuple[int, ...]
    positive: int
    severity: int

    @property
    def urgency(self) -> tuple[int, int]:
        """Band first, then all points together."""
        return self.severity, sum(self.points)


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
    def removed(self) -> Mapping[str, str]:
        """Indicators that fired but say what another already says: code to that other."""
        reading = self.reading
        return {
            code: by
            for by, codes in self.rules.rules.supersedes
            if reading.fired_before & self.rules.bits[by]
            for code in codes
            if reading.fired_before & self.rules.bits[code]
        }

    @property
    def applicable(self) -> frozenset[str]:
        """Every indicator that counts for this record."""
        return frozenset(_codes(self.rules, self.reading.applicable))

    @property
    def ignored(self) -> tuple[str, ...]:
        """Questions that were answered although they do not apply."""
        answered = _lanes(self.record.answers.codes, _ANSWERED)
        return _codes(self.rules, answered & ~self.reading.applicable)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Applicable questions answered with td, in catalogue order."""
        codes = self.record.answers.codes
        return tuple(
            question
            for question, code in zip(self.rules.questions, codes, strict=True)
            if code == _TD and self.reading.applicable & self.rules.bits[question]
        )


def assess(record: Record, rules: CompiledRules) -> Assessment:
    """Apply the rules to one record."""
    facts, codes = record.facts, record.answers.codes
    plan = rules.plan_for(facts)
    computed = 0
    for test, bit in plan.computed:
        if test(facts):
            computed |= bit
    fired = _lanes(codes, _FIRES)
    reading = read(record, rules, plan, fired | computed)
    worst = severity_at_worst(record, rules, plan, fired | computed)
    return Assessment(
        reading.points,
        rules.positive_names[reading.positive],
        _codes(rules, reading.fired & rules.scoring),
        BANDS[reading.severity],
        BANDS[max(worst, reading.severity)],
        _papers(facts, plan),
        reading,
        record,
        rules,
    )


def read(record: Record, rules: CompiledRules, plan: Plan, raised: int) -> Reading:
    """Score what is raised, applicable or not, for this record."""
    applicable = plan.base
    if raised & plan.triggers:
        applicable = _opened(plan, raised)
    before = fired = raised & applicable
    if before & rules.removing:
        for by, kept in rules.supersedes:
            if before & by:
                fired &= kept
    points, positive = _points(record, rules, plan, fired)
    severity = rules.severities[positive]
    for mask, band in rules.fired_severities:
        if fired & mask and band > severity:
            severity = band
    return Reading(applicable, before, fired, points, positive, severity)


def severity_at_worst(record: Record, rules: CompiledRules, plan: Plan, raised: int) -> int:
    """Return the severity if every unknown turned out badly."""
    codes, facts = record.answers.codes, record.facts
    worst = _lanes(codes, _FIRES_AT_WORST) & rules.scoring | raised
    for value, bit in plan.assumed:
        if value(facts) is None:
            worst |= bit
    if worst == raised:
        return 0
    assumed = Record(facts, Answers(codes.translate(_WORST), record.answers.questions))
    return read(assumed, rules, plan, worst).severity


@cache
def load_rules(version: str = DEFAULT_VERSION) -> CompiledRules:
    """Return the compiled rules of a version that ships with the code."""
    return rules_for(load(version))


@lru_cache(maxsize=16)
def rules_for(instrument: Instrument) -> CompiledRules:
    """Return the compiled rules of this instrument."""
    return compile_rules(rules_of(instrument))


def _opened(plan: Plan, raised: int) -> int:
    applicable = plan.base
    for opener, opened in plan.openings:
        if raised & applicable & opener == opener:
            applicable |= opened
    return applicable


def _points(
    record: Record, rules: CompiledRules, plan: Plan, fired: int
) -> tuple[tuple[int, ...], int]:
    strong, medium, weak = fired & plan.strong, fired & plan.medium, fired & plan.weak
    for lane in plan.variants:
        bit = lane.bit
        if fired & bit and (
            record.answers.codes[lane.index] == lane.code
            if lane.test is None
            else lane.test(record.facts)
        ):
            strong, medium, weak = strong & ~bit, medium & ~bit, weak & ~bit
            strong |= bit if lane.strength is Strength.STRONG else 0
            medium |= bit if lane.strength is Strength.MEDIUM else 0
            weak |= bit if lane.strength is Strength.WEAK else 0
    cap = rules.rules.weak_cap
    points = [
        rules.strong_points * (strong & mask).bit_count()
        + rules.medium_points * (medium & mask).bit_count()
        + min(cap, rules.weak_points * (weak & mask).bit_count())
        if fired & mask
        else 0
        for mask in rules.dimension_masks
    ]
    if fired & rules.protective:
        for bit, place, relief in rules.protections:
            if fired & bit:
                points[place] = max(0, points[place] + relief)
    threshold = rules.rules.positive_at
    positive = 0
    for place, value in enumerate(points):
        if value >= threshold:
            positive |= 1 << place
    return tuple(points), positive


def _papers(facts: Facts, plan: Plan) -> Papers:
    if not plan.has_papers or facts.missing_documents == 0:
        return Papers.LENGKAP
    return Papers.BELUM_DIPERIKSA if facts.missing_documents is None else Papers.TUNDA


def _lanes(codes: bytes, table: bytes) -> int:
    return int.from_bytes(codes.translate(table), "little")


def _codes(rules: CompiledRules, mask: int) -> tuple[str, ...]:
    return tuple(sorted(compress(rules.codes, mask.to_bytes(len(rules.codes), "little"))))
