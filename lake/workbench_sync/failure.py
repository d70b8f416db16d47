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
