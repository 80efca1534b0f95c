"""Reads what the simulated world is made of, and draws from it."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class PurposeSketch:
    """Who comes with a stated purpose, when, where to and for how long."""

    code: str
    share: float
    months: tuple[float, ...]
    women: float
    age: tuple[int, int, int, int]
    children: float
    stay: tuple[int, int]
    destinations: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Truth:
    """A hidden truth about applicants, and how it shows in answers."""

    code: str
    share: float
    purposes: tuple[str, ...]
    pace: float
    papers: float
    nik: float
    long: float
    party: float
    raises: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class World:
    """All tables of the simulated world."""

    purposes: Mapping[str, PurposeSketch]
    truths: Mapping[str, Truth]
    outcomes: Mapping[str, Mapping[str, float]]
    notes: Mapping[str, str]


@cache
def read_world() -> World:
    """Read the tables that ship with the code."""
    text = resources.files(__package__).joinpath("world.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return World(
        purposes={code: _purpose(code, table) for code, table in tables["purpose"].items()},
        truths={code: _truth(code, table) for code, table in tables["truth"].items()},
        outcomes=tables["outcome"],
        notes=tables["note"],
    )


def stream(*parts: object) -> random.Random:
    """Return a source of chance of its own for these parts: the same parts, the same draws."""
    return random.Random("|".join(map(str, parts)))  # noqa: S311 - simulation, no secret


def pick(chance: random.Random, weights: Mapping[Choice, float]) -> Choice:
    """Draw one by weight."""
    return chance.choices(tuple(weights), tuple(weights.values()))[0]


def _purpose(code: str, table: Mapping[str, Any]) -> PurposeSketch:
    low, high = table["stay"]
    mean, spread, youngest, oldest = table["age"]
    return PurposeSketch(
        code=code,
        share=table["share"],
        months=tuple(table["months"]),
        women=table["women"],
        age=(mean, spread, youngest, oldest),
        children=table["children"],
        stay=(low, high),
        destinations=table["destinations"],
    )


def _truth(code: str, table: Mapping[str, Any]) -> Truth:
    return Truth(
        code=code,
        share=table["share"],
        purposes=tuple(table.get("purposes", ())),
        pace=table["pace"],
        papers=table["papers"],
        nik=table["nik"],
        long=table["long"],
        party=table["party"],
        raises=table["raises"],
    )
