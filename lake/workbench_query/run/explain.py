"""The plan of a SELECT, as domain/query/plan-node.ts has it."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from ..request import Request
from .bind import bind, failure_at
from .sandbox import open_sandbox
from .watch import watched

_ESTIMATE = "Estimated Cardinality"
# Steps that only stand for the act of explaining.
_WRAPPERS = {"EXPLAIN_ANALYZE", "RESULT_COLLECTOR"}


def explain(message: dict[str, Any], request: Request) -> dict[str, object]:
    """The plan of `message["sql"]`; with `message["analyze"]` it is run, and each step has its rows and time."""
    sql, analyze = message["sql"], bool(message.get("analyze"))
    with open_sandbox(message, request) as connection:
        limit = message["settings"]["limits"]["memoryLimitBytes"]
        with watched(connection, request, limit):
            bind(connection, sql)
            request.check()
            form = "(ANALYZE, FORMAT json)" if analyze else "(FORMAT json)"
            try:
                found = connection.execute(f"EXPLAIN {form} {sql}").fetchall()
            except (duckdb.Error, OSError) as error:
                raise failure_at(connection, sql, error) from error
    return plan_of(json.loads(found[0][1]))


def plan_of(document: Any) -> dict[str, object]:
    """The plan node of DuckDB's JSON: a list with one root, or a profile whose root has no name."""
    node = document[0] if isinstance(document, list) else document
    while (_name(node) in _WRAPPERS or _name(node) == "") and len(node.get("children", [])) == 1:
        node = node["children"][0]
    return _plan_node(node)


def _name(node: dict[str, Any]) -> str:
    return str(node.get("operator_name") or node.get("name") or node.get("operator_type") or "").strip()


def _plan_node(node: dict[str, Any]) -> dict[str, object]:
    facts = dict(node.get("extra_info") or {})
    estimate = str(facts.pop(_ESTIMATE, ""))
    seconds = node.get("operator_timing")
    rows = node.get("operator_cardinality")
    return {
        "name": _name(node),
        "details": [{"label": label, "text": _text(value)} for label, value in facts.items() if not _is_path(label)],
        "estimatedRows": int(estimate) if estimate.isdigit() else None,
        "rows": None if rows is None else int(rows),
        "ms": None if seconds is None else float(seconds) * 1000,
        "children": [_plan_node(child) for child in node.get("children", [])],
    }


def _text(value: object) -> str:
    return "\n".join(str(line) for line in value) if isinstance(value, list) else str(value)


def _is_path(label: str) -> bool:
    """Where the files lie is nobody's business."""
    return label.lower() in ("filename(s)", "file path", "path", "files")
