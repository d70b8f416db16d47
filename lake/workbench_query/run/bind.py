"""Binds a statement: what it gives, or where it is wrong."""

from __future__ import annotations

import contextlib

import duckdb

from ..failures import QueryFailure
from .engine_errors import failure_of, offset_in

_EXPLAIN = "EXPLAIN "
# What was checked before is one of these; anything else is refused a second time here.
_ROWS = (duckdb.StatementType.SELECT,)


def bind(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyRelation:
    """The rows of a SELECT, not run yet. Raises QueryFailure with the place where the engine names one."""
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in _ROWS:
            raise QueryFailure("invalid_input", "The text must be exactly one SELECT statement.")
        return connection.sql(sql)
    except duckdb.Error as error:
        raise failure_at(connection, sql, error) from error


def failure_at(connection: duckdb.DuckDBPyConnection, sql: str, error: Exception) -> QueryFailure:
    """What an error of this statement means, with its place: only a text that is planned whole has places."""
    offset = offset_in(sql, error)
    failure = failure_of(error, offset)
    if failure.code != "invalid_input" or offset is not None:
        return failure
    with contextlib.suppress(duckdb.Error):
        try:
            connection.execute(_EXPLAIN + sql)
        except duckdb.Error as again:
            failure.offset = offset_in(sql, again, _EXPLAIN)
    return failure
