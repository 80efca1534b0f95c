"""The service: pages, API, command line, use cases, records, reports."""
