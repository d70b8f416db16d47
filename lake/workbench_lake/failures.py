"""The one failure type of the lake. Its codes are those of the web application's failures."""

from __future__ import annotations

import errno
from typing import Literal

FailureCode = Literal[
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

STATUS_OF_CODE: dict[str, int] = {
    "invalid_input": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "rate_limited": 429,
    "engine_unavailable": 503,
    "engine_failed": 502,
    "resource_exhausted": 507,
    "cancelled": 499,
    "timed_out": 504,
}


class LakeFailure(Exception):
    """An act that failed for a reason that its caller may be told.

    `message` and `hint` may be shown to a person. `retryable` is true where the same call may succeed later.
    """

    def __init__(self, code: FailureCode, message: str, hint: str | None = None, retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.retryable = retryable


class OutcomeUnknown(LakeFailure):
    """The catalog's database failed while it was being told of a commit: the commit was made, or it was not.

    The same call with the same idempotency key finds out. No file may be deleted meanwhile.
    """

    def __init__(self) -> None:
        super().__init__("engine_unavailable", "The catalog's database failed during the commit.", "Try again.", True)


def from_system(error: OSError) -> LakeFailure:
    """What the file system or S3 says, in words."""
    if error.errno == errno.ENOSPC or "No space left" in str(error):
        return LakeFailure("resource_exhausted", "The disk is full.", "Free some space and try again.", True)
    if isinstance(error, PermissionError):
        return LakeFailure("engine_failed", "The warehouse may not be read or written.", "Look at its permissions.")
    return LakeFailure("engine_unavailable", "The warehouse cannot be reached.", "Try again in a moment.", True)


def invalid(message: str, hint: str | None = None) -> LakeFailure:
    """The caller's input cannot be carried out as it stands."""
    return LakeFailure("invalid_input", message, hint)


def missing(message: str, hint: str | None = None) -> LakeFailure:
    """What the caller names does not exist."""
    return LakeFailure("not_found", message, hint)


def conflicting(message: str, hint: str | None = None, retryable: bool = False) -> LakeFailure:
    """The state of the lake forbids the act, for example because another writer was faster."""
    return LakeFailure("conflict", message, hint, retryable)
