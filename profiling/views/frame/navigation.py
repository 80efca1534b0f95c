"""Where each role goes: the links of the header, and the first page after sign-in."""

from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _

from profiling.security.access import Actor, Permission

_P = Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the header leads to; `covers` are further addresses that belong to it."""

    path: str
    label: object
    permission: Permission
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the header as the template shows it."""

    path: str
    label: str
    is_here: bool


PLACES = (
    Place("/queue", _("Queue"), _P.INTERVIEW_CONDUCT, ("/interviews",)),
    Place("/waiting", _("Waiting for me"), _P.DECISION_CONFIRM, ("/interviews",)),
    Place("/cases", _("Cases"), _P.CASE_READ),
    Place("/watchlist", _("Watch list"), _P.WATCHLIST_READ),
    Place("/reports", _("Reports"), _P.REPORT_READ),
    Place("/dataset", _("Dataset"), _P.DATASET_READ),
    Place("/audit", _("Replay"), _P.AUDIT_READ),
    Place("/me", _("My feedback"), _P.FEEDBACK_READ),
)
"""In the order of the header."""


def links_for(actor: Actor) -> list[Link]:
    """Return the header's links for this person."""
    return [Link(place.path, str(place.label), _is_here(place)) for place in _open_to(actor)]


def home_of(actor: Actor) -> str:
    """Return the first page of this person's work."""
    return next((place.path for place in _open_to(actor)), "/me")


def _open_to(actor: Actor) -> list[Place]:
    return [place for place in PLACES if actor.may(place.permission)]


def _is_here(place: Place) -> bool:
    return any(
        request.path == path or request.path.startswith(f"{path}/")
        for path in (place.path, *place.covers)
    )
