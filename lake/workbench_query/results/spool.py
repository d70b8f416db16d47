"""Results as they are kept (domain/query/result-spool.ts), opened by memory map, also while they are still written."""

from __future__ import annotations

import json
import threading
from bisect import bisect_right
from collections import OrderedDict
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from ..failures import QueryFailure

DATA_FILE = "result.arrows"
INDEX_FILE = "index.jsonl"
# Results that stay open: a map and, for each chunk, the places of its buffers.
KEPT_OPEN = 16


class Spool:
    """The rows of one result that can be read now. Its batches lie in the file's map: nothing is copied."""

    def __init__(self, folder: Path, identity: tuple[int, int]) -> None:
        self.folder = folder
        self.identity = identity
        self.columns: list[dict[str, str]] = []
        self.schema: pa.Schema | None = None
        self.batches: list[pa.RecordBatch] = []
        # starts[i] is the first row of batch i; the last one is the number of rows.
        self.starts: list[int] = [0]
        self._read_to = 0
        self._schema_bytes = 0
        self._lock = threading.Lock()

    @property
    def rows(self) -> int:
        return self.starts[-1]

    def refresh(self) -> None:
        """Read on to the end of the index, where the result has grown."""
        with self._lock, (self.folder / INDEX_FILE).open("rb") as index:
            lines = self._new_lines(index)
            if not lines:
                return
            with pa.memory_map(str(self.folder / DATA_FILE)) as data:
                whole = data.read_buffer()
            for line in lines:
                self._add(json.loads(line), whole)

    def table(self) -> pa.Table:
        """The rows so far, the columns named c0, c1, … (two columns of a result may have one name)."""
        # A reader in another thread may be appending; what is taken here fits together.
        batches = self.batches[: len(self.starts) - 1]
        table = pa.Table.from_batches(batches, schema=self.schema)
        return table.rename_columns([f"c{place}" for place in range(table.num_columns)])

    def chunk_of(self, row: int) -> int:
        """The batch that holds a row below `rows`."""
        return bisect_right(self.starts, row) - 1

    def _new_lines(self, index: BinaryIO) -> list[bytes]:
        index.seek(self._read_to)
        text = index.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._read_to += len(whole)
        return whole.splitlines()

    def _add(self, line: dict, whole: pa.Buffer) -> None:
        if self.schema is None:
            self.columns = line["columns"]
            self._schema_bytes = line["schemaBytes"]
            self.schema = pa.ipc.read_schema(whole.slice(0, self._schema_bytes))
            return
        batch = pa.ipc.read_record_batch(whole.slice(line["offset"], line["bytes"]), self.schema)
        self.batches.append(batch)
        self.starts.append(line["firstRow"] + line["rows"])


_open: OrderedDict[str, Spool] = OrderedDict()
_opening = threading.Lock()


def open_spool(folder: str) -> Spool:
    """The result in a folder, as far as it is written.

    Fails with `not_found` where it was let go or, retryable, has no columns yet.
    """
    path = Path(folder)
    try:
        stat = (path / DATA_FILE).stat()
        identity = (stat.st_dev, stat.st_ino)
        with _opening:
            spool = _open.get(folder)
            if spool is None or spool.identity != identity:
                spool = Spool(path, identity)
            _open[folder] = spool
            _open.move_to_end(folder)
            for oldest in list(islice(_open, max(0, len(_open) - KEPT_OPEN))):
                del _open[oldest]
        spool.refresh()
    except FileNotFoundError as error:
        with _opening:
            _open.pop(folder, None)
        raise QueryFailure(
            "not_found", "The rows of this result are not kept any longer.", hint="Run the statement again."
        ) from error
    if spool.schema is None:
        raise QueryFailure("not_found", "The statement has not named its columns yet.", retryable=True)
    return spool
