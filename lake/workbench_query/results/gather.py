"""Kind `gather`: rows of an order, wherever they lie in the result."""

from __future__ import annotations

import base64
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..failures import QueryFailure
from ..request import Request
from .spool import Spool, open_spool

NUMBER_BYTES = 8
MOST_ROWS = 100_000
MOST_BYTES = 64 * 1024 * 1024
# Up to so many are put together row by row, which is quicker where each lies in a chunk of its own.
FEW_ROWS = 1_000
# Of a single row, which is given however long it is, up to this.
LONGEST_ROW = 256 * 1024 * 1024


def gather(message: dict[str, Any], request: Request) -> dict[str, object]:
    """`{folder, file, offset, limit}` → `{arrow}`: one Arrow IPC stream in base64, with the columns' own names.

    It holds fewer rows where those asked for are past 64 MB, but one at least.
    """
    spool = open_spool(message["folder"])
    numbers = read_numbers(message["file"], message["offset"], min(message["limit"], MOST_ROWS))
    table = _at_most(MOST_BYTES, spool, numbers)
    request.check()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, spool.schema) as writer:
        writer.write_table(table)
    return {"arrow": base64.b64encode(sink.getvalue()).decode("ascii")}


def _at_most(most_bytes: int, spool: Spool, numbers: array) -> pa.Table:
    """The first of these rows, one at least. Long rows are gathered a few at a time: no more is held than is given."""
    parts: list[pa.Table] = []
    size, at = 0, 0
    step = _rows_in(most_bytes, spool, numbers[0]) if numbers else 0
    while at < len(numbers) and (at == 0 or size < most_bytes):
        part = gather_rows(spool, numbers[at : at + step])
        while part.nbytes > most_bytes - size and part.num_rows > 1:
            part = part.slice(0, part.num_rows // 2)
        if at > 0 and part.nbytes > most_bytes - size:
            break
        parts.append(part)
        at += part.num_rows
        size += part.nbytes
        step = max(1, (most_bytes - size) * at // max(1, size))
    if size > LONGEST_ROW:
        raise QueryFailure(
            "resource_exhausted", "This row is too large to be shown.", hint="Export the result, or leave out columns."
        )
    if len(parts) == 1:
        return parts[0]
    return pa.concat_tables(parts).combine_chunks() if parts else spool.schema.empty_table()


def _rows_in(most_bytes: int, spool: Spool, row: int) -> int:
    """How many rows like those around this one take so many bytes."""
    batch = spool.batches[spool.chunk_of(row)]
    return max(1, most_bytes * batch.num_rows // max(1, batch.nbytes))


def read_numbers(file: str, offset: int, limit: int) -> array:
    """Row numbers `[offset, offset + limit)` of a file of them; fewer at its end."""
    try:
        with Path(file).open("rb") as order:
            order.seek(offset * NUMBER_BYTES)
            data = order.read(max(0, limit) * NUMBER_BYTES)
    except FileNotFoundError as error:
        raise QueryFailure(
            "not_found", "This view of the result is not kept any longer.", hint="Sort or filter again."
        ) from error
    return array("q", data[: len(data) - len(data) % NUMBER_BYTES])


def number_blocks(file: str, rows: int) -> Iterator[array]:
    """All row numbers of a file, `rows` at a time."""
    offset = 0
    while numbers := read_numbers(file, offset, rows):
        yield numbers
        offset += len(numbers)


def gather_rows(spool: Spool, numbers: array) -> pa.Table:
    """The rows of these numbers, in this order, with the columns' own names."""
    if len(numbers) == 0:
        return spool.schema.empty_table()
    if numbers[-1] - numbers[0] == len(numbers) - 1 and _is_run(numbers):
        return _slice(spool, numbers[0], len(numbers))
    if len(numbers) <= FEW_ROWS:
        return pa.Table.from_batches([_row(spool, number) for number in numbers], schema=spool.schema).combine_chunks()
    by_row = sorted(range(len(numbers)), key=numbers.__getitem__)
    parts: list[pa.RecordBatch] = []
    at = 0
    while at < len(by_row):
        chunk = spool.chunk_of(numbers[by_row[at]])
        first, end = spool.starts[chunk], spool.starts[chunk + 1]
        wanted: list[int] = []
        while at < len(by_row) and numbers[by_row[at]] < end:
            wanted.append(numbers[by_row[at]] - first)
            at += 1
        parts.append(spool.batches[chunk].take(pa.array(wanted, pa.int32())))
    table = pa.Table.from_batches(parts, schema=spool.schema).combine_chunks()
    places = array("q", bytes(len(numbers) * NUMBER_BYTES))
    for place, asked in enumerate(by_row):
        places[asked] = place
    is_sorted = all(place == asked for place, asked in enumerate(by_row))
    return table if is_sorted else table.take(pa.array(places, pa.int64()))


def _row(spool: Spool, number: int) -> pa.RecordBatch:
    chunk = spool.chunk_of(number)
    return spool.batches[chunk].slice(number - spool.starts[chunk], 1)


def _is_run(numbers: array) -> bool:
    first = numbers[0]
    return all(number == first + place for place, number in enumerate(numbers))


def _slice(spool: Spool, first: int, count: int) -> pa.Table:
    parts: list[pa.RecordBatch] = []
    row, left = first, count
    while left > 0:
        chunk = spool.chunk_of(row)
        part = spool.batches[chunk].slice(row - spool.starts[chunk], left)
        parts.append(part)
        row += part.num_rows
        left -= part.num_rows
    return pa.Table.from_batches(parts, schema=spool.schema)
