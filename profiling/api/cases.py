"""Cases: the list, one case, and what an analyst does with it."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from checklist import fields
from checklist.fields import Fields
from checklist.vocabulary import CaseOrigin, CaseState, Outcome
from profiling import database
from profiling.api.bodies import fields_of, read_version
from profiling.api.operations import Operation
from profiling.api.replies import caller, reply
from profiling.api.schemas import (
    DATE,
    FLAG,
    RECEIPT,
    TEXT,
    UUID,
    WHOLE,
    Schema,
    listed,
    maybe,
    obj,
    one_of,
    short,
)
from profiling.api.writes import begin_write
from profiling.errors import Invalid
from profiling.services import case_list, cases
from profiling.services.case_list import CaseFilter, CaseItem
from profiling.services.cases import Closing, Finding

_LONGEST_TEXT = 4000
_LONGEST_CURSOR = 400
_TEXT = fields.text(_LONGEST_TEXT, lines=True)


def list_cases() -> Response:
    """List the cases of the caller's scope in the order of work."""
    actor = caller()
    form = fields_of(request.args.to_dict(), actor.locale)
    state = form.take("state", fields.word(CaseState))
    office = form.take("office", fields.text(20))
    cursor = form.take("cursor", fields.text(_LONGEST_CURSOR))
    if form.problems.found:
        raise Invalid(form.problems.found)
    chosen = CaseFilter(state=state, office=office)
    with database.current().reading() as session:
        page = case_list.list_cases(session, actor, chosen=chosen, cursor=cursor, lang=actor.locale)
    return reply({"items": [as_item(each) for each in page.items], "next_cursor": page.next_cursor})


def read(case_id: object) -> Response:
    """Read one case."""
    actor = caller()
    with database.current().reading() as session:
        item = case_list.case_item(session, actor, case_id=str(case_id), lang=actor.locale)
    return reply(as_item(item))


def take(case_id: object) -> Response:
    """Become the holder of a free case."""
    write = begin_write(f"cases/{case_id}/take")
    version = _version(write.form)
    return write.answer(
        lambda session: cases.take(session, write.actor, case_id=str(case_id), version=version)
    )


def add_finding(case_id: object) -> Response:
    """Write down what was found."""
    write = begin_write(f"cases/{case_id}/findings")
    version = _version(write.form)
    text = write.form.take("text", _TEXT, required=True) or ""
    waiting_for = write.form.take("waiting_for", fields.text(120))
    return write.answer(
        lambda session: cases.add_finding(
            session,
            write.actor,
            case_id=str(case_id),
            version=version,
            finding=Finding(text, waiting_for),
        )
    )


def close(case_id: object) -> Response:
    """End the review of a case."""
    write = begin_write(f"cases/{case_id}/close")
    version = _version(write.form)
    outcome = write.form.take("outcome", fields.word(Outcome), required=True)
    reason = write.form.take("reason", _TEXT, required=True) or ""
    return write.answer(
        lambda session: cases.close(
            session,
            write.actor,
            case_id=str(case_id),
            version=version,
            closing=Closing(str(outcome), reason),
        )
    )


def confirm(case_id: object) -> Response:
    """Agree that a merah case was not confirmed."""
    write = begin_write(f"cases/{case_id}/confirm")
    version = _version(write.form)
    return write.answer(
        lambda session: cases.confirm(session, write.actor, case_id=str(case_id), version=version)
    )


def reopen(case_id: object) -> Response:
    """Take up a finished case again."""
    write = begin_write(f"cases/{case_id}/reopen")
    version = _version(write.form)
    reason = write.form.take("reason", _TEXT, required=True) or ""
    return write.answer(
        lambda session: cases.reopen(
            session, write.actor, case_id=str(case_id), version=version, reason=reason
        )
    )


def as_item(item: CaseItem) -> dict[str, Any]:
    """Return a case as the API gives it; what a blind reading hides is null."""
    return {
        "id": item.id,
        "version": item.version,
        "interview_id": item.interview_id,
        "state": item.state,
        "origin": item.origin,
        "due": item.due_on.isoformat(),
        "overdue": item.is_overdue,
        "holder": item.holder,
        "outcome": item.outcome,
    }


def _version(form: Fields) -> int | None:
    return form.take("version", read_version)


_ITEM: Schema = obj(
    {
        "id": UUID,
        "version": WHOLE,
        "interview_id": UUID,
        "state": one_of(CaseState),
        "origin": maybe(one_of(CaseOrigin)),
        "due": DATE,
        "overdue": FLAG,
        "holder": maybe(TEXT),
        "outcome": maybe(one_of(Outcome)),
    }
)
_RECEIPT: Schema = obj({**RECEIPT, "state": one_of(CaseState)})
_SEEN: dict[str, Schema] = {"version": maybe(WHOLE)}
_REASON = short(_LONGEST_TEXT, least=15)


def _write(name: str, summary: str, body: dict[str, Schema]) -> Operation:
    return Operation(
        name=name,
        summary=summary,
        body=obj({**_SEEN, **body}, optional=["version", "waiting_for"]),
        answer=_RECEIPT,
        refusals=(404, 409),
    )


OPERATIONS = (
    Operation(
        name="listCases",
        summary="The cases of your scope in the order of work; open ones unless a state is named.",
        answer=listed(_ITEM),
        query={"state": one_of(CaseState), "office": short(20), "cursor": short(_LONGEST_CURSOR)},
    ),
    Operation(
        name="readCase",
        summary="One case; while it is read blind its origin is null.",
        answer=_ITEM,
        refusals=(404,),
    ),
    _write("takeCase", "Take a free case.", {}),
    _write(
        "addFinding",
        "Write down a finding; with waiting_for the case waits for that agency.",
        {"text": short(_LONGEST_TEXT, least=10), "waiting_for": maybe(short(120))},
    ),
    _write(
        "closeCase",
        "Close a case; a merah case that was not confirmed waits for a second reader.",
        {"outcome": one_of(Outcome), "reason": _REASON},
    ),
    _write("confirmCase", "Agree, as another person, that it was not confirmed.", {}),
    _write("reopenCase", "Take up a finished case again.", {"reason": _REASON}),
)
