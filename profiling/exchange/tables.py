"""Writing a long table piece by piece: as CSV or as Parquet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from profiling.exchange.csv_writer import write_csv
from profiling.exchange.dataset_columns import Column, Kind

if TYPE_CHECKING:
    import pyarrow as pa

Cells = Sequence[Any]
Pieces = Iterable[Sequence[Cells]]


def write_csv_table(target: Path, columns: Sequence[Column], pieces: Pieces) -> int:
    """Write the pieces as one CSV file; returns the number of rows."""
    heads = [column.name for column in columns]
    with target.open("w", encoding="utf-8", newline="") as stream:
        return write_csv(stream, heads, (row for piece in pieces for row in piece))


def write_parquet_table(target: Path, columns: Sequence[Column], pieces: Pieces) -> int:
    """Write the pieces as one Parquet file, a row group each; returns the number of rows."""
    import pyarrow as pa  # noqa: PLC0415 - a slow library, needed here alone
    from pyarrow import parquet  # noqa: PLC0415 - a slow library, needed here alone

    schema = pa.schema([(column.name, _type_of(column.kind)) for column in columns])
    count = 0
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for piece in pieces:
            values = zip(*piece, strict=True) if piece else ([] for _ in columns)
            arrays = [
                pa.array(list(cells), type=field.type)
                for cells, field in zip(values, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(piece)
    return count


WRITERS: Mapping[str, Callable[[Path, Sequence[Column], Pieces], int]] = {
    "csv": write_csv_table,
    "parquet": write_parquet_table,
}
"""Format -> writer. One line adds a format."""


def _type_of(kind: Kind) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415 - a slow library, needed here alone

    types = {
        Kind.TEXT: pa.string(),
        Kind.WHOLE: pa.int32(),
        Kind.NUMBER: pa.float64(),
        Kind.DAY: pa.date32(),
        Kind.FLAG: pa.bool_(),
    }
    return types[kind]
