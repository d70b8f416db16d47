from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..failure import SyncFailure
from .messages import Messages
from .settings import Settings
from .stream import PostgresStream, cursor_name

CHECKPOINT_ROWS = 100_000


def read_streams(settings: Settings, catalog: dict[str, Any], states: Any, messages: Messages) -> int:
    """Reads each stream of a configured catalog. A stream that fails does not keep the others from being read."""
    failed = 0
    if settings.method == "cdc":
        hint = "Choose standard or xmin, or let the workbench read it natively."
        raise SyncFailure("invalid_input", "Logical replication is not offered as messages.", hint=hint)
    for configured in catalog.get("streams") or []:
        stream = configured["stream"]
        descriptor = {"name": stream["name"]}
        if stream.get("namespace"):
            descriptor["namespace"] = stream["namespace"]
        asked = descriptor | {"sync_mode": configured.get("sync_mode", "full_refresh")}
        asked["cursor_field"] = cursor_name(configured) or cursor_name(
            {"cursor_field": stream.get("default_cursor_field")}
        )
        try:
            messages.status(descriptor, "STARTED")
            read_one(settings, asked, descriptor, state_of(states, descriptor), messages)
            messages.status(descriptor, "COMPLETE")
        except SyncFailure as failure:
            failed += 1
            messages.failure(failure, descriptor)
            messages.status(descriptor, "INCOMPLETE")
    return 1 if failed else 0


def read_one(
    settings: Settings,
    asked: dict[str, Any],
    descriptor: dict[str, Any],
    state: dict[str, Any] | None,
    messages: Messages,
) -> None:
    stream = PostgresStream(settings, asked, state, CHECKPOINT_ROWS)
    try:
        for warning in stream.warnings:
            messages.log("warn", warning)
        if stream.estimated_rows is not None:
            messages.estimate(descriptor, stream.estimated_rows)
        running = False
        for rows, after in documents(stream, messages, descriptor):
            if rows and not running:
                messages.status(descriptor, "RUNNING")
                running = True
            if after is not None:
                messages.state(descriptor, after, rows)
    finally:
        stream.close()


def documents(
    stream: PostgresStream, messages: Messages, descriptor: dict[str, Any]
) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Emits the records of each checkpoint; yields their number and the state after them."""
    query = stream.json_query
    name, namespace = descriptor["name"], descriptor.get("namespace")
    with stream.connection() as connection:
        for group in stream.groups:
            count = 0
            for unit in group.units:
                text = f"{query} FROM {unit.source} WHERE {unit.condition}) r"
                for batch in connection.batches(text):
                    count += messages.records(name, namespace, batch.column(0).to_pylist())
            yield count, group.state


def state_of(states: Any, descriptor: dict[str, Any]) -> dict[str, Any] | None:
    """The state of one stream within what the platform hands back: a list of messages, or one of them."""
    for message in states if isinstance(states, list) else [states]:
        stream = (message or {}).get("stream") or {}
        given = stream.get("stream_descriptor") or {}
        if given.get("name") == descriptor["name"] and given.get("namespace") in (None, descriptor.get("namespace")):
            return stream.get("stream_state") or None
    return None
