"""Who may do what: roles, permissions, and the person who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from profiling.errors import NotAllowed


class Role(StrEnum):
    """What an account is for."""

    OFFICER = "officer"
    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    STEWARD = "steward"
    ADMIN = "admin"
    AUDITOR = "auditor"
    DPO = "dpo"


class Scope(StrEnum):
    """How far an account sees."""

    OFFICE = "office"
    REGION = "region"
    NATIONAL = "national"


class Permission(StrEnum):
    """What a route asks for, as thing:action."""

    ACCOUNT_OWN = "account:own"
    AUDIT_READ = "audit:read"
    CASE_READ = "case:read"
    CASE_WORK = "case:work"
    DATASET_EXPORT = "dataset:export"
    DATASET_READ = "dataset:read"
    DATASET_REGISTER = "dataset:register"
    DECISION_CONFIRM = "decision:confirm"
    DECISION_RECORD = "decision:record"
    FEEDBACK_READ = "feedback:read"
    INSTRUMENT_READ = "instrument:read"
    INTERVIEW_CONDUCT = "interview:conduct"
    INTERVIEW_READ = "interview:read"
    QUEUE_IMPORT = "queue:import"
    QUEUE_READ = "queue:read"
    REPORT_READ = "report:read"
    RULES_READ = "rules:read"
    WATCHLIST_EDIT = "watchlist:edit"
    WATCHLIST_READ = "watchlist:read"


_P = Permission
_EVERYBODY = frozenset({_P.ACCOUNT_OWN, _P.INSTRUMENT_READ})

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: _EVERYBODY
    | {
        _P.DECISION_RECORD,
        _P.FEEDBACK_READ,
        _P.INTERVIEW_CONDUCT,
        _P.INTERVIEW_READ,
        _P.QUEUE_IMPORT,
        _P.QUEUE_READ,
    },
    Role.ANALYST: _EVERYBODY
    | {
        _P.CASE_READ,
        _P.CASE_WORK,
        _P.DATASET_EXPORT,
        _P.DATASET_READ,
        _P.INTERVIEW_READ,
        _P.REPORT_READ,
        _P.RULES_READ,
        _P.WATCHLIST_EDIT,
        _P.WATCHLIST_READ,
    },
    Role.SUPERVISOR: _EVERYBODY
    | {_P.DECISION_CONFIRM, _P.DECISION_RECORD, _P.INTERVIEW_READ, _P.REPORT_READ},
    Role.STEWARD: _EVERYBODY | {_P.DATASET_EXPORT, _P.DATASET_READ, _P.RULES_READ},
    Role.ADMIN: _EVERYBODY,
    Role.AUDITOR: _EVERYBODY | {_P.AUDIT_READ, _P.DATASET_READ, _P.DATASET_REGISTER, _P.RULES_READ},
    Role.DPO: _EVERYBODY,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person on whose behalf a service acts.

    `offices` are the codes inside the person's scope; None means all of the nation.
    """

    id: str
    username: str
    name: str
    person_no: str
    role: Role
    scope: Scope
    office: str | None
    region: str | None
    offices: frozenset[str] | None
    locale: str
    preferences: Mapping[str, object] = field(default_factory=dict)
    via: str = "web"
    must_change_password: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether the person's role grants the permission."""
        return permission in GRANTS[self.role]

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the person's role grants the permission."""
        if not self.may(permission):
            raise NotAllowed(permission)

    def covers(self, office: str) -> bool:
        """Whether the office lies inside the person's scope."""
        return self.offices is None or office in self.offices


def system_actor(office: str | None = None) -> Actor:
    """Return the service itself as the one who acts: nightly work and the command line."""
    return Actor(
        id="system",
        username="system",
        name="SIAGA",
        person_no="system",
        role=Role.ADMIN,
        scope=Scope.NATIONAL,
        office=office,
        region=None,
        offices=None,
        locale="id",
        via="system",
    )
