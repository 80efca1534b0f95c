"""What the API offers: each operation with its address, its view and its description."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Response

from profiling.api.schemas import Schema

PREFIX = "/api/v1"

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address; the same entry makes the route and its documentation."""

    name: str
    method: str
    path: str
    view: Callable[..., Response]
    summary: str
    answer: Schema
    status: int = 200
    body: Schema | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    refusals: tuple[int, ...] = ()

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
