"""Starts the service, nothing else: for a WSGI server, as wsgi:app."""

from profiling.start import start

app = start()
