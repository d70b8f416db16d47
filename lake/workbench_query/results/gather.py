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


def gather(message: dict[str, Any], request: Request) -> dict[str, object]:
    """`{folder, file, offset, limit}` → `{arrow}`: one Arrow IPC stream in base64, with the columns' own names."""
    spool = open_spool(message["folder"])
    numbers = read_numbers(message["file"], message["offset"], min(message["limit"], MOST_ROWS))
    table = gather_rows(spool, numbers)
    request.check()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, spool.schema) as writer:
        writer.write_table(table)
    return {"arrow": base64.b64encode(sink.getvalue()).decode("ascii")}


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
