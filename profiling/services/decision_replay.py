"""Every stored assessment worked out again from its own facts, answers and rules, and compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Text, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from checklist.vocabulary import VersionKind
from profiling.errors import Invalid, NotFound, sentence
from profiling.records import Assessment, Interview, InterviewVersion, Record
from profiling.records.base import table_of
from profiling.records.scoping import within
from profiling.security.access import Actor, Permission, Role, system_actor
from profiling.services import audit
from profiling.services.replay_comparison import (
    PLAIN,
    CannotReplayError,
    Difference,
    Problem,
    compare,
    side_by_side,
)
from profiling.services.replay_inputs import UnreadableError
from profiling.services.stored_rows import any_text

BLOCK = 2_000
_SHOWN = "backslashreplace"
"""What is not Unicode becomes signs that can be printed, and that no sealed value holds."""
_NOT_FOUND = sentence("No interview has this id or application number.")
_UNREADABLE = sentence("What is stored cannot be read: %(what)s.")


def _as_text(record: type[Record], name: str) -> Any:
    """Return a column unread: what cannot be read is a finding, not the end of the replay."""
    return cast(table_of(record).c[name], Text).label(name)


ROWS: Any = (
    select(
        Interview.id,
        Interview.office,
        Interview.receipt_year,
        Interview.receipt_no,
        Interview.first_band,
        Interview.band.label("head_band"),
        Interview.papers.label("head_papers"),
        Interview.purpose.label("head_purpose"),
        Interview.current_version,
        InterviewVersion.version,
        InterviewVersion.instrument_version,
        InterviewVersion.instrument_sha256,
        InterviewVersion.answers,
        type_coerce(InterviewVersion.answers_coded, NullType()).label("answers_coded"),
        InterviewVersion.purpose,
        InterviewVersion.destination,
        InterviewVersion.stay_days,
        *(_as_text(InterviewVersion, name) for name in ("birth_date", "documents", "passport")),
        Assessment.version_id,
        Assessment.rules_version,
        Assessment.rules_sha256,
        _as_text(Assessment, "facts"),
        *(table_of(Assessment).c[name] for name in PLAIN),
        # Not opened: nearly always it is the text that the replay writes.
        _as_text(Assessment, "removed"),
    )
    .select_from(InterviewVersion)
    .join(Interview, Interview.id == InterviewVersion.interview_id)
    .outerjoin(Assessment, Assessment.version_id == InterviewVersion.id)
    # A voiding version says why, and has no result of its own.
    .where(
        or_(InterviewVersion.kind != VersionKind.BATAL.value, Assessment.version_id.is_not(None))
    )
    .order_by(InterviewVersion.interview_id, InterviewVersion.version)
)
"""Every stored result and what it rests on, by interview and version."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One stored assessment after its replay; `problem` says why it could not be replayed."""

    interview: str
    version: int
    receipt: str
    rules: str | None
    problem: Problem | None
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether the replay found nothing."""
        return self.problem is None and not self.differences

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the command prints it: no personal data."""
        return {
            "interview": self.interview,
            "version": self.version,
            "receipt": self.receipt,
            "rules": self.rules,
            "problem": None if self.problem is None else str(self.problem),
            "columns": {
                each.column: {"stored": each.stored, "recomputed": each.recomputed}
                for each in self.differences
            },
        }


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One version with every column of its result, then whatever else differs."""

    replayed: Replayed
    sha256: str | None
    columns: tuple[Difference, ...]


def operator() -> Actor:
    """Return who runs the command line: the service itself, with an auditor's permission."""
    return replace(system_actor(), role=Role.AUDITOR)


def count_stored(session: Session, actor: Actor) -> int:
    """Return how many stored assessments a replay of all will look at."""
    actor.require(Permission.AUDIT_READ)
    return session.scalar(select(func.count()).select_from(ROWS.order_by(None).subquery())) or 0


def replay_all(session: Session, actor: Actor) -> Iterator[Sequence[Replayed]]:
    """Replay every stored assessment, in blocks; one block is kept in memory."""
    actor.require(Permission.AUDIT_READ)
    with any_text(session, errors=_SHOWN):
        streamed = session.connection().execute(ROWS.execution_options(yield_per=BLOCK))
        for block in streamed.partitions():
            yield [_replayed(row) for row in block]


def replay_one(session: Session, actor: Actor, wanted: str) -> Sequence[Replayed]:
    """Replay every version of one interview, by its id or its application number."""
    found = [_replayed(row) for row in _rows_of(session, actor, wanted)]
    if not found:
        raise Invalid({"ID": [_NOT_FOUND]})
    return found


def read_replay(session: Session, actor: Actor, wanted: str) -> Sequence[SideBySide]:
    """Replay one interview for an auditor's screen; that it was looked at is noted."""
    rows = _rows_of(session, actor, wanted)
    if not rows:
        raise NotFound(_NOT_FOUND)
    for interview in dict.fromkeys(row.id for row in rows):
        audit.record(session, actor, action="decision.replay", subject=("interview", interview))
    return [_beside(row) for row in rows]


def _rows_of(session: Session, actor: Actor, wanted: str) -> Sequence[Any]:
    actor.require(Permission.AUDIT_READ)
    named = or_(Interview.id == wanted, Interview.application_no == wanted)
    statement = ROWS.where(named, within(actor, Interview.office))
    with any_text(session, errors=_SHOWN):
        return session.connection().execute(statement).all()


def _beside(row: Any) -> SideBySide:
    replayed = _replayed(row)
    results = side_by_side(row) if replayed.problem is None else ()
    shown = {each.column for each in results}
    others = [each for each in replayed.differences if each.column not in shown]
    return SideBySide(replayed, row.rules_sha256, (*results, *others))


def _replayed(row: Any) -> Replayed:
    problem: Problem | None = None
    differences: Sequence[Difference] = ()
    try:
        differences = compare(row)
    except CannotReplayError as reason:
        problem, differences = reason.problem, reason.differences
    except UnreadableError as reason:
        problem = Problem(_UNREADABLE, {"what": str(reason)})
    return Replayed(
        interview=row.id,
        version=row.version,
        receipt=f"{row.office} {row.receipt_no}/{row.receipt_year}",
        rules=row.rules_version,
        problem=problem,
        differences=tuple(differences),
    )
