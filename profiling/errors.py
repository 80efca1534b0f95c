"""The named ways in which the service says no."""

from collections.abc import Mapping, Sequence

FieldErrors = Mapping[str, Sequence[str]]


def sentence(text: str) -> str:
    """Mark an English sentence for translation; the edge says it in the reader's language."""
    return text


class SiagaError(Exception):
    """Base of every refusal that a person should read."""

    status = 500
    word = "error"


class NotFound(SiagaError):
    """The thing does not exist, or lies outside the asking person's scope."""

    status = 404
    word = "not_found"


class NotAllowed(SiagaError):
    """The person's role does not do this."""

    status = 403
    word = "not_allowed"


class SignInNeeded(SiagaError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    word = "sign_in_needed"


class PasswordChangeNeeded(NotAllowed):
    """The person still has the one-time password."""

    word = "password_change_needed"


class Conflict(SiagaError):
    """The record is in a state that does not allow this; `existing` names the record in the way."""

    status = 409
    word = "conflict"

    def __init__(self, kind: str, *, existing: str | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.existing = existing


class StaleVersion(Conflict):
    """Somebody else changed the record first."""

    def __init__(self) -> None:
        super().__init__("stale_version")


class Invalid(SiagaError):
    """Something typed cannot be accepted: sentences by field."""

    status = 422
    word = "invalid"

    def __init__(self, errors: FieldErrors) -> None:
        super().__init__(", ".join(sorted(errors)))
        self.errors = {field: list(sentences) for field, sentences in errors.items()}


class TooMany(SiagaError):
    """Too many attempts; try again after `seconds`."""

    status = 429
    word = "too_many"

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


class Unavailable(SiagaError):
    """The service cannot do this now; nothing was written."""

    status = 503
    word = "unavailable"


class BadSetting(SiagaError):
    """A setting, key or file that the service needs is missing or unusable."""

    word = "bad_setting"


class UnauditedWrite(SiagaError):
    """A transaction tried to commit rows that no audit event covers: a fault in our own code."""

    word = "unaudited_write"
