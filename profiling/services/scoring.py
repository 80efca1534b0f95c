"""Scoring a file of records by a version of the rules."""

from collections.abc import Callable
from pathlib import Path

from checklist.assessment import load_rules
from checklist.loading import InstrumentError
from models_ml.scoring_columns import ScoringFileError
from models_ml.scoring_files import Job, count_records, score_file
from profiling.errors import Invalid

__all__ = ["count_records", "score"]


def score(
    source: Path,
    target: Path,
    *,
    version: str,
    only_result: bool = False,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Score a file and return how many records it held, or refuse it saying where."""
    try:
        rules = load_rules(version)
    except InstrumentError as reason:
        raise Invalid({"--ruleset": [str(reason)]}) from reason
    try:
        return score_file(Job(source, target, only_result), rules, progress=progress)
    except ScoringFileError as reason:
        raise Invalid({source.name: [str(reason)]}) from reason
