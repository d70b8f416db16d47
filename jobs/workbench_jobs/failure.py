from __future__ import annotations


def root_cause(error: BaseException) -> BaseException:
    """The error that a reader wants first: what a worker raised, rather than the wrapper that carried it here."""
    seen = {id(error)}
    while True:
        inner = getattr(error, "cause", None) or error.__cause__
        if not isinstance(inner, BaseException) or id(inner) in seen:
            return error
        seen.add(id(inner))
        error = inner
