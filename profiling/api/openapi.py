"""The OpenAPI 3.1 document, made from the table of operations."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from profiling.api.idempotency import HEADER
from profiling.api.operations import Operation
from profiling.api.routes import PREFIX
from profiling.api.schemas import PROBLEMS, REFUSAL, Schema
from profiling.security.access import GRANTS

_ALWAYS = (401, 403, 500, 503)
_OF_WRITES = (400, 413, 415)
_ABOUT = (
    "Interviews, decisions and cases for programs. Every request carries a bearer token; every "
    "write carries an Idempotency-Key and answers a receipt with its place in the audit chain."
)


def describe(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document that describes these operations."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = f"{PREFIX}{operation.documented_path}"
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "SIAGA", "version": version("siaga"), "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problems": PROBLEMS, "Refusal": REFUSAL},
            "parameters": {"IdempotencyKey": _key_parameter()},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"For: {', '.join(_roles(operation))}.",
        "tags": [operation.path.split("/")[1].split(".")[0]],
        "parameters": _parameters(operation),
        "responses": {
            str(operation.status): _content("What was asked for.", operation.answer),
            **{str(status): _refusal(status) for status in _refusals(operation)},
        },
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, **_json(operation.body)}
    return described


def _roles(operation: Operation) -> list[str]:
    permission = operation.rule.permission
    return [str(role) for role, grants in GRANTS.items() if permission in grants]


def _parameters(operation: Operation) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": dict(schema)}
        for name, schema in operation.parameters.items()
    ]
    found += [
        {"name": name, "in": "query", "required": False, "schema": dict(schema)}
        for name, schema in operation.query.items()
    ]
    if operation.writes:
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    return found


def _refusals(operation: Operation) -> list[int]:
    found = {*_ALWAYS, *operation.refusals}
    if operation.writes:
        found |= {*_OF_WRITES, 409}
    if operation.writes or operation.query:
        found.add(422)
    return sorted(found)


def _refusal(status: int) -> dict[str, Any]:
    phrase = HTTPStatus(status).phrase
    name = "Problems" if status == HTTPStatus.UNPROCESSABLE_ENTITY else "Refusal"
    return _content(f"{phrase}.", {"$ref": f"#/components/schemas/{name}"})


def _content(text: str, schema: Schema) -> dict[str, Any]:
    return {"description": text, **_json(schema)}


def _json(schema: Schema) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": dict(schema)}}}


def _key_parameter() -> dict[str, Any]:
    return {
        "name": HEADER,
        "in": "header",
        "required": True,
        "description": "A UUID of the client's making: the same key and body get the same receipt.",
        "schema": {"type": "string", "format": "uuid"},
    }
