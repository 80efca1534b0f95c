"""Decisions as pages send them: each step once, however often its button is pressed."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from checklist.canonical import Json
from profiling.records import Interview
from profiling.security.access import Actor
from profiling.services import decisions, receipts
from profiling.services.decisions import DecisionReceipt, Wish
from profiling.services.page_requests import page_request
from profiling.services.receipts import Request

Receipt = Mapping[str, Any]


def decide(session: Session, actor: Actor, *, interview_id: str, wish: Wish, key: str) -> Receipt:
    """Decide on an interview; the receipt carries the number that people read."""
    sent: dict[str, Json] = {
        "version": wish.version,
        "disposition": str(wish.disposition),
        "reason": wish.reason,
        "reason_code": wish.reason_code and str(wish.reason_code),
    }
    request = page_request(key, "interview.decide", interview_id, sent)
    return _once(
        session,
        actor,
        request,
        lambda: decisions.decide(session, actor, interview_id=interview_id, wish=wish),
    )


def confirm(
    session: Session, actor: Actor, *, interview_id: str, version: int, key: str
) -> Receipt:
    """Confirm a postponement."""
    request = page_request(key, "interview.confirm", interview_id, {"version": version})
    return _once(
        session,
        actor,
        request,
        lambda: decisions.confirm(session, actor, interview_id=interview_id, version=version),
    )


def give_back(
    session: Session, actor: Actor, *, interview_id: str, wish: tuple[int, str], key: str
) -> Receipt:
    """Give a postponement back; `wish` is the version that was seen and the reason."""
    version, reason = wish
    sent: dict[str, Json] = {"version": version, "reason": reason}
    request = page_request(key, "interview.return", interview_id, sent)
    return _once(
        session,
        actor,
        request,
        lambda: decisions.return_(
            session, actor, interview_id=interview_id, version=version, reason=reason
        ),
    )


def _once(
    session: Session, actor: Actor, request: Request, work: Callable[[], DecisionReceipt]
) -> Receipt:
    def done() -> Receipt:
        proof = asdict(work())
        number = session.get_one(Interview, proof["id"]).receipt_no
        return {**proof, "receipt": number}

    return receipts.once(session, actor, request, done)
