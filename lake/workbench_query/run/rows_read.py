"""How much a statement read, by the engine's own profile of it."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import duckdb


def rows_read(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Rows that the scans of the last statement gave to its other steps; None where the engine does not say."""
    with contextlib.suppress(duckdb.Error, ValueError):
        return _scanned(json.loads(connection.get_profiling_information(format="json")))
    return None


def _scanned(root: dict[str, Any]) -> int:
    total = 0
    left = [root]
    while left:
        node = left.pop()
        left.extend(node.get("children", []))
        if "SCAN" in str(node.get("operator_type", "")):
            total += int(node.get("operator_cardinality", 0))
    return total
