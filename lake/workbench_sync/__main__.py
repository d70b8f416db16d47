"""`python -m workbench_sync <spec|check|discover|release|sync>`: one request as a JSON line on stdin, events on stdout.

The last event is `result` (exit 0) or `failure` (exit 1). The end of stdin, and SIGTERM, cancel.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
import traceback
from typing import Any

from workbench_lake.lake_client import LakeClient

from .airbyte.connector_client import ConnectorClient
from .airbyte.connector_environments import connector_command
from .airbyte.connector_request import connectors_folder, read_connector, read_limits, refuse_local_files
from .airbyte.declarative_source import NAME, DeclarativeClient
from .airbyte.json_schema_types import from_json_schema
from .airbyte.older_forms import current_form
from .airbyte.sync_stream import sync_stream
from .events import Events
from .failure import SyncFailure, as_failure
from .lake_table import Lake
from .stream_request import read_stream

VERBS = ("spec", "check", "discover", "release", "sync")
NATIVE = {"source-postgres": "workbench_sync.postgres.native"}
CANCEL_SECONDS = 5.0


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in VERBS:
        print(f"usage: python -m workbench_sync {'|'.join(VERBS)}", file=sys.stderr)
        return 2
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    sys.stdout = sys.stderr
    events = Events(output.write)
    try:
        request = json.loads(sys.stdin.buffer.readline())
        events.add_secrets(request.get("secrets") or [])
        _watch_for_cancel(events)
        events.emit("result", **run(arguments[0], request, events))
        return 0
    except SyncFailure as failure:
        return _fail(events, failure)
    except Exception as error:
        failure = as_failure(error)
        failure.internal = "\n".join([failure.internal or "", traceback.format_exc()]).strip()
        return _fail(events, failure)


def run(verb: str, request: dict[str, Any], events: Events) -> dict[str, Any]:
    """Carries out one verb and gives the fields of its result event."""
    native = NATIVE.get((request.get("connector") or {}).get("name", ""))
    if native is not None:
        return _run_native(importlib.import_module(native), verb, request, events)
    if verb == "release":
        return {"released": []}
    connector = read_connector(request)
    refuse_local_files(request.get("config") or {}, request.get("local_files"))
    events.progress("installing")
    command = connector_command(connector, connectors_folder(request), request.get("uv") or "uv", events)
    events.progress("connecting")
    kind = DeclarativeClient if connector.name == NAME else ConnectorClient
    config = current_form(connector.name, request.get("config") or {})
    client = kind(connector.name, command, config, read_limits(request), events)
    if verb == "spec":
        return {"spec": client.spec()}
    if verb == "check":
        return client.check()
    if verb == "discover":
        return {"catalog": with_columns(client.discover())}
    return sync_stream(read_stream(request), client, _lake(request), events)


def with_columns(catalog: dict[str, Any]) -> dict[str, Any]:
    """The catalog with each stream's columns as the lake would have them, unless the source says so itself."""
    for stream in catalog["streams"]:
        properties = stream["json_schema"].get("properties") or {}
        columns = [{"name": name, "type": from_json_schema(part).declared} for name, part in properties.items()]
        stream.setdefault("columns", columns)
    return catalog


def _run_native(source: Any, verb: str, request: dict[str, Any], events: Events) -> dict[str, Any]:
    config = request.get("config") or {}
    if verb == "spec":
        return {"spec": source.spec()}
    if verb == "check":
        succeeded, message = source.check(config, events)
        return {"status": "SUCCEEDED" if succeeded else "FAILED", "message": message}
    if verb == "discover":
        return {"catalog": with_columns(source.discover(config, events))}
    if verb == "release":
        return {"released": source.release(config, events)}
    return source.sync(request, _lake(request), events)


def _lake(request: dict[str, Any]) -> Lake:
    lake = request.get("lake") or {}
    if not lake.get("url") or not request.get("workspace_id"):
        raise SyncFailure("invalid_input", "The request needs lake.url, lake.token and workspace_id.")
    return Lake(LakeClient(lake["url"], lake.get("token") or ""), request["workspace_id"])


def _watch_for_cancel(events: Events) -> None:
    def cancel(*_: object) -> None:
        events.cancel()
        threading.Timer(CANCEL_SECONDS, os._exit, [1]).start()

    def watch() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        cancel()

    signal.signal(signal.SIGTERM, cancel)
    threading.Thread(target=watch, daemon=True).start()


def _fail(events: Events, failure: SyncFailure) -> int:
    if events.cancelled and failure.code != "cancelled":
        failure = SyncFailure("cancelled", "The sync was cancelled.")
    events.emit(
        "failure",
        code=failure.code,
        message=failure.message,
        hint=failure.hint,
        retryable=failure.retryable,
        internal=failure.internal,
    )
    return 1


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(status)
