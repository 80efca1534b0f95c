"""Decisions: an officer decides, a supervisor confirms or returns what is postponed."""

from werkzeug.wrappers import Response

from checklist import fields
from checklist.vocabulary import Disposition, ReasonCode
from profiling.api.bodies import read_version
from profiling.api.operations import Operation
from profiling.api.schemas import RECEIPT, WHOLE, Schema, maybe, obj, one_of, short
from profiling.api.writes import begin_write
from profiling.services import decisions
from profiling.services.decisions import Wish

_LONGEST_REASON = 1000
_SHORTEST_REASON = 15
_REASON = fields.text(_LONGEST_REASON, lines=True)


def decide(interview_id: object) -> Response:
    """Add a decision."""
    write = begin_write(f"interviews/{interview_id}/decision")
    form = write.form
    version = form.take("version", read_version, required=True)
    disposition = form.take("disposition", fields.word(Disposition), required=True)
    reason = form.take("reason", _REASON) or ""
    code = form.take("reason_code", fields.word(ReasonCode))
    return write.answer(
        lambda session: decisions.decide(
            session,
            write.actor,
            interview_id=str(interview_id),
            wish=Wish(version or 0, disposition or Disposition.LANJUT, reason, code),
        )
    )


def confirm(interview_id: object) -> Response:
    """Confirm what another person postponed."""
    write = begin_write(f"interviews/{interview_id}/decision/confirm")
    version = write.form.take("version", read_version, required=True)
    return write.answer(
        lambda session: decisions.confirm(
            session, write.actor, interview_id=str(interview_id), version=version or 0
        )
    )


def give_back(interview_id: object) -> Response:
    """Return to the officer what was postponed."""
    write = begin_write(f"interviews/{interview_id}/decision/return")
    version = write.form.take("version", read_version, required=True)
    reason = write.form.take("reason", _REASON, required=True) or ""
    return write.answer(
        lambda session: decisions.return_(
            session,
            write.actor,
            interview_id=str(interview_id),
            version=version or 0,
            reason=reason,
        )
    )


_RECEIPT: Schema = obj(RECEIPT)
_REASON_SHAPE = short(_LONGEST_REASON, least=_SHORTEST_REASON)

OPERATIONS = (
    Operation(
        name="decide",
        summary="Decide. Earlier decisions stay; the last one counts.",
        body=obj(
            {
                "version": WHOLE,
                "disposition": one_of(Disposition),
                "reason": maybe(short(_LONGEST_REASON)),
                "reason_code": maybe(one_of(ReasonCode)),
            },
            optional=["reason", "reason_code"],
        ),
        answer=_RECEIPT,
        refusals=(404, 409),
    ),
    Operation(
        name="confirmDecision",
        summary="Confirm a TUNDA that another person decided.",
        body=obj({"version": WHOLE}),
        answer=_RECEIPT,
        refusals=(404, 409),
    ),
    Operation(
        name="returnDecision",
        summary="Return a TUNDA to the officer with a reason; the interview is sealed again.",
        body=obj({"version": WHOLE, "reason": _REASON_SHAPE}),
        answer=_RECEIPT,
        refusals=(404, 409),
    ),
)
