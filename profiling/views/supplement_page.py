"""The pages that complete or correct a sealed interview: what they ask, and what was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flask import render_template, request

from checklist.instrument import Instrument
from checklist.loading import load
from checklist.vocabulary import VersionKind
from forms.interview_payload import Circumstances, payload_of
from forms.interview_rows import PaperRow, Part, Row
from forms.interview_sheet import Reader, sheet_of
from forms.interview_state import State, party_numbers
from forms.supplement import changes_between, put_in, state_of
from profiling import clock, database
from profiling.services import corrections
from profiling.services.identifiers import new_id
from profiling.services.results import ResultView
from profiling.views.formatting import today
from profiling.views.frame.language import language
from profiling.views.interview_page import echoes, hints, lists
from profiling.views.texts import gettext

_ANSWERS = ("answers.", "notes.", "third_parties.")
_TICKS = ("companion", "interpreter")


@dataclass(frozen=True, slots=True)
class Task:
    """What one of the pages is for: its kind of version, and the fields it may touch."""

    name: str
    kind: VersionKind
    prefixes: tuple[str, ...]
    is_whole: bool = False

    @property
    def has_questions(self) -> bool:
        """Whether the page asks questions at all."""
        return "answers." in self.prefixes


FURTHER = Task("further", VersionKind.PENDALAMAN, ("documents.", *_ANSWERS))
PAPERS = Task("papers", VersionKind.PERBAIKAN, ("documents.",))
CORRECTION = Task(
    "correction",
    VersionKind.PERBAIKAN,
    (
        "applicant.",
        "passport.",
        "purpose",
        "destination",
        "departure_date",
        "stay_days",
        "documents.",
        *_ANSWERS,
        *_TICKS,
    ),
    is_whole=True,
)


@dataclass(frozen=True)
class Supplement:
    """A sealed interview with what was put in on top of it."""

    view: ResultView
    task: Task
    sent: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def instrument(self) -> Instrument:
        """The instrument of the version that is completed."""
        return load(self.view.current.version.instrument_version)

    @cached_property
    def old(self) -> dict[str, Any]:
        """The version as it was handed in."""
        interview = self.view.interview
        return corrections.payload_of(
            interview.application_no, interview.office, self.view.current.version
        )

    @cached_property
    def stored(self) -> State:
        """What was sealed, as fields of the page."""
        return state_of(self.old, self.instrument, language())

    @cached_property
    def state(self) -> State:
        """What stands on the page now."""
        names = {name for name, _ in self.sent}
        unticked = self.task.is_whole and bool(self.sent)
        base = {
            name: text
            for name, text in self.stored.items()
            if not (unticked and name in _TICKS and name not in names)
        }
        return put_in(base, self.sent, self.instrument, self.task.prefixes)

    @property
    def changes(self) -> dict[str, Any]:
        """What differs from the sealed version."""
        version, interview = self.view.current.version, self.view.interview
        told = Circumstances(
            office=interview.office,
            application_no=interview.application_no,
            channel=version.channel,
            started_at=version.started_at,
            finished_at=version.finished_at,
            notice_version=version.notice_version or "",
            today=clock.local_date(version.started_at, database.current().settings.timezone),
        )
        return changes_between(self.old, payload_of(self.state, self.instrument, told).content)

    @property
    def papers(self) -> tuple[PaperRow, ...]:
        """The papers to look at: all, or those that are missing or were not looked at."""
        rows = [row for row in self._sheet.papers if row.is_open]
        if self.task.is_whole:
            return tuple(rows)
        seen = {str(code): state for code, state in self.old["documents"].items()}
        return tuple(row for row in rows if seen.get(row.code) in {None, "missing"})

    @property
    def parts(self) -> tuple[Part, ...]:
        """The questions by part: all that are asked, or those that are open."""
        if not self.task.has_questions:
            return ()
        parts = (
            replace(part, rows=tuple(row for row in part.rows if self._is_shown(row)))
            for part in self._sheet.parts
        )
        return tuple(part for part in parts if part.rows)

    @cached_property
    def _sheet(self) -> Any:
        return sheet_of(self.state, self.instrument, Reader(language(), today()))

    @cached_property
    def _open(self) -> frozenset[str]:
        """The questions that were open at the seal, with their opening questions."""
        unknown = set(self.view.current.unknown)
        gates = {
            gate.code
            for gate in self.instrument.gates.values()
            if self.stored.get(f"answers.{gate.code}") == "td"
        }
        behind = {code for gate in gates for code in self.instrument.gates[gate].indicators}
        return frozenset(unknown | gates | behind)

    def _is_shown(self, row: Row) -> bool:
        if f"answers.{row.code}" in self.errors or f"notes.{row.code}" in self.errors:
            return True
        is_stored = f"answers.{row.code}" in self.stored
        if self.task.is_whole:
            return row.is_for_purpose and (row.is_open or bool(row.gate) or is_stored)
        is_new = row.is_open and not row.is_gate and not is_stored
        return row.is_for_purpose and (row.code in self._open or is_new)


def page(supplement: Supplement) -> str:
    """Render the page."""
    view, state, lang = supplement.view, supplement.state, language()
    errors = supplement.errors
    return render_template(
        "results/supplement.html",
        view=view,
        interview=view.interview,
        supplement=supplement,
        task=supplement.task,
        words=_words(supplement.task),
        state=state,
        error=errors,
        errors=[(_target(name), text) for name, text in errors.items()],
        lists=lists(state, lang),
        echoes=echoes(state, today()),
        hints=hints(state, lang),
        numbers=_with_room(party_numbers(state), state),
        key=new_id(),
        lang=lang,
    )


def sent_fields() -> tuple[tuple[str, str], ...]:
    """Return the fields of the form that was sent."""
    return tuple(request.form.items())


def sent_in_words(supplement: Supplement) -> list[tuple[str, str]]:
    """Return what was sent, as pairs of question and answer."""
    rows: Iterable[Row | PaperRow] = (
        *supplement.papers,
        *(row for part in supplement.parts for row in part.rows),
    )
    changed = supplement.changes
    keys = {*changed.get("answers", ()), *changed.get("documents", ())}
    said = []
    for row in rows:
        words = {option.value: option.label for option in row.options}
        if row.code in keys and row.chosen:
            said.append((row.ask if isinstance(row, Row) else row.label, words[row.chosen]))
    return [*said, (gettext("Reason"), supplement.reason)]


def _with_room(numbers: list[int], state: State) -> list[int]:
    """Leave an empty row after the parties that are named already."""
    is_named = any(name.startswith("third_parties.") for name in state)
    return [*numbers, len(numbers)] if is_named else numbers


def _words(task: Task) -> Mapping[str, str]:
    if task is FURTHER:
        return {
            "heading": gettext("Add answers"),
            "intro": gettext("Only what is not known yet. Earlier answers stay as they were."),
            "submit": gettext("Seal further answers"),
        }
    if task is PAPERS:
        return {
            "heading": gettext("Record completed papers"),
            "intro": gettext("Look at each paper again. Earlier answers stay as they were."),
            "submit": gettext("Seal papers"),
        }
    return {
        "heading": gettext("Correct answers"),
        "intro": gettext("Change only what was written down differently from what was said."),
        "submit": gettext("Seal correction"),
    }


def usual_reason(task: Task) -> str:
    """Return the reason that a page comes with; a correction has none of its own."""
    if task is FURTHER:
        return gettext("Answers added after the result was read.")
    return gettext("Papers completed by the applicant.") if task is PAPERS else ""


def _target(name: str) -> str | None:
    return None if name in {"body", "form", "changes", "kind"} else name
