"""Keeps the rows of a statement while it runs, as domain/query/result-spool.ts says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

_END_OF_STREAM = b"\xff\xff\xff\xff\x00\x00\x00\x00"


class ResultSpool:
    """The folder of one result: `result.arrows`, `index.jsonl` and, once it is whole, `done.json`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        # Unbuffered: what was written can be read by other processes at once.
        self._data = open(folder / "result.arrows", "wb", buffering=0)  # noqa: SIM115
        self._index = open(folder / "index.jsonl", "wb", buffering=0)  # noqa: SIM115
        self.rows = 0
        self.bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._data.close()
        self._index.close()

    def begin(self, schema: pa.Schema, columns: list[dict[str, str]]) -> None:
        """Write the schema message and the head of the index."""
        self.bytes = self._write(schema.serialize())
        self._line({"schemaBytes": self.bytes, "columns": columns})

    def append(self, batch: pa.RecordBatch) -> None:
        """Write a batch; it can be read when this returns."""
        offset = self.bytes
        written = self._write(batch.serialize())
        self.bytes += written
        self._line({"offset": offset, "bytes": written, "firstRow": self.rows, "rows": batch.num_rows})
        self.rows += batch.num_rows

    def end(self) -> None:
        """Say that the result is whole. `bytes` counts what the chunks and the schema take, without the last mark."""
        self._write(_END_OF_STREAM)
        partial = self._folder / "done.json.partial"
        partial.write_text(json.dumps({"rows": self.rows, "bytes": self.bytes}))
        os.replace(partial, self._folder / "done.json")

    def _write(self, buffer: pa.Buffer | bytes) -> int:
        view = memoryview(buffer)
        total = view.nbytes
        while view.nbytes > 0:
            view = view[self._data.write(view) :]
        return total

    def _line(self, content: dict[str, object]) -> None:
        self._index.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
