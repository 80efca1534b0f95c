"""siaga score: batch scoring of a file, without a database."""

from pathlib import Path

import click
from rich.progress import Progress

from checklist.loading import DEFAULT_VERSION
from profiling.services import scoring

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("source", metavar="IN", type=_FILE)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the results go: .parquet for Parquet, else CSV.",
)
@click.option("--ruleset", default=DEFAULT_VERSION, show_default=True, help="Version of the rules.")
@click.option("--only-result", is_flag=True, help="Keep record_id and the results only.")
def score(source: Path, out: Path, ruleset: str, *, only_result: bool) -> None:
    """Score the records of IN, a CSV or Parquet file, and write them with the results added.

    IN has one record a row: record_id, interview_date, birth_date, sex, nik, purpose, destination,
    stay_days, missing_documents, one column for each asked indicator, and the facts the system
    looks up. Other columns are kept and not read. Added are the points of each dimension (TP DR CR
    AV ID RW), positive, fired, band, band_max and papers.
    """
    with Progress(transient=True) as bar:
        task = bar.add_task("Scoring", total=scoring.count_records(source))
        done = scoring.score(
            source,
            out,
            version=ruleset,
            only_result=only_result,
            progress=lambda count: bar.advance(task, count),
        )
    click.echo(f"{done} records scored by {ruleset}.")
