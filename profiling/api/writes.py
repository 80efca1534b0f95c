"""What writes by program have in common: key, body, and a receipt that a repeat gets again."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from werkzeug.wrappers import Response

from checklist.fields import Fields
from profiling import database
from profiling.api.bodies import fields_of, finish, read_body
from profiling.api.idempotency import asked
from profiling.api.replies import caller, reply
from profiling.security.access import Actor
from profiling.services import receipts
from profiling.services.receipts import Request


@dataclass(frozen=True, slots=True)
class Write:
    """A write that was asked for: by whom, under which key, with which fields."""

    actor: Actor
    request: Request
    form: Fields

    def answer(self, work: Callable[[Any], Any]) -> Response:
        """Do the work on a session, once; its receipt is a dataclass."""
        finish(self.form)
        receipt = database.current().run(
            lambda session: receipts.once(
                session, self.actor, self.request, lambda: asdict(work(session))
            )
        )
        return reply(receipt)


def begin_write(operation: str) -> Write:
    """Read the key and the body of a write."""
    body, raw = read_body()
    actor = caller()
    return Write(actor, asked(operation, raw), fields_of(body, actor.locale))
