"""siaga routes: what it lists is what is there."""

import json

import pytest

import profiling.database
from profiling.app import create_app
from profiling.views.frame.route_table import describe
from tests.support.client import SiteClient

FIELDS = {"method", "path", "permission", "scope", "csrf", "personal_data"}


@pytest.fixture
def site(sqlite_database):
    """The web service on the embedded database."""
    created = create_app(sqlite_database.settings)
    created.test_client_class = SiteClient
    with created.app_context():
        opened = profiling.database.current()
    yield created
    opened.close()


def test_every_route_is_listed_with_its_rule(siaga, site):
    result = siaga("routes", "--json")
    assert result.exit_code == 0, result.output
    rows = json.loads(result.output)
    assert all(set(row) == FIELDS for row in rows)
    listed = {(row["method"], row["path"]) for row in rows}
    there = {
        (method, rule.rule)
        for rule in site.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert listed == there
    by_path = {(row["method"], row["path"]): row for row in rows}
    seal = by_path[("POST", "/api/v1/interviews")]
    assert seal == {
        "method": "POST",
        "path": "/api/v1/interviews",
        "permission": "interview:conduct",
        "scope": "office",
        "csrf": False,
        "personal_data": True,
    }
    assert by_path[("GET", "/healthz")]["permission"] is None


def test_the_list_needs_no_hosts_to_serve(siaga, monkeypatch):
    monkeypatch.setenv("SIAGA_ENV", "production")
    monkeypatch.delenv("SIAGA_TRUSTED_HOSTS", raising=False)
    result = siaga("routes", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)


def test_without_json_each_route_is_a_line(siaga):
    lines = siaga("routes").output.splitlines()
    assert any("/api/v1/interviews" in line and "interview:conduct" in line for line in lines)


def test_csrf_is_listed_as_the_form_tokens_are_asked_for(site):
    protection = site.extensions["csrf"]
    rows = {(row["method"], row["path"]): row["csrf"] for row in describe(site)}
    for rule in site.url_map.iter_rules():
        view = site.view_functions[rule.endpoint]
        is_exempt = (
            f"{view.__module__}.{view.__name__}" in protection._exempt_views
            or site.blueprints.get(rule.endpoint.partition(".")[0]) in protection._exempt_blueprints
        )
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            asked = method != "GET" and not is_exempt
            assert rows[(method, rule.rule)] is asked, rule.rule
