"""What DuckDB's errors mean to the person who wrote the statement. Paths, hosts and secrets never reach the message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from ..failures import Cancelled, QueryFailure

_SPACE = re.compile(r"No space left|failed to offload|max_temp_directory_size|disk full", re.I)
_MEMORY = re.compile(r"Out of Memory Error|failed to allocate|malloc of size|bad_alloc|realloc", re.I)
_DEEP = re.compile(r"max(imum)? expression depth|memory exhausted|stack (overflow|depth)|too deep", re.I)
_INTERRUPTED = re.compile(r"INTERRUPT Error|Interrupted!", re.I)
_POSTGRES_GONE = re.compile(
    r"Unable to connect to Postgres|server closed the connection|terminating connection|connection to server|"
    r"could not (connect|receive|send)|SSL (error|connection)|no connection to the server",
    re.I,
)
_POSTGRES_DENIED = re.compile(r"permission denied for (?:table|view|relation|schema|column) \S+", re.I)
_PERSONAL = re.compile(
    r"^(Parser|Binder|Catalog|Conversion|Invalid Input|Out of Range|Mismatch Type|Invalid Type|Syntax|"
    r"Not implemented|Parameter Not Resolved|Expression|Constraint|Invalid|Permission|Sequence|Dependency) ?Error: ?",
    re.I,
)
_INNER_NAMES = re.compile(r'\n?Did you mean "(?:duckdb_|pg_|sqlite_|pragma_|system\.)[^\n]*')


@contextmanager
def toward_people() -> Iterator[None]:
    """Turn the engine's errors into QueryFailure, without a place."""
    try:
        yield
    except QueryFailure:
        raise
    except (duckdb.Error, OSError, ValueError, MemoryError) as error:
        raise failure_of(error) from error


def failure_of(error: Exception, offset: int | None = None) -> QueryFailure:
    """The failure that an error of DuckDB, or of the Arrow stream that it feeds, stands for."""
    kind, message = message_of(error)
    if _INTERRUPTED.search(message) or kind == "INTERRUPT":
        return Cancelled()
    if _SPACE.search(message):
        return QueryFailure(
            "resource_exhausted", "The disk has no room for the statement's result or its intermediate data."
        )
    if isinstance(error, MemoryError) or _MEMORY.search(f"{kind} Error {message}"):
        return QueryFailure(
            "resource_exhausted",
            "The statement needs more memory than the query engine may use.",
            hint="Read fewer rows or columns at once, or raise QUERY_MEMORY_LIMIT_BYTES.",
        )
    if _DEEP.search(message):
        return QueryFailure("resource_exhausted", "The statement is nested too deeply.")
    return _postgres(message) or _other(kind, message, offset)


def message_of(error: Exception) -> tuple[str, str]:
    """The kind that DuckDB names (`Binder`, or empty) and its words."""
    fields = fields_of(error)
    if "exception_message" in fields:
        return str(fields.get("exception_type", "")), str(fields["exception_message"])
    words = str(error).strip()
    found = re.match(r"([A-Z][A-Za-z ]*?) ?Error: ?", words)
    return (found[1], words[found.end() :]) if found else ("", words)


def fields_of(error: Exception) -> dict[str, object]:
    """What DuckDB says of an error as JSON; empty where it says it in words."""
    words = str(error)
    start = words.find("{")
    if start < 0:
        return {}
    try:
        fields, _ = json.JSONDecoder().raw_decode(words[start:])
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def offset_in(sql: str, error: Exception, prefix: str = "") -> int | None:
    """Where in `sql` an error lies, in UTF-16 units, if `prefix + sql` was run; None where it names no place."""
    position = fields_of(error).get("position")
    if not isinstance(position, str) or not position.isdigit():
        return None
    place = int(position) - len(prefix.encode())
    # The parser counts characters, what comes after it bytes of the text in UTF-8.
    is_parser = fields_of(error).get("exception_type") == "Parser"
    whole = sql if is_parser else sql.encode()
    if place < 0 or place > len(whole):
        return None
    before = whole[:place]
    text = before if isinstance(before, str) else before.decode(errors="ignore")
    return len(text.encode("utf-16-le")) // 2


def _postgres(message: str) -> QueryFailure | None:
    if denied := _POSTGRES_DENIED.search(message):
        return QueryFailure("invalid_input", f"The database refuses this: {denied[0]}.")
    if "statement timeout" in message:
        return QueryFailure("timed_out", "The database did not answer within the time limit.")
    if _POSTGRES_GONE.search(message):
        return QueryFailure(
            "engine_unavailable",
            "A connected database does not answer.",
            hint="Check the connection, then run the statement again.",
            retryable=True,
        )
    return None


def _other(kind: str, message: str, offset: int | None) -> QueryFailure:
    label = f"{kind} Error: "
    if kind.lower() == "io":
        return QueryFailure("engine_failed", "A file of the tables could not be read.")
    if kind.lower() == "permission":
        return QueryFailure("invalid_input", "The statement reaches for something outside of the workspace's tables.")
    if _PERSONAL.match(label):
        words = _INNER_NAMES.sub("", message).strip()
        return QueryFailure("invalid_input", words or "The statement is wrong.", offset=offset)
    return QueryFailure("engine_failed", "The query engine failed on this statement.")
