"""Starts a serving process."""

import gc
from importlib import import_module
from typing import Any

from profiling import journal


def start() -> Any:
    """Return the service for a WSGI server, with its journal on standard error."""
    # What is loaded now stays: the collector rests meanwhile, and never walks it afterwards.
    gc.disable()
    app = import_module("profiling.app").create_app()
    gc.freeze()
    gc.enable()
    journal.open_journal()
    return app
