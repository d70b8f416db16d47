"""source-postgres as a connector of the Airbyte protocol: `spec | check | discover | read`, messages on stdout."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from typing import Any

from ..failure import SyncFailure
from .check import check_source
from .messages import Messages
from .native import discovered
from .protocol_read import read_streams
from .relations import stream_of
from .settings import settings_of
from .spec import specification


def main(arguments: list[str]) -> int:
    asked = parsed(arguments)
    messages = Messages(sys.stdout.buffer)
    if asked.verb == "spec":
        messages.emit("SPEC", spec=specification())
        return 0
    try:
        config = load(asked.config)
        if asked.verb == "check":
            return check(config, messages)
        if asked.verb == "discover":
            streams = [stream_of(relation, cdc=cdc) for relation, cdc in discovered(config)]
            messages.emit("CATALOG", catalog={"streams": streams})
            return 0
        state = load(asked.state) if asked.state else []
        return read_streams(settings_of(config), load(asked.catalog), state, messages)
    except SyncFailure as failure:
        messages.failure(failure)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        internal = traceback.format_exc()
        messages.failure(
            SyncFailure("engine_failed", f"source-postgres failed: {type(error).__name__}.", internal=internal)
        )
        return 1
    finally:
        sys.stdout.buffer.flush()


def check(config: dict[str, Any], messages: Messages) -> int:
    try:
        check_source(settings_of(config))
    except SyncFailure as failure:
        words = f"{failure.message} {failure.hint}" if failure.hint else failure.message
        messages.emit("CONNECTION_STATUS", connectionStatus={"status": "FAILED", "message": words})
        return 0
    messages.emit("CONNECTION_STATUS", connectionStatus={"status": "SUCCEEDED"})
    return 0


def load(path: str) -> Any:
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise SyncFailure("invalid_input", f"{path} could not be read as JSON.", internal=str(error)) from error


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="source-postgres")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("spec")
    for verb in ("check", "discover", "read"):
        one = verbs.add_parser(verb)
        one.add_argument("--config", required=True)
        if verb == "read":
            one.add_argument("--catalog", required=True)
            one.add_argument("--state")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
