"""One stored assessment beside the same worked out again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from checklist.assessment import Record, assess
from checklist.coding import Answers
from checklist.facts import Facts
from profiling.errors import sentence
from profiling.services.replay_inputs import (
    Release,
    Said,
    UnreadableError,
    facts_said,
    find_release,
    read_codes,
    read_facts,
)
from profiling.services.sealed_rows import result_columns

_HIDDEN = "not shown"
_PERSONAL_FACTS = frozenset({"age"})
PLAIN = (
    "tp",
    "dr",
    "cr",
    "av",
    "identity",
    "rw",
    "positive",
    "fired",
    "ignored",
    "band",
    "band_max",
    "papers",
    "next_question",
)
"""The columns of a result that are compared as they are; a row ends with them and `removed`."""

_RESULTS = len(PLAIN) + 1
_MISSING = sentence("The assessment of this version is missing.")
_NOT_HELD = sentence(
    "This release does not hold the rules %(rules)s with the instrument %(instrument)s."
)
_OTHER_DIGEST = sentence(
    "The rules or the instrument of this version are not those on the record: their SHA-256 "
    "differs."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that does not say what the replay says."""

    column: str
    stored: Any
    recomputed: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an assessment cannot be worked out again: a sentence to translate, and what it names."""

    text: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return self.text % self.values


class CannotReplayError(ValueError):
    """This assessment cannot be worked out again."""

    def __init__(self, problem: Problem, *differences: Difference) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.differences = differences


class _Again(NamedTuple):
    """A row worked out again."""

    release: Release
    facts: Facts
    differences: list[Difference]
    expected: Mapping[str, Any]


def compare(row: Any) -> list[Difference]:
    """Work a stored row out again and return what differs; raises CannotReplayError."""
    again = _work_out(row)
    return [
        *again.differences,
        *_said_otherwise(row, again.facts, again.release),
        *_stored_otherwise(row, again.expected),
        *_head_otherwise(row, again.expected),
    ]


def side_by_side(row: Any) -> list[Difference]:
    """Return every column of the result as stored and as worked out, differing or not."""
    expected = _work_out(row).expected
    stored = _stored(row)
    return [Difference(name, stored[name], expected[name]) for name in expected]


def _work_out(row: Any) -> _Again:
    release = _release_of(row)
    try:
        facts = read_facts(row.facts)
        answers, differences = _answers_of(row, release)
        result = assess(Record(facts, answers), release.rules)
    except (TypeError, AttributeError):
        raise UnreadableError("facts") from None
    return _Again(release, facts, differences, result_columns(result))


def _release_of(row: Any) -> Release:
    """Return the rules of the record, or refuse to replay it by any other."""
    if row.version_id is None:
        raise CannotReplayError(Problem(_MISSING, {}))
    names = {"rules": row.rules_version, "instrument": row.instrument_version}
    release = find_release(**names)
    if release is None:
        raise CannotReplayError(Problem(_NOT_HELD, names))
    digests = (
        ("rules_sha256", row.rules_sha256, release.rules.sha256),
        ("instrument_sha256", row.instrument_sha256, release.instrument.sha256),
    )
    others = [Difference(name, *both) for name, *both in digests if both[0] != both[1]]
    if others:
        raise CannotReplayError(Problem(_OTHER_DIGEST, {}), *others)
    return release


def _answers_of(row: Any, release: Release) -> tuple[Answers, list[Difference]]:
    """Return the coded answers, which the rules read, and where the JSON says otherwise."""
    questions = release.rules.questions
    codes = release.codes_of(row.answers)
    if codes == row.answers_coded:
        return Answers(codes, questions), []
    coded = read_codes(row.answers_coded, release)
    written = Answers(codes, questions)
    return coded, [
        Difference(f"answers_coded {code}", coded.get(code), written.get(code))
        for code in questions
        if coded.get(code) != written.get(code)
    ]


def _said_otherwise(row: Any, facts: Facts, release: Release) -> Iterator[Difference]:
    """Compare the facts with what the sealed version itself says."""
    said = Said(
        row.purpose,
        row.destination,
        row.stay_days,
        row.birth_date,
        row.documents,
        row.passport,
    )
    for name, value in facts_said(said, facts.interview_date, release.instrument).items():
        stored = getattr(facts, name)
        if stored != value:
            shown = (_HIDDEN, _HIDDEN) if name in _PERSONAL_FACTS else (stored, value)
            yield Difference(f"facts {name}", *shown)


def _stored_otherwise(row: Any, expected: Mapping[str, Any]) -> list[Difference]:
    """Compare each stored column of the result."""
    plain = (*map(expected.__getitem__, PLAIN), orjson.dumps(expected["removed"]).decode())
    if plain == row[-_RESULTS:]:
        return []
    stored = _stored(row)
    return [
        Difference(name, stored[name], expected[name])
        for name in expected
        if stored[name] != expected[name]
    ]


def _stored(row: Any) -> Mapping[str, Any]:
    try:
        removed = orjson.loads(row.removed)
    except ValueError:
        raise UnreadableError("removed") from None
    return {**dict(zip(PLAIN, row[-_RESULTS:-1], strict=True)), "removed": removed}


def _head_otherwise(row: Any, expected: Mapping[str, Any]) -> list[Difference]:
    """Compare what lists and reports read: the first result, and the one that holds."""
    band, papers = expected["band"], expected["papers"]
    said: list[tuple[str, str, str]] = []
    if row.version == 1:
        said.append(("first_band", row.first_band, band))
    if row.version == row.current_version:
        said += [
            ("band", row.head_band, band),
            ("papers", row.head_papers, papers),
            ("purpose", row.head_purpose, row.purpose),
        ]
    return [Difference(f"interviews {name}", *both) for name, *both in said if both[0] != both[1]]
