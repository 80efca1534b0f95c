"""What the API offers: each operation with its address and its description."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from profiling.api.routes import ROUTES
from profiling.api.schemas import Schema
from profiling.security.routes import RouteRule

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Operation:
    """What the documentation says of one route."""

    name: str
    summary: str
    answer: Schema
    status: int = 200
    body: Schema | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    refusals: tuple[int, ...] = ()

    @property
    def method(self) -> str:
        """The method of its route."""
        return ROUTES[self.name].method

    @property
    def path(self) -> str:
        """The address of its route, below the prefix."""
        return ROUTES[self.name].path

    @property
    def rule(self) -> RouteRule:
        """Who may ask."""
        return ROUTES[self.name].rule

    @property
    def writes(self) -> bool:
        """Whether it changes something, and so takes an idempotency key."""
        return self.method != "GET"

    @property
    def documented_path(self) -> str:
        """The address as OpenAPI writes it, below the prefix."""
        return _PARAMETER.sub(r"{\2}", self.path)

    @property
    def parameters(self) -> dict[str, Schema]:
        """The parts of the address that vary."""
        kinds: dict[str, Any] = {"uuid": {"type": "string", "format": "uuid"}}
        return {
            name: kinds.get(kind, {"type": "string"})
            for kind, name in _PARAMETER.findall(self.path)
        }
