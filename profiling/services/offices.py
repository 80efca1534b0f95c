"""Offices: making them, and which lie inside a scope."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.vocabulary import Channel
from profiling.errors import Invalid, sentence
from profiling.records import Office
from profiling.records.prepared import Prepared, Unit
from profiling.security.access import Actor, Scope
from profiling.services import audit

_CHANNELS = {"kantor": Channel.COUNTER, "mpp": Channel.MPP, "keliling": Channel.MOBILE}
_TREE = Prepared(select(Office.code, Office.parent, Office.region))


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office as pages and exports name it."""

    code: str
    name: str
    parent: str | None
    region: str
    kind: str
    daily_reviews: int


def channel_of(kind: str) -> Channel:
    """Return the channel of interviews that are held at a place of this kind."""
    return _CHANNELS.get(kind, Channel.COUNTER)


def create_office(session: Session, actor: Actor, office: OfficeView) -> None:
    """Add an office or a sub-unit."""
    session.add(
        Office(
            code=office.code,
            name=office.name,
            parent=office.parent,
            region=office.region,
            kind=office.kind,
            daily_reviews=office.daily_reviews,
        )
    )
    audit.record(session, actor, action="office.create", subject=("office", office.code))


def list_offices(session: Session, codes: frozenset[str] | None = None) -> list[OfficeView]:
    """Return offices by code: all, or those named."""
    query = select(Office).order_by(Office.code)
    if codes is not None:
        query = query.where(Office.code.in_(sorted(codes)))
    return [_view(office) for office in session.scalars(query)]


def get_office(session: Session, code: str) -> OfficeView:
    """Return one office; raises Invalid when it is unknown."""
    office = session.get(Office, code)
    if office is None:
        raise Invalid({"office": [sentence("This office code is not known.")]})
    return _view(office)


def main_office(session: Session, code: str) -> str:
    """Return the office to which a place of service belongs."""
    parents = _tree(session)
    while (parent := parents.get(code, (None, ""))[0]) is not None:
        code = parent
    return code


def with_sub_units(session: Unit, code: str) -> frozenset[str]:
    """Return the office and all places of service below it."""
    parents = _tree(session)
    found = {code}
    while True:
        more = {child for child, (parent, _) in parents.items() if parent in found} - found
        if not more:
            return frozenset(found)
        found |= more


def codes_in_scope(
    session: Unit, scope: str, office: str | None, region: str | None
) -> frozenset[str] | None:
    """Return the office codes that a scope covers; None means the nation."""
    if scope == Scope.NATIONAL:
        return None
    if scope == Scope.REGION:
        return frozenset(code for code, (_, at) in _tree(session).items() if at == region)
    return with_sub_units(session, office) if office else frozenset()


def _tree(session: Unit) -> dict[str, tuple[str | None, str]]:
    return {code: (parent, region) for code, parent, region in _TREE.all(session, {})}


def _view(office: Office) -> OfficeView:
    return OfficeView(
        office.code, office.name, office.parent, office.region, office.kind, office.daily_reviews
    )
