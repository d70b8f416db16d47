from __future__ import annotations

from typing import Any

from ..column_types import ColumnType
from ..failure import SyncFailure
from ..stream_request import StreamRequest


def find_stream(catalog: dict[str, Any], request: StreamRequest) -> dict[str, Any]:
    named = [stream for stream in catalog["streams"] if stream["name"] == request.name]
    found = [stream for stream in named if request.namespace in (None, stream.get("namespace"))]
    if len(found) == 1:
        stream = found[0]
        modes = stream.get("supported_sync_modes") or ["full_refresh"]
        if request.sync_mode not in modes:
            raise SyncFailure(
                "invalid_input",
                f"The stream {request.name!r} cannot be read in the mode {request.sync_mode}.",
                hint=f"It offers {' and '.join(modes)}.",
            )
        return stream
    if found:
        spaces = ", ".join(repr(stream.get("namespace")) for stream in found)
        raise SyncFailure(
            "invalid_input", f"There are several streams {request.name!r}, in {spaces}.", hint="Name its namespace."
        )
    names = ", ".join(sorted(stream["name"] for stream in catalog["streams"])[:30])
    raise SyncFailure(
        "not_found",
        f"The source has no stream {request.name!r} any more.",
        hint=f"It has: {names}." if names else "It has no stream at all.",
    )


def cursor_of(stream: dict[str, Any], request: StreamRequest, declared: dict[str, ColumnType]) -> str | None:
    """The cursor's source key; None in a full refresh without one. Raises where the named one does not exist."""
    defaults = stream.get("default_cursor_field") or []
    cursor = request.cursor_field or (defaults[0] if defaults else None)
    if request.cursor_field and declared and request.cursor_field not in declared:
        raise SyncFailure(
            "invalid_input",
            f"The stream {request.name!r} has no field {request.cursor_field!r} to be its cursor.",
            hint=f"Its fields are {', '.join(list(declared)[:30])}.",
        )
    if (
        stream.get("source_defined_cursor")
        and defaults
        and request.cursor_field
        and request.cursor_field != defaults[0]
    ):
        return defaults[0]
    if request.sync_mode == "incremental" and cursor is None and not stream.get("source_defined_cursor"):
        raise SyncFailure(
            "invalid_input", f"The stream {request.name!r} needs a cursor field.", hint="Set cursor_field for it."
        )
    return cursor
