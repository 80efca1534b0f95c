"""What every route declares: permission, scope rule, and whether it shows personal data."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from profiling.security.access import Permission

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "siaga_route"


class ScopeRule(StrEnum):
    """Which records a route may touch."""

    NONE = "none"
    OWN = "own"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class RouteRule:
    """One route's declaration; no permission means open to everybody."""

    permission: Permission | None
    scope: ScopeRule
    personal_data: bool


def requires(
    permission: Permission, *, scope: ScopeRule, personal_data: bool = False
) -> Callable[[View], View]:
    """Declare the permission and the scope rule of a view."""
    return _declare(RouteRule(permission, scope, personal_data))


def public(view: View) -> View:
    """Declare that a view is open to everybody and shows no record."""
    return _declare(RouteRule(None, ScopeRule.NONE, personal_data=False))(view)


def rule_of(view: Callable[..., Any]) -> RouteRule | None:
    """Return what the view declares, or None when it declares nothing."""
    return getattr(view, _ATTRIBUTE, None)


def _declare(rule: RouteRule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, rule)
        return view

    return mark
