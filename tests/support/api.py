"""A program that uses the API: sends tokens and keys, and holds every answer to its schema."""

import json
import re
import uuid
from functools import cache
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from profiling.api.document import document
from profiling.database import Database
from profiling.security.access import system_actor
from profiling.services import accounts

PREFIX = "/api/v1"
_HERE = "urn:siaga"


def token_of(database: Database, username: str) -> str:
    """Make a token for an account."""
    with database.transaction() as session:
        return accounts.create_token(session, system_actor(), username=username, name="uji")


class ApiClient:
    """One program with one account's token."""

    def __init__(self, app: Flask, database: Database, username: str) -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token_of(database, username)}"}

    def get(self, path: str, *, status: int = 200, **kwargs: Any) -> Any:
        """Ask, and return the answer's content."""
        return self.send("GET", path, status=status, **kwargs).json

    def post(self, path: str, body: object = None, *, status: int = 200, **kwargs: Any) -> Any:
        """Write under a fresh key, unless one is given, and return the answer's content."""
        headers = {"Idempotency-Key": str(uuid.uuid4()), **kwargs.pop("headers", {})}
        return self.send("POST", path, json=body, status=status, headers=headers, **kwargs).json

    def send(self, method: str, path: str, *, status: int, **kwargs: Any) -> TestResponse:
        """Send a request; its answer must have this status and fit the documented schema."""
        headers = {**self.headers, **kwargs.pop("headers", {})}
        answer = self.client.open(PREFIX + path, method=method, headers=headers, **kwargs)
        assert answer.status_code == status, f"{answer.status}: {answer.get_data(as_text=True)}"
        hold_to_schema(method, PREFIX + path.partition("?")[0], answer)
        return answer


def hold_to_schema(method: str, path: str, answer: TestResponse) -> None:
    """Assert that the answer is one that the document promises for this operation."""
    assert answer.mimetype == "application/json"
    documented = _documented(method, path)
    if documented is None:
        assert answer.status_code in (404, 405)
        return
    responses = documented["responses"]
    assert str(answer.status_code) in responses, f"{answer.status_code} is not documented"
    content = responses[str(answer.status_code)]["content"]
    _validator(_frozen(content["application/json"]["schema"])).validate(answer.json)


def _documented(method: str, path: str) -> Any:
    for template, methods in document()["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            return methods.get(method.lower())
    return None


def _frozen(schema: Any) -> str:
    return json.dumps(schema)


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = schema.replace("#/components", f"{_HERE}#/components")
    whole = Resource(contents=document(), specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(_HERE, whole)
    return Draft202012Validator(
        json.loads(text),
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
