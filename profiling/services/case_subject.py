"""What a case is about: the heaviest fact that fired, in words."""

from collections.abc import Sequence

from checklist.instrument import Indicator, Instrument
from checklist.reasons import HIDDEN_FROM_OFFICERS
from checklist.vocabulary import Answer, Strength

_WEIGHT = {Strength.STRONG: 3, Strength.MEDIUM: 2, Strength.WEAK: 1, Strength.NONE: 0, None: 0}
_ALONE_ENOUGH = ("PK-06", "PK-07", "AN-02", "ID-03", "RW-05")


def heaviest_fact(
    fired: Sequence[str], *, instrument: Instrument, is_child: bool, lang: str
) -> str | None:
    """Return the fact that weighs most, as one line for an analyst; None when none fired."""
    items = [instrument.indicators[code] for code in fired if code in instrument.indicators]
    if not items:
        return None
    order = list(instrument.indicators)

    def rank(item: Indicator) -> tuple[bool, int, int]:
        weight = _WEIGHT[item.strength(is_child=is_child)]
        return item.code not in _ALONE_ENOUGH, -weight, order.index(item.code)

    return fact_line(min(items, key=rank), lang)


def fact_line(item: Indicator, lang: str, answer: Answer = Answer.YA) -> str:
    """Return a fact for an analyst, who may know of the watch list, without its full stop."""
    if item.code == HIDDEN_FROM_OFFICERS:
        text = item.wording
    else:
        text = item.screen.fact(answer) or item.wording
    return text.of(lang).removesuffix(".")
