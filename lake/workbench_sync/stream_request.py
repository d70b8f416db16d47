from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .failure import SyncFailure
from .schema_policy import POLICIES, Policy


@dataclass(frozen=True)
class Thresholds:
    """A checkpoint is committed at the first STATE after any of these is reached."""

    rows: int = 1_000_000
    bytes: int = 256 * 1024**2
    seconds: float = 60.0


@dataclass(frozen=True)
class StreamRequest:
    """What the parent asks of one sync of one stream; names are the source's unless said otherwise."""

    name: str
    sync_mode: Literal["full_refresh", "incremental"]
    table: str
    sync_id: str
    namespace: str | None = None
    cursor_field: str | None = None
    primary_key: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    schema_mapping: Mapping[str, str] = field(default_factory=dict)
    policy: Policy = "evolve"
    refresh: bool = False
    attempt: int = 1
    checkpoint: Thresholds = Thresholds()
    written_by: str = "sync"
    branch: str = "main"


def read_stream(body: Mapping[str, Any]) -> StreamRequest:
    """The stream of a sync request. Raises invalid_input naming what is missing or wrong."""
    stream = body.get("stream")
    if not isinstance(stream, dict):
        raise SyncFailure("invalid_input", "The request names no stream.")
    name, mode = stream.get("name"), stream.get("sync_mode")
    table = stream.get("destination") or stream.get("table")
    if not isinstance(name, str) or not isinstance(table, str) or not isinstance(body.get("sync_id"), str):
        raise SyncFailure("invalid_input", "The request needs stream.name, stream.destination and sync_id.")
    if mode not in ("full_refresh", "incremental"):
        raise SyncFailure("invalid_input", f"{mode!r} is no sync mode.", hint="Use full_refresh or incremental.")
    transformation = body.get("transformation") or {}
    deduplication = transformation.get("deduplication") or {}
    if deduplication and deduplication.get("strategy", "last_write_wins") != "last_write_wins":
        raise SyncFailure("invalid_input", "The only strategy of deduplication is last_write_wins.")
    policy = body.get("on_schema_change") or "evolve"
    if policy not in POLICIES:
        raise SyncFailure("invalid_input", f"{policy!r} is no policy.", hint=f"Use one of {', '.join(POLICIES)}.")
    thresholds = body.get("checkpoint") or {}
    primary_key = tuple(one if isinstance(one, str) else ".".join(one) for one in stream.get("primary_key") or ())
    cursor = stream.get("cursor_field")
    return StreamRequest(
        name=name,
        namespace=stream.get("namespace"),
        sync_mode=mode,
        table=table,
        sync_id=body["sync_id"],
        cursor_field=cursor[0] if isinstance(cursor, list) and cursor else cursor or None,
        primary_key=primary_key,
        key=tuple(deduplication.get("key") or primary_key),
        schema_mapping=dict(transformation.get("schema_mapping") or {}),
        policy=policy,
        refresh=bool(body.get("refresh")),
        attempt=int(body.get("attempt") or 1),
        checkpoint=Thresholds(
            rows=int(thresholds.get("rows") or Thresholds.rows),
            bytes=int(thresholds.get("bytes") or Thresholds.bytes),
            seconds=float(thresholds.get("seconds") or Thresholds.seconds),
        ),
        written_by=str(body.get("written_by") or "sync"),
        branch=str(body.get("branch") or "main"),
    )
