"""The scored rules as one artefact: plain values that every evaluator is built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checklist.canonical import Json, digest
from checklist.conditions import (
    Atom,
    Condition,
    ConditionError,
    condition_as_json,
    condition_from_json,
)
from checklist.instrument import AnswerKind, Indicator, Instrument, Validity
from checklist.vocabulary import Answer, Band, Dimension, Purpose, Strength

NUMERIC_FACTS = frozenset(
    {
        "stay_days",
        "missing_documents",
        "prior_np_refusal_days",
        "shared_contact_households_90d",
        "shared_third_party_households_180d",
        "replacement_months",
        "replacements_5y",
    }
)
BOOLEAN_FACTS = frozenset({"nik_disagrees", "refused_for_other_purpose", "watchlist_hit"})
STAY_LIMIT = "stay_limit"
CLOSED = "closed_placements"
_MILDER = frozenset({Answer.EJAAN, Answer.IDENTITAS_SAMA})


class RulesError(ValueError):
    """The artefact is not a set of rules."""


@dataclass(frozen=True, slots=True)
class VariantRule:
    """Another strength: for one answer, or while a computed fact holds."""

    answer: Answer | None
    when: Condition
    strength: Strength


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """What the rules need to know of one indicator."""

    code: str
    dimension: str
    kind: AnswerKind
    adult: Strength | None
    child: Strength | None
    points: int
    purposes: frozenset[str]
    applies_if: Condition
    fires_when: Condition
    assumed_when_empty: str | None
    variants: tuple[VariantRule, ...]

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it."""
        return self.kind is not AnswerKind.COMPUTED

    @property
    def is_protective(self) -> bool:
        """Whether it lowers points instead of adding them."""
        return self.points < 0


@dataclass(frozen=True, slots=True)
class BandRule:
    """What makes a band: a positive dimension, a fired indicator, or dimensions together."""

    code: Band
    positive: frozenset[str]
    fired: frozenset[str]
    together: tuple[frozenset[str], ...]

    def holds(self, positive: frozenset[str]) -> bool:
        """Whether the positive dimensions alone make this band."""
        return bool(positive & self.positive) or any(pair <= positive for pair in self.together)


@dataclass(frozen=True)
class Rules:
    """One frozen version of the rules; equal artefacts have equal digests."""

    version: str
    sha256: str
    artefact: Mapping[str, Json] = field(repr=False)
    indicators: tuple[IndicatorRule, ...] = field(repr=False)
    dimensions: tuple[str, ...] = field(repr=False)
    protectable: frozenset[str] = field(repr=False)
    strength_points: Mapping[Strength, int] = field(repr=False)
    weak_cap: int = field(repr=False)
    positive_at: int = field(repr=False)
    adult_age: int = field(repr=False)
    stay_limits: Mapping[str, int] = field(repr=False)
    thresholds: Mapping[str, int] = field(repr=False)
    supersedes: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)
    bands: tuple[BandRule, ...] = field(repr=False)
    closed_placements: tuple[tuple[str, Validity], ...] = field(repr=False)
    obligatory: tuple[tuple[str, Validity], ...] = field(repr=False)


def rules_of(instrument: Instrument) -> Rules:
    """Build the rules that an instrument's data describe."""
    return rules_from(compile_artefact(instrument))


def compile_artefact(instrument: Instrument) -> dict[str, Json]:
    """Reduce an instrument to what the rules read: no wording, conditions as trees."""
    limits: Any = instrument.content["limits"]
    return {
        "version": instrument.version,
        "adult_age": limits["adult_age"],
        "points": limits["points"],
        "scoring": limits["scoring"],
        "stay_limit": limits["stay_limit"],
        "thresholds": limits["thresholds"],
        "dimensions": [
            {"code": row["code"], "protectable": bool(row.get("protectable"))}
            for row in limits["dimension"]
        ],
        "supersedes": limits["supersede"],
        "bands": limits["band"],
        "indicators": [_indicator_json(item) for item in instrument.indicators.values()],
        "closed_placements": [
            {"country": row.code, **_validity_json(row.validity)}
            for row in instrument.closed_placement_rows
        ],
        "obligatory": [
            {"purpose": str(paper.purpose), "code": paper.code, **_validity_json(paper.validity)}
            for paper in instrument.papers
            if paper.is_obligatory
        ],
    }


def rules_from(artefact: Mapping[str, Any]) -> Rules:
    """Build rules from an artefact, refusing one whose parts do not fit together."""
    try:
        rules = _build(artefact)
        for item in rules.indicators:
            _check_indicator(item, rules)
    except KeyError as missing:
        raise RulesError(f"the key {missing.args[0]} is missing") from missing
    except (ValueError, TypeError, AttributeError) as reason:
        raise RulesError(str(reason)) from reason
    _check_codes(rules)
    return rules


def _build(artefact: Mapping[str, Any]) -> Rules:
    dimensions = artefact["dimensions"]
    return Rules(
        version=artefact["version"],
        sha256=digest(artefact),
        artefact=artefact,
        indicators=tuple(_indicator(entry) for entry in artefact["indicators"]),
        dimensions=tuple(Dimension(row["code"]).value for row in dimensions),
        protectable=frozenset(row["code"] for row in dimensions if row["protectable"]),
        strength_points={Strength(k): int(v) for k, v in artefact["points"].items()},
        weak_cap=int(artefact["scoring"]["weak_cap"]),
        positive_at=int(artefact["scoring"]["positive_at"]),
        adult_age=int(artefact["adult_age"]),
        stay_limits={Purpose(k).value: int(v) for k, v in artefact["stay_limit"].items()},
        thresholds={k: int(v) for k, v in artefact["thresholds"].items()},
        supersedes=tuple((row["by"], tuple(row["removes"])) for row in artefact["supersedes"]),
        bands=tuple(_band(row) for row in artefact["bands"]),
        closed_placements=tuple(
            (row["country"], _validity(row)) for row in artefact["closed_placements"]
        ),
        obligatory=tuple((row["purpose"], _validity(row)) for row in artefact["obligatory"]),
    )


def _indicator_json(item: Indicator) -> Json:
    return {
        "code": item.code,
        "dimension": item.dimension,
        "answer": item.answer,
        "strength": {"adult": item.strength_adult, "child": item.strength_child},
        "points": item.points,
        "purposes": sorted(item.purposes),
        "applies_if": condition_as_json(item.applies_if),
        "fires_when": condition_as_json(() if item.is_asked else item.fires_when),
        "assumed_when_empty": item.assumed_when_empty,
        "variants": [
            {"when": condition_as_json(row.when), "strength": row.strength} for row in item.variants
        ],
    }


def _indicator(entry: Mapping[str, Any]) -> IndicatorRule:
    strength = entry["strength"]
    return IndicatorRule(
        code=entry["code"],
        dimension=Dimension(entry["dimension"]).value,
        kind=AnswerKind(entry["answer"]),
        adult=strength["adult"] and Strength(strength["adult"]),
        child=strength["child"] and Strength(strength["child"]),
        points=int(entry["points"]),
        purposes=frozenset(Purpose(word).value for word in entry["purposes"]),
        applies_if=condition_from_json(entry["applies_if"]),
        fires_when=condition_from_json(entry["fires_when"]),
        assumed_when_empty=entry["assumed_when_empty"],
        variants=tuple(_variant(row) for row in entry["variants"]),
    )


def _variant(row: Mapping[str, Any]) -> VariantRule:
    when = condition_from_json(row["when"])
    strength = Strength(row["strength"])
    match when:
        case ((Atom("answer", "=", (word,)),),) if word in _MILDER:
            return VariantRule(Answer(word), (), strength)
        case _:
            return VariantRule(None, when, strength)


def _band(row: Mapping[str, Any]) -> BandRule:
    return BandRule(
        code=Band(row["code"]),
        positive=frozenset(row.get("positive", ())),
        fired=frozenset(row.get("fired", ())),
        together=tuple(frozenset(pair) for pair in row.get("positive_together", ())),
    )


def _check_indicator(item: IndicatorRule, rules: Rules) -> None:
    codes = {rule.code for rule in rules.indicators if rule.kind is AnswerKind.TRI}
    for atom in (atom for atoms in item.applies_if for atom in atoms):
        _check_applies(atom, codes, rules.adult_age)
    when = [row.when for row in item.variants if row.answer is None]
    for atom in (atom for tree in (item.fires_when, *when) for atoms in tree for atom in atoms):
        _check_fact(atom, rules)
    if item.is_asked and item.fires_when:
        raise RulesError(f"{item.code}: an asked indicator fires on its answer")
    if item.is_protective and item.dimension not in rules.protectable:
        raise RulesError(f"{item.code}: {item.dimension} cannot be lowered")


def _check_applies(atom: Atom, codes: set[str], adult_age: int) -> None:
    match atom:
        case Atom("purpose", "=" | "in", values):
            known = set(Purpose).issuperset(values)
        case Atom("age", ">=" | "<", (limit,)):
            known = limit == str(adult_age)
        case Atom(code, "=", ("ya",)):
            known = code in codes
        case _:
            known = False
    if not known:
        raise ConditionError(f"unknown in a condition: {atom.subject} {atom.operator}")


def _check_fact(atom: Atom, rules: Rules) -> None:
    match atom:
        case Atom("destination", "in" | "not in", values):
            known = CLOSED not in values or len(values) == 1
        case Atom(subject, "=", ("ya",)):
            known = subject in BOOLEAN_FACTS
        case Atom(subject, ">" | ">=" | "<" | "<=", (limit,)):
            is_known = limit.isdecimal() or limit == STAY_LIMIT or limit in rules.thresholds
            known = subject in NUMERIC_FACTS and is_known
        case _:
            known = False
    if not known:
        raise ConditionError(f"unknown in a condition: {atom.subject} {atom.operator}")


def _check_codes(rules: Rules) -> None:
    codes = {item.code for item in rules.indicators}
    named = {code for row in rules.bands for code in row.fired}
    named.update(code for by, removed in rules.supersedes for code in (by, *removed))
    if unknown := sorted(named - codes):
        raise RulesError(f"the rules name indicators that do not exist: {', '.join(unknown)}")
    if len(codes) != len(rules.indicators):
        raise RulesError("an indicator is given twice")


def _validity(row: Mapping[str, Any]) -> Validity:
    end = row["valid_to"]
    return Validity(date.fromisoformat(row["valid_from"]), end and date.fromisoformat(end))


def _validity_json(validity: Validity) -> dict[str, Json]:
    end = validity.valid_to
    return {
        "valid_from": validity.valid_from.isoformat(),
        "valid_to": None if end is None else end.isoformat(),
    }
