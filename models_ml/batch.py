"""Many records scored at once, by the same rules and with the same results as one."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from checklist.coding import CODES
from checklist.compilation import BANDS, CompiledRules
from checklist.rules import IndicatorRule, Rules
from checklist.vocabulary import Answer, Band, Papers, Strength
from models_ml.block import Block, all_of, any_of, applies_to_all
from models_ml.columns import UNKNOWN, Bytes, Columns, Flags

BLOCK = 32_768
PAPERS = (Papers.LENGKAP, Papers.TUNDA, Papers.BELUM_DIPERIKSA)
_TD = CODES[Answer.TD]


@dataclass(frozen=True, slots=True)
class Scores:
    """The results of many records, one column each.

    Parameters
    ----------
    points
        One row of points for each dimension.
    positive
        One row of flags for each dimension.
    fired
        One row of flags for each indicator of `codes`, removals done, protective ones never.
    band, band_max
        Severities: 0 hijau, 1 kuning, 2 merah.
    papers
        Place in `PAPERS`.
    """

    points: Bytes
    positive: Flags
    fired: Flags
    band: Bytes
    band_max: Bytes
    papers: Bytes
    codes: tuple[str, ...]

    def bands(self) -> Iterator[tuple[Band, Band]]:
        """Return band and band_max of each record."""
        return ((BANDS[a], BANDS[b]) for a, b in zip(self.band, self.band_max, strict=True))


def score_table(
    columns: Columns, rules: CompiledRules, *, progress: Callable[[int], None] | None = None
) -> Scores:
    """Score all records in blocks; `progress` hears how many were done in each block."""
    scorer = BatchScorer(rules)
    scores = scorer.empty(len(columns))
    for start in range(0, len(columns), BLOCK):
        stop = min(start + BLOCK, len(columns))
        scorer.score(columns.rows(start, stop), scores, start)
        if progress is not None:
            progress(stop - start)
    return scores


class BatchScorer:
    """The rules laid out for columns."""

    def __init__(self, rules: CompiledRules) -> None:
        self.rules = rules
        asked = [item for item in rules.rules.indicators if item.is_asked]
        self.items = [*asked, *(i for i in rules.rules.indicators if not i.is_asked)]
        self.place = {item.code: place for place, item in enumerate(self.items)}
        self.asked = len(asked)
        in_order = sorted(self.items, key=lambda item: rules.order[item.code])
        self.conditional = [item for item in in_order if not applies_to_all(item)]
        self.shields = [i for i, item in enumerate(self.items) if item.is_protective]
        self.capped = _capped(rules.rules)
        self.buffer = np.empty((len(self.items), BLOCK), np.bool_)

    def empty(self, size: int) -> Scores:
        """Return room for the results of so many records."""
        dimensions = len(self.rules.rules.dimensions)
        return Scores(
            points=np.empty((dimensions, size), np.uint8),
            positive=np.empty((dimensions, size), np.bool_),
            fired=np.empty((len(self.items), size), np.bool_),
            band=np.empty(size, np.uint8),
            band_max=np.empty(size, np.uint8),
            papers=np.empty(size, np.uint8),
            codes=tuple(item.code for item in self.items),
        )

    def score(self, columns: Columns, scores: Scores, start: int) -> None:
        """Score one block of at most `BLOCK` records into its place among the results."""
        size = len(columns)
        here = slice(start, start + size)
        block = Block(columns, self.rules)
        fired = scores.fired[:, here]
        np.greater(columns.answers, _TD, out=fired[: self.asked])
        computed = [block.raised(item) for item in self.items[self.asked :]]
        for place, row in enumerate(computed, self.asked):
            fired[place] = row
        points, positive = self._read(block, fired, scores.band[here])
        scores.points[:, here] = points
        scores.positive[:, here] = positive
        self._read_at_worst(block, computed, scores, here)
        fired[self.shields] = False
        scores.papers[here] = self._papers(block)

    def _read_at_worst(
        self, block: Block, computed: list[Flags], scores: Scores, here: slice
    ) -> None:
        """Score the block again as if every unknown turned out badly."""
        columns = block.columns
        worst = self.buffer[:, : len(columns)]
        np.greater_equal(columns.answers, _TD, out=worst[: self.asked])
        for place in self.shields:
            np.greater(columns.answers[place], _TD, out=worst[place])
        for place, (item, row) in enumerate(
            zip(self.items[self.asked :], computed, strict=True), self.asked
        ):
            if item.assumed_when_empty is None:
                worst[place] = row
            else:
                np.logical_or(row, block.is_empty(item.assumed_when_empty), out=worst[place])
        self._read(block, worst, scores.band_max[here])
        np.maximum(scores.band_max[here], scores.band[here], out=scores.band_max[here])

    def _read(self, block: Block, fired: Flags, severity: Bytes) -> tuple[Bytes, Flags]:
        """Apply the rules to what is raised; `fired` is cut down and `severity` filled in place."""
        for item in self.conditional:
            row = fired[self.place[item.code]]
            np.logical_and(row, block.applies(item, fired, self.place), out=row)
        self._remove(fired)
        points = self._points(block, fired)
        positive = points >= self.rules.rules.positive_at
        severity[:] = 0
        by_name = dict(zip(self.rules.rules.dimensions, positive, strict=True))
        for row in self.rules.rules.bands:
            holds = [by_name[name] for name in row.positive]
            holds += [fired[self.place[code]] for code in row.fired]
            holds += [all_of([by_name[name] for name in pair]) for pair in row.together]
            found = any_of(holds).view(np.uint8)
            np.maximum(severity, found * np.uint8(row.code.severity), out=severity)
        return points, positive

    def _remove(self, fired: Flags) -> None:
        removed_by: dict[str, Flags] = {}
        for by, codes in self.rules.rules.supersedes:
            for code in codes:
                row = fired[self.place[by]]
                removed_by[code] = removed_by[code] | row if code in removed_by else row.copy()
        for code, row in removed_by.items():
            np.greater(fired[self.place[code]], row, out=fired[self.place[code]])

    def _points(self, block: Block, fired: Flags) -> Bytes:
        rules = self.rules.rules
        tally: dict[str, dict[Strength, Bytes]] = {name: {} for name in rules.dimensions}
        for place, item in enumerate(self.items):
            if not item.is_protective:
                self._count(block, item, fired[place], tally[item.dimension])
        points = np.zeros((len(rules.dimensions), len(block.columns)), np.uint8)
        for row, name in zip(points, rules.dimensions, strict=True):
            for strength, count in tally[name].items():
                np.multiply(count, np.uint8(rules.strength_points[strength]), out=count)
                if strength is Strength.WEAK and name in self.capped:
                    np.minimum(count, np.uint8(rules.weak_cap), out=count)
                np.add(row, count, out=row)
        for place in self.shields:
            item = self.items[place]
            self._relieve(points[rules.dimensions.index(item.dimension)], fired[place], item)
        return points

    def _relieve(self, row: Bytes, fired: Flags, item: IndicatorRule) -> None:
        """Take protective points from a dimension, never below zero."""
        relief = fired.view(np.uint8) * np.uint8(-item.points)
        np.minimum(relief, row, out=relief)
        np.subtract(row, relief, out=row)

    def _count(
        self, block: Block, item: IndicatorRule, row: Flags, counts: dict[Strength, Bytes]
    ) -> None:
        """Count an indicator under its strength, which age, answer or a fact may decide."""
        left = row
        for variant in item.variants:
            holds = left & block.variant_holds(item, variant, self.place)
            left = left & ~holds
            _add(counts, variant.strength, holds)
        if item.adult is item.child:
            _add(counts, item.adult, left)
        else:
            _add(counts, item.child, left & block.is_child)
            _add(counts, item.adult, left & block.is_adult)

    def _papers(self, block: Block) -> Bytes:
        missing = block.columns.facts["missing_documents"]
        state = (missing > 0).view(np.uint8) + (missing == UNKNOWN).view(np.uint8) * np.uint8(2)
        papers: Bytes = state * block.has_papers().view(np.uint8)
        return papers


def _add(counts: dict[Strength, Bytes], strength: Strength | None, rows: Flags) -> None:
    if strength is None or strength is Strength.NONE:
        return
    if strength in counts:
        np.add(counts[strength], rows.view(np.uint8), out=counts[strength])
    else:
        counts[strength] = rows.view(np.uint8).copy()


def _capped(rules: Rules) -> frozenset[str]:
    """Return the dimensions that have enough weak indicators to reach the cap on them."""
    weak = Counter(
        item.dimension
        for item in rules.indicators
        if Strength.WEAK in {item.adult, item.child, *(row.strength for row in item.variants)}
    )
    points = rules.strength_points[Strength.WEAK]
    return frozenset(name for name, count in weak.items() if count * points > rules.weak_cap)
