from __future__ import annotations

from typing import Literal

Code = Literal[
    "invalid_input",
    "unauthenticated",
    "forbidden",
    "not_found",
    "conflict",
    "rate_limited",
    "engine_unavailable",
    "engine_failed",
    "resource_exhausted",
    "cancelled",
    "timed_out",
]


class SyncFailure(Exception):
    """A failure that its user may be told: `message` and `hint` may be shown, `internal` is for the log alone."""

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        hint: str | None = None,
        retryable: bool = False,
        internal: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.retryable = retryable
        self.internal = internal


def as_failure(error: BaseException) -> SyncFailure:
    """Any error of the machine in words for its user."""
    if isinstance(error, SyncFailure):
        return error
    text = str(error)
    if "No space left on device" in text:
        hint = "Free some space and try again."
        return SyncFailure("resource_exhausted", "The disk is full.", hint=hint, retryable=True)
    if type(error).__name__ in ("MemoryError", "OutOfMemoryException"):
        return SyncFailure("resource_exhausted", "The sync ran out of memory.", retryable=True, internal=text)
    said = f"{type(error).__name__}: {text}"
    return SyncFailure("engine_failed", "The sync failed by a fault of its own.", internal=said)
