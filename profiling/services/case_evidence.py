"""The evidence of a sealed version, each item with where it comes from."""

from collections.abc import Iterator

from checklist.instrument import Gate, Indicator, Instrument
from checklist.vocabulary import Answer, PaperState
from profiling.services.case_subject import fact_line
from profiling.services.case_views import Bundle, Evidence, Provenance, Unknown
from profiling.services.interview_views import VersionView

_BY_KIND = {
    "declared": Provenance.STATED,
    "document": Provenance.VERIFIED,
    "system": Provenance.VERIFIED,
    "observation": Provenance.OBSERVED,
}
_BY_PAPER = {
    PaperState.VERIFIED: Provenance.VERIFIED,
    PaperState.UNVERIFIED: Provenance.STATED,
    PaperState.MISSING: Provenance.OBSERVED,
}
_PAPER_PREFIX = "B"


def evidence_of(version: VersionView, *, instrument: Instrument, lang: str) -> Bundle:
    """Return everything that was answered, shown or computed, in the order of the screen.

    Without an assessment (a blind reading) what the rules computed is left out.
    """
    items = [
        *_papers(version, instrument, lang),
        *_answers(version, instrument, lang),
        *_computed(version, instrument, lang),
    ]
    return Bundle(
        adverse=tuple(item for item in items if item.is_adverse),
        other=tuple(item for item in items if not item.is_adverse),
        unknown=tuple(_unknown(version, instrument, lang)),
    )


def _papers(version: VersionView, instrument: Instrument, lang: str) -> Iterator[Evidence]:
    papers = {paper.code: paper for paper in instrument.papers}
    for place, (code, word) in enumerate(version.documents.items(), start=1):
        state = PaperState(word)
        label = papers[code].label.of(lang) if code in papers else code
        yield Evidence(
            code=f"{_PAPER_PREFIX}{place}",
            text=f"{label}: {state.label(lang).lower()}",
            note=None,
            provenance=_BY_PAPER[state],
            is_adverse=state is PaperState.MISSING,
        )


def _answers(version: VersionView, instrument: Instrument, lang: str) -> Iterator[Evidence]:
    for item in instrument.on_screen:
        word = version.answers.get(item.code)
        if isinstance(item, Gate) or word is None or word == Answer.TD:
            continue
        answer = Answer(word)
        yield Evidence(
            code=item.code,
            text=fact_line(item, lang, answer),
            note=version.notes.get(item.code),
            provenance=_BY_KIND[item.kind],
            is_adverse=answer.is_adverse and not item.is_protective,
        )


def _computed(version: VersionView, instrument: Instrument, lang: str) -> Iterator[Evidence]:
    if version.assessment is None:
        return
    raised = {*version.assessment.fired, *version.assessment.removed}
    for item in instrument.indicators.values():
        if not item.is_asked and item.code in raised:
            yield Evidence(
                code=item.code,
                text=fact_line(item, lang),
                note=None,
                provenance=Provenance.COMPUTED,
                is_adverse=True,
            )


def _unknown(version: VersionView, instrument: Instrument, lang: str) -> Iterator[Unknown]:
    for item in instrument.on_screen:
        if isinstance(item, Indicator) and version.answers.get(item.code) == Answer.TD:
            yield Unknown(item.code, item.screen.question().of(lang))
