"""The document describes exactly what is there."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from profiling.api.document import OPERATIONS, document
from profiling.api.openapi import describe
from tests.support.api import PREFIX


def routes_of(app):
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_document_is_valid_openapi(api):
    served = api("officer").get("/openapi.json")
    OpenAPIV31SpecValidator(served).validate()
    assert served == document()


def test_every_route_is_documented_and_every_operation_exists(app):
    assert routes_of(app) == {(each.method, PREFIX + each.path) for each in OPERATIONS}


def test_every_operation_declares_who_may_ask():
    assert [each.name for each in OPERATIONS if each.rule is None] == []


def test_names_are_given_once():
    names = [each.name for each in OPERATIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_writes_name_the_key_and_reads_do_not(operation):
    described = describe([operation])["paths"][PREFIX + operation.documented_path]
    asked = str(described[operation.method.lower()]["parameters"])
    assert ("IdempotencyKey" in asked) is operation.writes
    assert operation.writes is (operation.method == "POST")
