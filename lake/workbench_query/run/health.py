"""Which engine answers."""

from __future__ import annotations

from typing import Any

import duckdb

from ..request import Request


def health(message: dict[str, Any], request: Request) -> dict[str, str]:
    """`{version}` of DuckDB."""
    return {"version": duckdb.__version__}
