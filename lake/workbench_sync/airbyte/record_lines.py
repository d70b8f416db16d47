"""Record lines on disk, as DuckDB reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..column_types import literal
from ..failure import SyncFailure
from .protocol import invalid_message, parse_line


@dataclass(frozen=True)
class Source:
    """A chunk of record lines on disk."""

    path: Path
    longest_line: int

    @property
    def _room(self) -> int:
        return max(2 * self.longest_line, 16 * 1024**2)

    def lines(self) -> str:
        """SQL that gives each line as JSON, without reading what is in it."""
        return f"read_ndjson_objects({literal(str(self.path))}, maximum_object_size={self._room})"

    def scan(self, data: str) -> str:
        """SQL that reads the lines, `record.data` as this type."""
        record = f"STRUCT(stream VARCHAR, data {data}, emitted_at BIGINT)"
        return (
            f"read_json({literal(str(self.path))}, format='newline_delimited', columns={{'record': {literal(record)}}},"
            f" maximum_object_size={self._room})"
        )


def first_invalid(path: Path) -> SyncFailure:
    """The first line of a chunk that is no valid record."""
    with path.open("rb") as lines:
        for line in lines:
            try:
                message = parse_line(line)
            except SyncFailure as failure:
                return failure
            if message is None or message["type"] != "RECORD":
                return invalid_message(line, "it is not valid JSON")
    return invalid_message(json.dumps({"file": path.name}).encode(), "a record cannot be read")
