"""Every route with the rule that guards it, for auditors."""

from flask import Flask

from profiling.views.frame.guard import declared_rules

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PROGRAMS = "/api/"
_BROWSERS_OWN_REPORTS = "/csp-report"


def describe(app: Flask) -> list[dict[str, object]]:
    """Return a row for each method of each route: permission, scope rule, CSRF, personal data."""
    found: list[dict[str, object]] = []
    for route, rule in declared_rules(app):
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append(
                {
                    "method": method,
                    "path": route.rule,
                    "permission": rule.permission if rule else None,
                    "scope": rule.scope if rule else None,
                    "csrf": _is_protected(method, route.rule),
                    "personal_data": bool(rule and rule.personal_data),
                }
            )
    return sorted(found, key=lambda row: (str(row["path"]), str(row["method"])))


def _is_protected(method: str, path: str) -> bool:
    """Whether a form token is asked for; programs bring a bearer token, which no browser adds."""
    return method not in _SAFE and not path.startswith((_PROGRAMS, _BROWSERS_OWN_REPORTS))
