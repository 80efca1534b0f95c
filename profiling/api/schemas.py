"""Short ways to write JSON Schemas, and the shapes that several answers share."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
UUID: Schema = {"type": "string", "format": "uuid"}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ANYTHING: Schema = {}


def obj(properties: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    """Describe an object with exactly these fields; all are there but the optional ones."""
    required = [name for name in properties if name not in set(optional)]
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
    }


def keyed(value: Schema) -> Schema:
    """Describe an object whose keys are codes."""
    return {"type": "object", "additionalProperties": value}


def rows(item: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": item}


def one_of(words: Iterable[str]) -> Schema:
    """Describe one word of a closed list."""
    return {"type": "string", "enum": [str(word) for word in words]}


def maybe(schema: Schema) -> Schema:
    """Describe something that may be null."""
    if "enum" in schema:
        return {"type": ["string", "null"], "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def short(limit: int, least: int = 0) -> Schema:
    """Describe text of a bounded length."""
    bounds = {"minLength": least} if least else {}
    return {"type": "string", "maxLength": limit, **bounds}


def listed(item: Schema) -> Schema:
    """Describe one page of a list."""
    return obj({"items": rows(item), "next_cursor": maybe(TEXT)})


RECEIPT: Mapping[str, Schema] = {
    "id": UUID,
    "version": WHOLE,
    "audit_seq": WHOLE,
    "audit_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
"""The fields of every receipt."""

PROBLEMS: Schema = obj({"errors": keyed(rows(TEXT))})
"""Bad input: sentences by field."""

REFUSAL: Schema = obj({"error": TEXT, "id": TEXT}, optional=["id"])
"""Every other refusal; `id` names the record in the way, or the request when it is our fault."""
