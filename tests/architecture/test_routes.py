"""Every address is guarded, named in one manner, and writes only by POST."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import profiling.database
from profiling.api.routes import ROUTES
from profiling.app import create_app
from profiling.security.access import GRANTS, Permission
from profiling.security.routes import LateView, rule_of
from profiling.views.frame.guard import declared_rules
from profiling.views.frame.navigation import PLACES
from profiling.views.routes import PAGES
from tests.support.databases import SqliteTemplate

OPEN = {
    "/login",
    "/login/demo",
    "/logout",
    "/language",
    "/healthz",
    "/readyz",
    "/csp-report",
    "/static/<build>/<path:name>",
}


@pytest.fixture(scope="module")
def site(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with sqlite_template.copy(tmp_path_factory.mktemp("site")) as database:
        created = create_app(database.settings)
        yield created
        with created.app_context():
            profiling.database.current().close()


def test_every_route_declares_its_rule(site: Flask) -> None:
    assert [rule.rule for rule, declared in declared_rules(site) if declared is None] == []


def test_every_view_is_there_and_takes_what_its_address_gives(site: Flask) -> None:
    for rule in site.url_map.iter_rules():
        view = site.view_functions[rule.endpoint]
        if isinstance(view, LateView):
            assert set(inspect.signature(view.load()).parameters) == rule.arguments, rule.rule
            assert rule_of(view.load()) is None, "the rule stands in the table alone"
    late = {name for name, view in site.view_functions.items() if isinstance(view, LateView)}
    assert late == {page.name for page in PAGES} | {f"api.{name}" for name in ROUTES}


def test_only_named_routes_are_open(site: Flask) -> None:
    found = {
        rule.rule
        for rule, declared in declared_rules(site)
        if declared and declared.permission is None
    }
    assert found - OPEN == set()


def test_addresses_are_kebab_case(site: Flask) -> None:
    part = re.compile(r"(?:/(?:[a-z0-9]+(?:[-.][a-z0-9]+)*|<[a-z_]+(?::[a-z_]+)?>))+|/")
    odd = [
        rule.rule
        for rule in site.url_map.iter_rules()
        if not part.fullmatch(re.sub(r"<(?:[^:<>]*:)?([a-z_]+)>", r"<\1>", rule.rule))
    ]
    assert odd == []


def test_a_view_that_writes_answers_no_get(site: Flask) -> None:
    both = {
        rule.rule
        for rule in site.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set())
    }
    assert both == set()


def test_every_permission_is_granted_to_a_role() -> None:
    assert set().union(*GRANTS.values()) == set(Permission)


def test_the_header_leads_where_the_reader_may_go(site: Flask) -> None:
    rules = {rule.rule: rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())}
    for place in PLACES:
        declared = rule_of(site.view_functions[rules[place.path].endpoint])
        assert declared
        allowed = {role for role, grants in GRANTS.items() if declared.permission in grants}
        shown = {role for role, grants in GRANTS.items() if place.permission in grants}
        assert shown <= allowed, place.path


def test_no_view_reaches_records_or_sql() -> None:
    folder = Path(__file__).parents[2] / "profiling"
    for room in ("views", "api", "cli"):
        for file in (folder / room).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            assert "import sqlalchemy" not in text, file
            assert "from sqlalchemy" not in text, file
