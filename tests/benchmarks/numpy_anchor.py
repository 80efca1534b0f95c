"""The anchor of batch scoring: the least numpy that gives points and bands of the same rules.

It reads the answers as given, in blocks that stay in the cache: no range, no papers, no list of
what fired.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from checklist.assessment import load_rules
from checklist.coding import CODES
from checklist.rules import Rules
from checklist.vocabulary import Answer, Strength
from models_ml.columns import PLACE_OF_PURPOSE, Columns

BLOCK = 32_768
Flags = NDArray[np.bool_]
Small = NDArray[np.int8]


class Anchor:
    """Points and bands of columns of coded answers."""

    def __init__(self) -> None:
        self.rules: Rules = load_rules().rules
        self.masks: dict[tuple[int, frozenset[str]], Flags] = {}
        self.questions = [item.code for item in self.rules.indicators if item.is_asked]

    def score(self, columns: Columns) -> NDArray[np.int8]:
        """Return the band of each record: 0 hijau, 1 kuning, 2 merah."""
        bands = np.empty(len(columns), np.int8)
        for start in range(0, len(columns), BLOCK):
            stop = min(start + BLOCK, len(columns))
            bands[start:stop] = self._block(columns.rows(start, stop))
        return bands

    def _block(self, block: Columns) -> NDArray[np.int8]:
        fired = self._fired(block)
        for by, removed in self.rules.supersedes:
            for code in removed:
                fired[code] = fired[code] & ~fired[by]
        positive = {}
        for dimension in self.rules.dimensions:
            positive[dimension] = self._points(dimension, fired, block) >= self.rules.positive_at
        band = np.zeros(len(block), np.int8)
        for row in reversed(self.rules.bands):
            hit = np.zeros(len(block), np.bool_)
            for dimension in row.positive:
                hit |= positive[dimension]
            for code in row.fired:
                hit |= fired[code]
            for pair in row.together:
                first, second = sorted(pair)
                hit |= positive[first] & positive[second]
            band[hit] = row.code.severity
        return band

    def _fired(self, block: Columns) -> dict[str, Flags]:
        rows = block.answers > CODES[Answer.TD]
        fired = {code: rows[place] for place, code in enumerate(self.questions)}
        fired.update({code: test(block) for code, test in self._computed().items()})
        late = ("DC-01", "DC-02", "DC-03", "TP-12", "FN-04", "AN-03")
        for item in self.rules.indicators:
            if len(item.purposes) < len(PLACE_OF_PURPOSE):
                fired[item.code] = fired[item.code] & self._of(block, item.purposes)
        adult = ~block.is_child
        for code, who in {"PK-01": adult, "ID-03": adult, "AN-01": ~adult, "AN-02": ~adult}.items():
            fired[code] = fired[code] & who
        work = fired["TP-09"] | fired["TP-10"]
        crew = work | self._of(block, frozenset({"KRJ", "PLT", "MAG"}))
        spouse = crew | self._of(block, frozenset({"PSG"}))
        labour = work | self._of(block, frozenset({"KRJ"}))
        opened = (crew, crew, spouse, labour, fired["PK-02"], fired["PK-02"])
        for code, who in zip(late, opened, strict=True):
            fired[code] = fired[code] & who
        return fired

    def _computed(self) -> dict[str, Callable[[Columns], Flags]]:
        limits = self.rules.stay_limits
        closed = {country for country, _ in self.rules.closed_placements}

        def to(block: Columns, countries: set[str]) -> Flags:
            found = np.zeros(len(block), np.bool_)
            for place, name in enumerate(block.destinations):
                if name in countries:
                    found |= block.destination == place
            return found

        return {
            "TP-02": lambda b: np.logical_or.reduce(
                [
                    (b.facts["stay_days"] > days)
                    & self._of(b, frozenset(p for p, most in limits.items() if most == days))
                    for days in sorted(set(limits.values()))
                ]
            ),
            "TP-04": lambda b: b.facts["missing_documents"] > 0,
            "TP-11": lambda b: (b.destination >= 0) & ~to(b, {"SAU"}),
            "TP-12": lambda b: to(b, closed),
            "PK-03": lambda b: (
                (b.facts["shared_contact_households_90d"] >= 3)
                | (b.facts["shared_third_party_households_180d"] >= 3)
            ),
            "ID-01": lambda b: b.facts["nik_disagrees"] == 1,
            "RW-02": lambda b: b.facts["refused_for_other_purpose"] == 1,
            "RW-03": lambda b: (
                (b.facts["replacement_months"] < 12) & (b.facts["replacement_months"] > -(1 << 30))
                | (b.facts["replacements_5y"] >= 2)
            ),
            "RW-05": lambda b: b.facts["watchlist_hit"] == 1,
            "AN-02": lambda b: b.is_child,
        }

    def _points(self, dimension: str, fired: dict[str, Flags], block: Columns) -> Small:
        size = len(block)
        strong, medium, weak = (np.zeros(size, np.int8) for _ in range(3))
        relief = np.zeros(size, np.int8)
        sums = {Strength.STRONG: strong, Strength.MEDIUM: medium, Strength.WEAK: weak}
        for item in (each for each in self.rules.indicators if each.dimension == dimension):
            row = fired[item.code].view(np.int8)
            if item.is_protective:
                relief -= row * np.int8(-item.points)
            elif item.variants:
                self._variant(item.code, row.view(np.bool_), block, sums)
            elif item.adult == item.child or item.child is None or item.adult is None:
                sums[item.adult or item.child] += row
            else:
                young = row & block.is_child.view(np.int8)
                sums[item.child] += young
                sums[item.adult] += row ^ young
        strong *= np.int8(6)
        medium *= np.int8(3)
        strong += medium
        strong += np.minimum(weak, np.int8(self.rules.weak_cap))
        if relief.any():
            strong += relief
            np.maximum(strong, np.int8(0), out=strong)
        return strong

    def _variant(self, code: str, row: Flags, block: Columns, sums: dict[Strength, Small]) -> None:
        if code == "RW-02":
            recent = row & (block.facts["prior_np_refusal_days"] <= 180)
            sums[Strength.STRONG] += recent.view(np.int8)
            sums[Strength.MEDIUM] += (row ^ recent).view(np.int8)
            return
        answers = block.answers[self.questions.index(code)]
        other = Answer.EJAAN if code == "ID-02" else Answer.IDENTITAS_SAMA
        lesser = row & (answers == CODES[other])
        full = Strength.MEDIUM if code == "ID-02" else Strength.STRONG
        sums[full] += (row ^ lesser).view(np.int8)
        if code == "ID-02":
            sums[Strength.WEAK] += lesser.view(np.int8)

    def _of(self, block: Columns, purposes: frozenset[str]) -> Flags:
        """Return the rows of these purposes; each set is worked out once a block."""
        key = (id(block), purposes)
        if key not in self.masks:
            if not self.masks or next(iter(self.masks))[0] != id(block):
                self.masks.clear()
            found = np.zeros(len(block), np.bool_)
            wanted = purposes if 2 * len(purposes) <= len(PLACE_OF_PURPOSE) else None
            for purpose, place in PLACE_OF_PURPOSE.items():
                if (purpose in wanted) if wanted is not None else (purpose not in purposes):
                    found |= block.purpose == place
            self.masks[key] = found if wanted is not None else ~found
        return self.masks[key]
