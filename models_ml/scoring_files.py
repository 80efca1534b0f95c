"""Scoring a file: CSV or Parquet in, the same with the results added out."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from pyarrow import compute

from checklist.compilation import BANDS, CompiledRules
from checklist.packing import CHUNK_MASK, name_tables
from models_ml.batch import PAPERS, Scores, score_table
from models_ml.columns import Flags
from models_ml.scoring_columns import (
    ID_COLUMN,
    Part,
    ScoringFileError,
    as_text,
    input_columns,
    read_columns,
)

ROWS_AT_ONCE = 65_536
_BLOCK_BYTES = 16 << 20
_PARQUET = {".parquet", ".pq"}
Progress: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is read, where the results go, and whether the inputs are kept beside them."""

    source: Path
    target: Path
    only_result: bool = False


def score_file(job: Job, rules: CompiledRules, *, progress: Progress | None = None) -> int:
    """Score a file and return how many records it held; a faulty file leaves nothing behind."""
    partial = job.target.with_name(f".{job.target.name}.part")
    done = 0
    try:
        sink = _ParquetSink(partial) if _is_parquet(job.target) else _CsvSink(partial)
        with closing(sink):
            for table in _tables(job.source, input_columns(rules)):
                sink.write(_scored(table, done, job, rules))
                done += table.num_rows
                if progress is not None:
                    progress(table.num_rows)
        partial.replace(job.target)
    finally:
        partial.unlink(missing_ok=True)
    return done


def count_records(source: Path) -> int:
    """Return how many records a file holds, at least nearly; an unreadable one holds none."""
    if _is_parquet(source):
        try:
            return int(pq.ParquetFile(source).metadata.num_rows)
        except pa.ArrowInvalid:
            return 0
    with source.open("rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return max(lines - 1, 0)


def result_columns(rules: CompiledRules) -> tuple[str, ...]:
    """Name the columns that scoring adds."""
    return (*rules.rules.dimensions, "positive", "fired", "band", "band_max", "papers")


class _CsvSink:
    """A CSV file being written; text is quoted only where it must be."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("wb")
        self.has_header = False

    def write(self, table: pa.Table) -> None:
        if not self.has_header:
            header = io.StringIO()
            csv.writer(header, lineterminator="\n").writerow(table.column_names)
            self.file.write(header.getvalue().encode())
            self.has_header = True
        style = "needed" if any(map(_needs_quotes, table.columns)) else "none"
        options = pc.WriteOptions(include_header=False, quoting_style=style)
        pc.write_csv(table, self.file, write_options=options)

    def close(self) -> None:
        self.file.close()


class _ParquetSink:
    """A Parquet file being written, opened when the first rows say which columns it has."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer: pq.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.path, table.schema)
        self.writer.write_table(table)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


def _needs_quotes(column: pa.ChunkedArray) -> bool:
    if not pa.types.is_string(column.type):
        return False
    return bool(compute.any(compute.match_substring_regex(column, '[",\r\n]')).as_py())


def _scored(table: pa.Table, before: int, job: Job, rules: CompiledRules) -> pa.Table:
    scores = score_table(read_columns(Part(as_text(table), before), rules), rules)
    added = set(result_columns(rules))
    kept = [ID_COLUMN] if job.only_result else table.column_names
    columns = {name: table.column(name) for name in kept if name not in added}
    return pa.table({**columns, **_results(scores, rules)})


def _results(scores: Scores, rules: CompiledRules) -> dict[str, pa.Array]:
    names = rules.rules.dimensions
    bands = pa.array([str(band) for band in BANDS])
    return {
        **{name: pa.array(row) for name, row in zip(names, scores.points, strict=True)},
        "positive": pa.array(_joined(scores.positive, names)),
        "fired": pa.array(_joined(scores.fired, scores.codes, alphabetical=True)),
        "band": bands.take(pa.array(scores.band)),
        "band_max": bands.take(pa.array(scores.band_max)),
        "papers": pa.array([str(state) for state in PAPERS]).take(pa.array(scores.papers)),
    }


def _joined(flags: Flags, names: tuple[str, ...], *, alphabetical: bool = False) -> list[str]:
    """Return the names whose flag is set, for each record, one blank between."""
    order = sorted(range(len(names)), key=names.__getitem__) if alphabetical else range(len(names))
    tables = name_tables([names[place] for place in order])
    packed = np.packbits(flags[list(order)], axis=0, bitorder="little")
    masks = [int.from_bytes(row, "little") for row in np.ascontiguousarray(packed.T)]
    return [
        " ".join(word for shift, table in tables for word in table[mask >> shift & CHUNK_MASK])
        for mask in masks
    ]


def _tables(source: Path, needed: tuple[str, ...]) -> Iterator[pa.Table]:
    try:
        batches = _parquet_batches(source) if _is_parquet(source) else _csv_batches(source)
        schema = next(batches)
        _check_header(schema.names, needed)
        # A file without records still gives one empty table: its header.
        first = next(batches, None)
        yield pa.Table.from_batches([] if first is None else [first], schema)
        for batch in batches:
            yield pa.Table.from_batches([batch])
    except (pa.ArrowInvalid, UnicodeDecodeError) as fault:
        raise ScoringFileError(f"{source.name} cannot be read: {fault}") from fault


def _check_header(names: list[str], needed: tuple[str, ...]) -> None:
    if missing := [name for name in needed if name not in names]:
        raise ScoringFileError(f"columns are missing: {', '.join(missing)}")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ScoringFileError(f"columns are there twice: {', '.join(twice)}")


def _csv_batches(source: Path) -> Iterator[Any]:
    """Yield the schema, then the records; every column stays text."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    reader = pc.open_csv(
        source,
        read_options=pc.ReadOptions(block_size=_BLOCK_BYTES),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
        ),
    )
    yield reader.schema
    yield from reader


def _parquet_batches(source: Path) -> Iterator[Any]:
    """Yield the schema, then the records."""
    with pq.ParquetFile(source) as file:
        yield file.schema_arrow
        yield from file.iter_batches(batch_size=ROWS_AT_ONCE)


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() in _PARQUET
