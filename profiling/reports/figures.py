"""The list of figures: one entry in figures.toml names and defines each, in both languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checklist.instrument import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report."""

    key: str
    group: str
    label: Text
    definition: Text


@cache
def figures() -> Mapping[str, Figure]:
    """Return every figure by its key in the contract, in the order of the page."""
    with Path(__file__).with_name("figures.toml").open("rb") as source:
        rows = tomllib.load(source)["figure"]
    return {
        row["key"]: Figure(
            row["key"], row["group"], Text(**row["label"]), Text(**row["definition"])
        )
        for row in rows
    }
