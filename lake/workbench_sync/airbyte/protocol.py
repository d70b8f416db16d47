"""The messages of the Airbyte protocol (v0): what a connector may say, checked before anything is done with it."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft7Validator

from ..failure import Code, SyncFailure

LONGEST_QUOTE = 300

_NAME = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_PATHS = {"type": "array", "items": _STRINGS}
_STREAM = {
    "type": "object",
    "required": ["name", "json_schema"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "namespace": {"type": ["string", "null"]},
        "json_schema": {"type": "object"},
        "supported_sync_modes": {
            "type": ["array", "null"],
            "items": {"enum": ["full_refresh", "incremental"]},
        },
        "source_defined_cursor": {"type": ["boolean", "null"]},
        "default_cursor_field": {"anyOf": [_STRINGS, {"type": "null"}]},
        "source_defined_primary_key": {"anyOf": [_PATHS, {"type": "null"}]},
    },
}
_STATE = {
    "type": "object",
    "properties": {
        "type": {"enum": ["STREAM", "GLOBAL", "LEGACY", None]},
        "stream": {"type": ["object", "null"], "properties": {"stream_descriptor": _NAME}},
        "global": {"type": ["object", "null"], "properties": {"stream_states": {"type": "array"}}},
        "data": {"type": ["object", "null"]},
    },
    "allOf": [
        {
            "if": {"properties": {"type": {"const": "STREAM"}}, "required": ["type"]},
            "then": {
                "required": ["stream"],
                "properties": {"stream": {"type": "object", "required": ["stream_descriptor"]}},
            },
        },
        {
            "if": {"properties": {"type": {"const": "GLOBAL"}}, "required": ["type"]},
            "then": {
                "required": ["global"],
                "properties": {"global": {"type": "object", "required": ["stream_states"]}},
            },
        },
    ],
}
_TRACE = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"enum": ["ERROR", "ESTIMATE", "STREAM_STATUS", "ANALYTICS"]},
        "error": {
            "type": ["object", "null"],
            "required": ["message"],
            "properties": {
                "message": {"type": "string"},
                "internal_message": {"type": ["string", "null"]},
                "stack_trace": {"type": ["string", "null"]},
                "failure_type": {"enum": ["system_error", "config_error", "transient_error", None]},
            },
        },
        "estimate": {
            "type": ["object", "null"],
            "required": ["name", "type"],
            "properties": {
                "name": {"type": "string"},
                "type": {"enum": ["STREAM", "SYNC"]},
                "row_estimate": {"type": ["integer", "null"]},
                "byte_estimate": {"type": ["integer", "null"]},
            },
        },
        "stream_status": {
            "type": ["object", "null"],
            "required": ["stream_descriptor", "status"],
            "properties": {
                "stream_descriptor": _NAME,
                "status": {"enum": ["STARTED", "RUNNING", "COMPLETE", "INCOMPLETE"]},
            },
        },
    },
    "allOf": [
        {
            "if": {"properties": {"type": {"const": kind}}},
            "then": {"required": [field], "properties": {field: {"type": "object"}}},
        }
        for kind, field in {"ERROR": "error", "ESTIMATE": "estimate", "STREAM_STATUS": "stream_status"}.items()
    ],
}

BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "RECORD": (
        "record",
        {
            "type": "object",
            "required": ["stream", "data", "emitted_at"],
            "properties": {
                "stream": {"type": "string"},
                "namespace": {"type": ["string", "null"]},
                "data": {"type": "object"},
                "emitted_at": {"type": "integer"},
            },
        },
    ),
    "STATE": ("state", _STATE),
    "LOG": (
        "log",
        {
            "type": "object",
            "required": ["level", "message"],
            "properties": {
                "level": {"enum": ["FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"]},
                "message": {"type": "string"},
            },
        },
    ),
    "SPEC": (
        "spec",
        {
            "type": "object",
            "required": ["connectionSpecification"],
            "properties": {"connectionSpecification": {"type": "object"}},
        },
    ),
    "CONNECTION_STATUS": (
        "connectionStatus",
        {
            "type": "object",
            "required": ["status"],
            "properties": {"status": {"enum": ["SUCCEEDED", "FAILED"]}, "message": {"type": ["string", "null"]}},
        },
    ),
    "CATALOG": (
        "catalog",
        {"type": "object", "required": ["streams"], "properties": {"streams": {"type": "array", "items": _STREAM}}},
    ),
    "TRACE": ("trace", _TRACE),
    "CONTROL": ("control", {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}),
}
_VALIDATORS = {kind: Draft7Validator(schema) for kind, (_, schema) in BODIES.items()}


def parse_line(line: bytes) -> dict[str, Any] | None:
    """The message on one line; None where the line is no JSON object with a `type`, thus only words for the log.

    A line that claims to be a message and is not a valid one is a failure that quotes the line.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        if line.lstrip().startswith(b'{"type":'):
            raise invalid_message(line, "it is not valid JSON") from None
        return None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return None
    kind = message["type"]
    if kind not in BODIES:
        raise invalid_message(line, f"there is no message type {kind!r}")
    name, _ = BODIES[kind]
    if name not in message:
        raise invalid_message(line, f"a {kind} message must have {name!r}")
    complaint = next(iter(_VALIDATORS[kind].iter_errors(message[name])), None)
    if complaint is not None:
        place = "/".join([name, *(str(step) for step in complaint.absolute_path)])
        raise invalid_message(line, f"{place}: {complaint.message[:LONGEST_QUOTE]}")
    return message


def invalid_message(line: bytes, why: str) -> SyncFailure:
    quote = line[:LONGEST_QUOTE].decode("utf-8", "replace")
    return SyncFailure(
        "engine_failed",
        f"The connector sent an invalid message: {why}. The line begins: {quote}",
        hint="This is a fault of the connector; try another version of it.",
    )


def failure_of_trace(error: dict[str, Any], connector: str) -> SyncFailure:
    """What a connector's own TRACE ERROR means to its user."""
    kinds: dict[str | None, tuple[Code, bool, str | None]] = {
        "config_error": ("invalid_input", False, "Correct the configuration of this connection and check it again."),
        "transient_error": ("engine_unavailable", True, "This often passes by itself; the sync may be tried again."),
    }
    code, retryable, hint = kinds.get(error.get("failure_type"), ("engine_failed", True, None))
    internal = "\n".join(text for text in (error.get("internal_message"), error.get("stack_trace")) if text)
    return SyncFailure(
        code, f"{connector}: {error['message']}", hint=hint, retryable=retryable, internal=internal or None
    )
