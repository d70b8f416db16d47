"""The place where a source of our own plugs in: columns straight to Parquet files, without JSON lines in between.

A `NativeStream` is one stream of one sync, opened by its source. Who drives it (`native_sync.py`) asks for its columns,
decides what becomes of them, and then runs through `read`. Each `Checkpoint` says: the files since the checkpoint
before it and this state belong in one commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import pyarrow as pa

Mode = Literal["append", "overwrite", "merge"]


@dataclass(frozen=True)
class StagedFile:
    """One finished Parquet file, without field ids. `bytes` is the size of its columns in memory, not on disk."""

    path: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Checkpoint:
    """What belongs in one commit.

    `state` is the whole state of the stream after it (JSON), or None where nothing can be said before the next one.
    Asking the iterator for more says that this checkpoint was committed; only then does a source let go of what it
    would need to send it again. `mode` "overwrite" puts these files in the place of what the table holds; "merge" needs
    a key, and `delete_marker` names the boolean column of the files that is true in rows which say that a key is gone;
    it is no column of the table.
    """

    mode: Mode
    files: tuple[StagedFile, ...]
    state: dict[str, Any] | None
    rows: int
    bytes: int
    key: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    delete_marker: str | None = None
    #: Nothing follows in this read.
    is_last: bool = False
    #: False where nothing was read and the state before this one is as good.
    is_needed: bool = True


@dataclass(frozen=True)
class ReadPlan:
    """What is to be read, and where it goes.

    `columns` are the source's names of what is read, in the order of the batches; `casts` the types of those that are
    wanted otherwise than `NativeStream.schema` has them: a text, in the source's own spelling, or a wider number.
    `stage` gives a folder for the files of the checkpoint of that number, counted from 0. `on_batch` sees every batch
    before it is written, from any thread, and gives what is written: its columns and names are the file's, the same for
    all batches, and it may leave rows out. `on_rows` is told of rows and bytes as they are read. A file holds at most
    `rows_per_file` rows.
    """

    columns: tuple[str, ...]
    stage: Callable[[int], Path]
    casts: dict[str, pa.DataType] = field(default_factory=dict)
    on_batch: Callable[[pa.RecordBatch], pa.RecordBatch] = lambda batch: batch
    on_rows: Callable[[int, int], None] = lambda rows, size: None
    log: Callable[[str, str], None] = lambda level, text: None
    is_cancelled: Callable[[], bool] = lambda: False
    rows_per_file: int = 2_000_000
    #: Checkpoints that may be read while one is being committed.
    read_ahead: int = 3


class NativeStream(Protocol):
    """One stream, opened: its source's connections are there until `close`."""

    #: The columns in the source's names and the lake's types. A field's metadata: `source_type`, the source's own word,
    #: and `json` where its text is a JSON document.
    schema: pa.Schema
    #: Names of the source's columns; empty where it has no key.
    primary_key: tuple[str, ...]
    #: Whether its checkpoints are merged by the primary key, whatever key was asked for.
    needs_key: bool
    #: Whether no two rows of a first read share the primary key.
    key_is_unique: bool
    #: Rows that `read` will give, as the source guesses; None where it has no idea.
    estimated_rows: int | None

    #: What its user should know.
    warnings: list[str]

    def read(self, plan: ReadPlan) -> Iterator[Checkpoint]:
        """Reads all that is there now, in order of its checkpoints. Raises SyncFailure."""

    def close(self) -> None: ...
