"""Interviews: handing one in, reading it, correcting it."""

from werkzeug.wrappers import Response

from checklist import fields
from checklist.vocabulary import VersionKind
from profiling import clock, database
from profiling.api.bodies import fields_of, read_body, read_version
from profiling.api.idempotency import asked
from profiling.api.interview_schemas import CORRECTED, CORRECTION, INTERVIEW, READ, SEALED
from profiling.api.interview_views import as_read
from profiling.api.operations import Operation
from profiling.api.replies import caller, reply
from profiling.errors import Invalid
from profiling.services import corrections, interviews, readings

_OWN_FIELDS = frozenset({"version", "kind", "reason"})
_LONGEST_REASON = 500


def seal() -> Response:
    """Seal an interview."""
    body, raw = read_body()
    actor, order = caller(), interviews.Order(request=asked("interviews", raw))

    receipt = database.current().run(
        lambda session: interviews.seal(
            session,
            actor,
            interviews.read_payload(session, body, at=clock.now(), lang=actor.locale),
            order=order,
        )
    )
    return reply(receipt, 201)


def read(interview_id: object) -> Response:
    """Read an interview."""
    actor = caller()
    with database.current().transaction() as session:
        reading = readings.open_interview(session, actor, str(interview_id))
    return reply(as_read(reading, actor))


def correct(interview_id: object) -> Response:
    """Seal a new version of an interview, or void it."""
    body, raw = read_body()
    actor, chosen = caller(), str(interview_id)
    request = asked(f"interviews/{chosen}/corrections", raw)
    form = fields_of(body, actor.locale)
    version = form.take("version", read_version, required=True)
    kind = form.take("kind", fields.word(VersionKind), required=True)
    reason = form.take("reason", fields.text(_LONGEST_REASON, lines=True), required=True)
    if version is None or kind is None or reason is None or form.problems.found:
        raise Invalid(form.problems.found)
    changes = {str(name): form.values[name] for name in form.values if name not in _OWN_FIELDS}
    correction = corrections.Correction(version, kind, reason, changes, request)

    receipt = database.current().run(
        lambda session: corrections.correct(
            session, actor, interview_id=chosen, correction=correction, lang=actor.locale
        )
    )
    return reply(receipt, 201)


OPERATIONS = (
    Operation(
        name="sealInterview",
        summary="Seal an interview: answers and own judgement first, then the result.",
        body=INTERVIEW,
        answer=SEALED,
        status=201,
        refusals=(409,),
    ),
    Operation(
        name="readInterview",
        summary="Read an interview as your role may; while a case is read blind, without result.",
        answer=READ,
        refusals=(404,),
    ),
    Operation(
        name="correctInterview",
        summary="Seal a new version with a reason, or void an interview sealed by mistake.",
        body=CORRECTION,
        answer=CORRECTED,
        status=201,
        refusals=(404, 409),
    ),
)
