"""Starts the service, nothing else: for a WSGI server, as wsgi:app."""

from profiling.app import create_app
from profiling.views.frame.logs import configure_logs

configure_logs()
app = create_app()
