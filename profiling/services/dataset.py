"""The intelligence dataset: who may take it out, of which interviews, and what is kept of that."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from checklist.loading import load
from profiling.errors import Invalid, NotFound, sentence
from profiling.exchange.dataset_columns import columns_of
from profiling.exchange.tables import WRITERS
from profiling.reports.periods import parse
from profiling.security.access import Actor, Permission, Role, system_actor
from profiling.services import audit, offices
from profiling.services.audit import AuditReceipt
from profiling.services.dataset_rows import Extent, count_rows, read_pieces
from profiling.services.offices import OfficeView

FORMATS = tuple(WRITERS)
_SHORTEST_PURPOSE, _LONGEST_PURPOSE = 10, 500

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What somebody wants to take out, and what for; days and periods as in an address."""

    form: str
    purpose: str
    first: str | None = None
    last: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written and is not handed over yet."""

    form: str
    rows: int
    sha256: str


def operator() -> Actor:
    """Return who runs the command line: the service itself, with a steward's permission."""
    return replace(system_actor(), role=Role.STEWARD)


def offices_to_choose(session: Session, actor: Actor) -> list[OfficeView]:
    """Return the offices inside the person's scope."""
    actor.require(Permission.DATASET_EXPORT)
    return offices.list_offices(session, actor.offices)


def count_export(session: Session, actor: Actor, wish: ExportWish) -> int:
    """Return how many rows an export would have; raises Invalid where the wish is incomplete."""
    return count_rows(session, _extent(session, actor, wish))


def write_export(
    session: Session,
    actor: Actor,
    wish: ExportWish,
    target: Path,
    progress: Progress | None = None,
) -> Written:
    """Write the rows to a file; it may be handed over only after `record_export`."""
    extent = _extent(session, actor, wish)
    columns = columns_of(load())
    pieces = _counted(read_pieces(session, extent, columns), progress)
    rows = WRITERS[wish.form](target, columns, pieces)
    return Written(wish.form, rows, _sha256(target))


def record_export(
    session: Session, actor: Actor, wish: ExportWish, written: Written
) -> AuditReceipt:
    """Keep who took out how many rows, what for, and the digest of the file."""
    actor.require(Permission.DATASET_EXPORT)
    detail = {
        "format": written.form,
        "rows": written.rows,
        "sha256": written.sha256,
        "from": wish.first or None,
        "to": wish.last or None,
        "office": wish.office or None,
        "purpose": wish.purpose,
    }
    subject = ("dataset", written.sha256[:24])
    return audit.record(session, actor, action="dataset.export", subject=subject, detail=detail)


def _extent(session: Session, actor: Actor, wish: ExportWish) -> Extent:
    actor.require(Permission.DATASET_EXPORT)
    first, last = _check(wish)
    views = offices.list_offices(session, actor.offices)
    codes = {view.code for view in views}
    if wish.office:
        if wish.office not in codes:
            raise NotFound(sentence("This office code is not known."))
        codes = set(offices.with_sub_units(session, wish.office))
    # A reader of cases must not learn from the dataset what a case read blind hides.
    with_blind = not actor.may(Permission.CASE_WORK)
    return Extent(tuple(sorted(codes)), first, last, with_blind)


def _check(wish: ExportWish) -> tuple[date | None, date | None]:
    errors: dict[str, list[str]] = {}
    if wish.form not in FORMATS:
        errors["form"] = [sentence("Choose one of the formats.")]
    if not _SHORTEST_PURPOSE <= len(wish.purpose.strip()) <= _LONGEST_PURPOSE:
        errors["purpose"] = [sentence("Write what the dataset is for, in 10 to 500 characters.")]
    bounds: list[date | None] = []
    for name, text in (("first", wish.first), ("last", wish.last)):
        try:
            period = parse(text) if text else None
        except Invalid as problem:
            errors[name] = problem.errors["period"]
            period = None
        bounds.append((period.first if name == "first" else period.last) if period else None)
    first, last = bounds
    if first and last and last < first:
        errors["last"] = [sentence("The end lies before the beginning.")]
    if errors:
        raise Invalid(errors)
    return first, last


def _counted(
    pieces: Iterator[list[tuple[Any, ...]]], progress: Progress | None
) -> Iterator[Sequence[Sequence[Any]]]:
    for piece in pieces:
        yield piece
        if progress:
            progress(len(piece))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
