"""Starts the service, nothing else: for a WSGI server, as wsgi:app."""

from profiling.app import start

app = start()
