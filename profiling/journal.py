"""Events as lines of JSON on standard error: what happened, never who was asked about."""

import json
import logging
import sys
from datetime import UTC, datetime

_log = logging.getLogger("siaga")


class _Lines(logging.Handler):
    """One line for each event."""

    def emit(self, record: logging.LogRecord) -> None:
        line = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            **record.__dict__["facts"],
        }
        sys.stderr.write(f"{json.dumps(line, sort_keys=True)}\n")
        sys.stderr.flush()


def open_journal() -> None:
    """Write events from now on; a process that does not serve keeps quiet."""
    _log.handlers = [_Lines()]
    _log.setLevel(logging.INFO)
    _log.propagate = False


def close_journal() -> None:
    """Write no more events."""
    _log.handlers = []


def write(event: str, level: int = logging.INFO, **facts: object) -> None:
    """Write an event with its facts."""
    if _log.handlers:
        _log.log(level, event, extra={"facts": facts})
