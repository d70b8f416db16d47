from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any, BinaryIO

from ..failure import SyncFailure

CONFIG_CODES = ("invalid_input", "unauthenticated", "forbidden", "not_found")


class Messages:
    """Writes messages of the Airbyte protocol, one JSON object per line."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def emit(self, kind: str, **body: Any) -> None:
        self._out.write(json.dumps({"type": kind, **body}, ensure_ascii=False).encode() + b"\n")
        self._out.flush()

    def log(self, level: str, text: str) -> None:
        self.emit("LOG", log={"level": {"warn": "WARN", "error": "ERROR"}.get(level, "INFO"), "message": text})

    def records(self, name: str, namespace: str | None, documents: Iterable[str]) -> int:
        """One RECORD for each document, which is its data as JSON text; gives their number."""
        space = f'"namespace":{json.dumps(namespace)},' if namespace else ""
        start = f'{{"type":"RECORD","record":{{"stream":{json.dumps(name)},{space}"data":'.encode()
        end = f',"emitted_at":{now()}}}}}\n'.encode()
        lines = [start + document.encode() + end for document in documents]
        self._out.write(b"".join(lines))
        return len(lines)

    def state(self, descriptor: dict[str, Any], state: dict[str, Any], rows: int) -> None:
        stream = {"stream_descriptor": descriptor, "stream_state": state}
        self.emit("STATE", state={"type": "STREAM", "stream": stream, "sourceStats": {"recordCount": rows}})

    def status(self, descriptor: dict[str, Any], status: str) -> None:
        about = {"stream_descriptor": descriptor, "status": status}
        self.emit("TRACE", trace={"type": "STREAM_STATUS", "emitted_at": now(), "stream_status": about})

    def estimate(self, descriptor: dict[str, Any], rows: int) -> None:
        about = {**descriptor, "type": "STREAM", "row_estimate": rows}
        self.emit("TRACE", trace={"type": "ESTIMATE", "emitted_at": now(), "estimate": about})

    def failure(self, failure: SyncFailure, descriptor: dict[str, Any] | None = None) -> None:
        kind = "config_error" if failure.code in CONFIG_CODES else "system_error"
        words = f"{failure.message} {failure.hint}" if failure.hint else failure.message
        error: dict[str, Any] = {
            "message": words,
            "internal_message": failure.internal or failure.message,
            "failure_type": "transient_error" if failure.retryable else kind,
        }
        if descriptor is not None:
            error["stream_descriptor"] = descriptor
        self.emit("TRACE", trace={"type": "ERROR", "emitted_at": now(), "error": error})


def now() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)
