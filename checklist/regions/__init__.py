"""The regencies, districts and villages of the office's working area."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Region", "districts", "find_region", "regencies", "villages"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Region:
    """A place with the ministry's dotted code; `parent` is the code one level up."""

    code: str
    parent: str
    name: str


@cache
def regencies() -> tuple[Region, ...]:
    """Return the four regencies."""
    return _read("regencies")


@cache
def districts() -> tuple[Region, ...]:
    """Return the districts (kecamatan) in the order of their codes."""
    return _read("districts")


@cache
def villages() -> tuple[Region, ...]:
    """Return the villages in the order of their codes."""
    return _read("villages")


def find_region(code: str) -> Region | None:
    """Return the place with this dotted code, if it lies in the working area."""
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, Region]:
    return {place.code: place for place in (*regencies(), *districts(), *villages())}


def _read(level: str) -> tuple[Region, ...]:
    with (_FOLDER / f"{level}.csv").open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        next(rows)
        return tuple(Region(code=code, parent=parent, name=name) for code, parent, name in rows)
