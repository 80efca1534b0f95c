"""Events as lines of JSON on standard error: what happened, never who was asked about."""

import sys
from datetime import UTC, datetime

import orjson


class _Journal:
    """The one of this process, like standard error itself."""

    is_open = False


def open_journal() -> None:
    """Write events from now on; a process that does not serve keeps quiet."""
    _Journal.is_open = True


def close_journal() -> None:
    """Write no more events."""
    _Journal.is_open = False


def write(event: str, level: str = "info", **facts: object) -> None:
    """Write an event with its facts."""
    if not _Journal.is_open:
        return
    line = {"event": event, "level": level, "timestamp": datetime.now(UTC), **facts}
    sys.stderr.write(f"{orjson.dumps(line, option=orjson.OPT_SORT_KEYS).decode()}\n")
    sys.stderr.flush()
