"""siaga routes: what the service answers, and to whom."""

import json
from importlib import import_module

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def routes(*, as_json: bool) -> None:
    """List every route with its permission and scope rule."""
    # The web service lies above the command line, so it is named, not imported.
    rows = import_module("profiling.app").describe_routes()
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(
            f"{row['method']:7} {row['path']}  {row['permission'] or 'open'}, {row['scope']}"
        )
