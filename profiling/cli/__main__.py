"""Lets `python -m profiling.cli` run the command line."""

from profiling.cli import main

main()
