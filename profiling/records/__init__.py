"""What is stored."""

from profiling.records.accounts import Account, ApiToken, PasswordAttempt, WebSession
from profiling.records.appointments import Appointment, Draft
from profiling.records.audit import AuditEvent, IdempotencyReceipt
from profiling.records.base import Record
from profiling.records.cases import Case, CaseEvent
from profiling.records.interviews import (
    Assessment,
    Decision,
    Interview,
    InterviewVersion,
    ThirdParty,
)
from profiling.records.offices import Office
from profiling.records.operations import DailyRun, SiteFact
from profiling.records.people import Person
from profiling.records.watchlist import WatchlistEntry

SEALED_TABLES = (
    InterviewVersion.__tablename__,
    ThirdParty.__tablename__,
    Assessment.__tablename__,
    Decision.__tablename__,
    CaseEvent.__tablename__,
    AuditEvent.__tablename__,
)
"""Tables in which rows are only ever added; triggers on both engines refuse the rest."""

UNAUDITED_TABLES = (
    AuditEvent.__tablename__,
    IdempotencyReceipt.__tablename__,
    WebSession.__tablename__,
    PasswordAttempt.__tablename__,
    Draft.__tablename__,
)
"""Tables whose rows no audit event covers: the chain itself, receipts, sessions and the like."""

__all__ = [
    "SEALED_TABLES",
    "UNAUDITED_TABLES",
    "Account",
    "ApiToken",
    "Appointment",
    "Assessment",
    "AuditEvent",
    "Case",
    "CaseEvent",
    "DailyRun",
    "Decision",
    "Draft",
    "IdempotencyReceipt",
    "Interview",
    "InterviewVersion",
    "Office",
    "PasswordAttempt",
    "Person",
    "Record",
    "SiteFact",
    "ThirdParty",
    "WatchlistEntry",
    "WebSession",
]
