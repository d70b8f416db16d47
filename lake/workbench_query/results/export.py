"""Kind `export`: all rows of a result, or of an order of them, as a file that is streamed to a socket."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from ..failures import Cancelled, QueryFailure
from ..request import Request
from .gather import gather_rows, number_blocks
from .result_database import result_database
from .spool import Spool, open_spool
from .text_lines import csv_header, csv_line, json_line, unique_names

# What is gathered at once, and what one row group of Parquet holds.
BLOCK_BYTES = 32 * 1024 * 1024
# DuckDB reads some sixteen batches ahead: they are to be small, or as many blocks lie in memory.
SLICE_ROWS = 4_096
LINES = 20_480
WRITE_BUFFER = 1024 * 1024


def export(message: dict[str, Any], request: Request) -> dict[str, object]:
    """`{folder, order, format, socket, limits}` → `{rows}`; the bytes go to the Unix socket at the path `socket`.

    Formats: `csv` (RFC 4180, UTF-8, NULL is empty and an empty text is `""`), `json` (an object a line, bigints and
    decimals as text, columns of one name numbered), `parquet` (zstd) and `arrow` (an IPC stream). Where the reader
    closes the socket the export ends as cancelled. A result that still grows is exported as far as it is written now.
    """
    spool = open_spool(message["folder"])
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(message["socket"])
        request.on_cancel(lambda: _hang_up(connection))
        raw = connection.makefile("wb", buffering=0)
        output = io.BufferedWriter(raw, WRITE_BUFFER)
        blocks = _blocks(spool, message.get("order"), request)
        rows = _WRITERS[message["format"]](spool, blocks, output, message.get("limits", {}), request)
        output.flush()
        return {"rows": rows}
    except (BrokenPipeError, ConnectionError) as error:
        raise Cancelled from error
    finally:
        connection.close()


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _blocks(spool: Spool, order: str | None, request: Request) -> Iterator[pa.RecordBatch]:
    """The rows in order, some 32 MB at a time. What was given before is let go."""
    if order is None:
        for batch in spool.batches[: len(spool.starts) - 1]:
            request.check()
            yield batch
        return
    size = sum(batch.nbytes for batch in spool.batches[:64])
    counted = spool.starts[min(64, len(spool.batches))]
    rows = max(1_000, BLOCK_BYTES * max(1, counted) // max(1, size)) if counted else 1_000
    for numbers in number_blocks(order, rows):
        request.check()
        yield from gather_rows(spool, numbers).to_batches(max_chunksize=SLICE_ROWS)


def _write_lines(
    lines: str, header: bytes, spool: Spool, blocks: Any, output: BinaryIO, limits: Any, request: Any
) -> int:
    """Write `header`, then the text that the expression `lines` makes of each row."""
    output.write(header)
    names = [f"c{place}" for place in range(len(spool.schema))]
    schema = pa.schema([field.with_name(name) for field, name in zip(spool.schema, names, strict=True)])
    reader = pa.RecordBatchReader.from_batches(
        schema, (pa.RecordBatch.from_arrays(block.columns, schema=schema) for block in blocks)
    )
    rows = 0
    with result_database({"source": reader}, "", limits, request) as database:
        for batch in database.execute(f"SELECT {lines} AS line FROM source").to_arrow_reader(LINES):
            request.check()
            rows += batch.num_rows
            # Texts lie one behind the other: the buffer is what is to be written.
            column = batch.column(0).cast(pa.large_string())
            if len(column) > 0:
                _, offsets, text = column.buffers()
                bounds = memoryview(offsets).cast("q")
                output.write(memoryview(text)[bounds[column.offset] : bounds[column.offset + len(column)]])
    return rows


def _csv(spool: Spool, blocks: Any, output: BinaryIO, limits: Any, request: Request) -> int:
    header = csv_header([column["name"] for column in spool.columns])
    return _write_lines(csv_line(spool.schema), header, spool, blocks, output, limits, request)


def _json(spool: Spool, blocks: Any, output: BinaryIO, limits: Any, request: Request) -> int:
    lines = json_line(spool.schema, [column["name"] for column in spool.columns])
    return _write_lines(lines, b"", spool, blocks, output, limits, request)


def _parquet(spool: Spool, blocks: Any, output: BinaryIO, _limits: Any, _request: Any) -> int:
    schema = _named(spool)
    rows = 0
    try:
        with pq.ParquetWriter(output, schema, compression="zstd") as writer:
            for group in _grouped(blocks, schema):
                writer.write_table(group)
                rows += group.num_rows
    except pa.ArrowNotImplementedError as error:
        raise QueryFailure(
            "invalid_input", "Parquet has no type for a column of this result.", hint="Export it as Arrow or CSV."
        ) from error
    return rows


def _grouped(blocks: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    size = 0
    for block in blocks:
        held.append(pa.RecordBatch.from_arrays(block.columns, schema=schema))
        size += block.nbytes
        if size >= BLOCK_BYTES:
            yield pa.Table.from_batches(held, schema=schema)
            held, size = [], 0
    if held:
        yield pa.Table.from_batches(held, schema=schema)


def _arrow(spool: Spool, blocks: Any, output: BinaryIO, _limits: Any, _request: Any) -> int:
    rows = 0
    with pa.ipc.new_stream(output, spool.schema) as writer:
        for block in blocks:
            writer.write_batch(block)
            rows += block.num_rows
    return rows


def _named(spool: Spool) -> pa.Schema:
    names = unique_names([column["name"] for column in spool.columns])
    return pa.schema([field.with_name(name) for field, name in zip(spool.schema, names, strict=True)])


_WRITERS = {"csv": _csv, "json": _json, "parquet": _parquet, "arrow": _arrow}
