"""What every route declares: permission, scope rule, and whether it shows personal data."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
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
    personal_data: bool = False


class LateView:
    """A view by its name; its module is loaded when it is first asked for."""

    def __init__(self, module: str, name: str) -> None:
        self.__module__ = module
        self.__name__ = name

    def __call__(self, **asked: object) -> Any:
        return self.load()(**asked)

    def load(self) -> Callable[..., Any]:
        """Return the function that answers."""
        function: Callable[..., Any] = getattr(import_module(self.__module__), self.__name__)
        return function


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address: the view that answers, as room.function, and its rule."""

    method: str
    path: str
    name: str
    rule: RouteRule

    def view(self, package: str) -> LateView:
        """Return the view, of a room in this package, with its rule declared."""
        room, _, function = self.name.rpartition(".")
        return _declare(self.rule)(LateView(f"{package}.{room}", function))


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
