"""The short verbs of a connector: spec, check, discover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..events import Events
from ..failure import SyncFailure
from .connector_process import ConnectorProcess, Limits
from .protocol import failure_of_trace
from .routing import Item, Message, Records, Router, Text

LEVELS = {"FATAL": "error", "ERROR": "error", "WARN": "warn", "INFO": "info", "DEBUG": "debug", "TRACE": "debug"}


class ConnectorClient:
    """A connector that can be started: its command, its configuration and its limits."""

    def __init__(
        self, name: str, command: list[str], config: Mapping[str, Any], limits: Limits, events: Events
    ) -> None:
        self.name, self.command, self.config = name, command, dict(config)
        self.limits, self.events = limits, events

    def files(self) -> dict[str, Any]:
        """What every act but spec is given, by the name of its argument."""
        return {"config": self.config}

    def spec(self) -> dict[str, Any]:
        return self._ask("spec", {}, "SPEC", "spec")

    def check(self) -> dict[str, Any]:
        """`{status: SUCCEEDED | FAILED, message?}`: a refusal of the source is an answer, not a failure."""
        try:
            return self._ask("check", self.files(), "CONNECTION_STATUS", "connectionStatus")
        except SyncFailure as failure:
            if failure.code == "invalid_input":
                return {"status": "FAILED", "message": failure.message}
            raise

    def discover(self) -> dict[str, Any]:
        return self._ask("discover", self.files(), "CATALOG", "catalog")

    def _ask(self, verb: str, files: Mapping[str, Any], kind: str, field: str) -> dict[str, Any]:
        failure: SyncFailure | None = None
        with ConnectorProcess(self.command, verb, files, self.limits, self.events) as process:
            for item in items_of(process):
                if isinstance(item, Message) and item.body["type"] == kind:
                    return dict(item.body[field])
                failure = note(item, self.name, self.events) or failure
            status = process.wait(self.limits.idle_seconds)
            if failure is not None:
                raise failure
            if status != 0:
                raise process.failure_of_status(status if status is not None else 1)
        raise SyncFailure(
            "engine_failed",
            f"The connector ended its {verb} without an answer.",
            hint="The log of this act has all that it said; try another version of the connector.",
        )


def items_of(process: ConnectorProcess) -> Any:
    """Everything that the process says, in order."""
    router = Router()
    for block in process.blocks():
        yield from router.feed(block)
    yield from router.end()


def note(item: Item, connector: str, events: Events) -> SyncFailure | None:
    """Passes on what is only to be told, and gives the failure that the connector reports, if it does."""
    if isinstance(item, Text):
        events.log("info", item.line)
    elif isinstance(item, Records):
        return None
    elif item.body["type"] == "LOG":
        events.log(LEVELS[item.body["log"]["level"]], item.body["log"]["message"])
    elif item.body["type"] == "TRACE" and item.body["trace"]["type"] == "ERROR":
        error = item.body["trace"]["error"]
        events.log("error", "\n".join(text for text in (error["message"], error.get("internal_message")) if text))
        return failure_of_trace(error, connector)
    elif item.body["type"] == "CONTROL":
        events.log("warn", "The connector changed its own configuration; the change is not kept.")
    return None
