"""What `python -m workbench_sync` calls for source-postgres."""

from __future__ import annotations

from typing import Any

from ..events import Events
from ..failure import SyncFailure
from ..lake_table import Lake
from ..native_columns import native_type
from ..native_source import NativeStream
from ..native_sync import sync_native
from ..stream_request import StreamRequest, read_stream
from .cdc.cdc_stream import CdcStream
from .cdc.slot import drop_slots
from .check import check_source
from .connect import Database
from .relations import Relation, relations_in, stream_of
from .settings import settings_of
from .spec import specification
from .stream import PostgresStream


def spec() -> dict[str, Any]:
    return specification()


def check(config: dict[str, Any], events: Events) -> tuple[bool, str | None]:
    """Whether the configuration gives access to its schemas, and if not, why."""
    events.progress("connecting")
    try:
        check_source(settings_of(config))
    except SyncFailure as failure:
        events.log("info", failure.internal or failure.message)
        return False, f"{failure.message} {failure.hint}" if failure.hint else failure.message
    return True, None


def discover(config: dict[str, Any], events: Events) -> dict[str, Any]:
    """The tables and views as AirbyteStreams, each with its `columns` in the lake's types."""
    events.progress("connecting")
    return {"streams": [described(relation, cdc) for relation, cdc in discovered(config)]}


def release(config: dict[str, Any], events: Events) -> list[str]:
    """Drops the replication slots of the configuration and gives their names. A sync after that asks for a refresh."""
    events.progress("connecting")
    settings = settings_of(config)
    if settings.method != "cdc":
        return []
    database = Database(settings)
    try:
        return drop_slots(database, settings.slot_prefix)
    finally:
        database.close()


def discovered(config: dict[str, Any]) -> list[tuple[Relation, bool]]:
    """The tables and views of the configuration's schemas, and whether they are read by logical replication."""
    settings = settings_of(config)
    database = Database(settings)
    try:
        snapshot = database.snapshot()
        try:
            found = relations_in(snapshot, settings)
        finally:
            snapshot.close()
    finally:
        database.close()
    cdc = settings.method == "cdc"
    return [(relation, cdc and relation.kind in ("r", "p")) for relation in found if relation.columns]


def described(relation: Relation, cdc: bool) -> dict[str, Any]:
    columns = [
        {"name": column.name, "type": native_type(column.type.arrow).trino, "source_type": column.source_type}
        for column in relation.columns
    ]
    return stream_of(relation, cdc=cdc) | {"columns": columns}


def sync(request: dict[str, Any], lake: Lake, events: Events) -> dict[str, Any]:
    """One sync of one table or view."""
    settings = settings_of(request.get("config") or {})

    def open_stream(asked: StreamRequest, state: dict[str, Any] | None) -> NativeStream:
        stream = {
            "name": asked.name,
            "namespace": asked.namespace,
            "sync_mode": asked.sync_mode,
            "cursor_field": asked.cursor_field,
        }
        by_log = settings.method == "cdc" and asked.sync_mode == "incremental"
        return (CdcStream if by_log else PostgresStream)(settings, stream, state, asked.checkpoint.rows)

    return sync_native(read_stream(request), open_stream, lake, events)
