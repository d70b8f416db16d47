"""The one way in which a request can fail for a reason that its user may be told."""

from __future__ import annotations


class QueryFailure(Exception):
    """A failure with one of the codes of domain/shared/failure.ts.

    `message` and `hint` may be shown. `offset` is the place in the statement as given, in UTF-16 units, where one is
    known. `retryable` says that the same request may succeed later. The cause goes to the log alone.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        offset: int | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.offset = offset
        self.retryable = retryable

    def to_json(self) -> dict[str, object]:
        """The fields of `failure` in the last line of a request; what is not known is left out."""
        fields: dict[str, object] = {"code": self.code, "message": self.message}
        if self.hint is not None:
            fields["hint"] = self.hint
        if self.offset is not None:
            fields["offset"] = self.offset
        if self.retryable:
            fields["retryable"] = True
        return fields


class Cancelled(QueryFailure):
    """The request was taken back by who made it."""

    def __init__(self) -> None:
        super().__init__("cancelled", "The statement was cancelled.")
