"""Answers a request `airflow`: the DAGs of a Python source. The source is parsed; it is never imported or run."""

from __future__ import annotations

import ast
from typing import Any

from ..failures import QueryFailure
from .found import Found
from .reader import Reader

MOST_BYTES = 1_000_000
# Of expressions and blocks within each other; chains of >> count once.
DEEPEST = 200


def read_dag(message: dict[str, Any], request: Any = None) -> dict[str, Any]:
    """`{source}` gives `{dags, notes}` (domain/pipelines/import/airflow/airflow-source.ts)."""
    source = message["source"]
    if len(source.encode(errors="replace")) > MOST_BYTES:
        raise QueryFailure("resource_exhausted", "The source is larger than 1 MB.", hint="Import one DAG at a time.")
    try:
        tree = _parse(source)
        _refuse_depth(tree)
        found = Found(source)
        Reader(found).read(tree.body)
    except (RecursionError, MemoryError) as error:
        raise _too_deep() from error
    return {"dags": found.dags, "notes": found.notes}


def _parse(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as error:
        if "too many nested" in str(error.msg):
            raise _too_deep() from error
        raise QueryFailure("invalid_input", f"Line {error.lineno}: this is no Python ({error.msg}).") from error
    except ValueError as error:
        raise QueryFailure("invalid_input", "This is no Python: no source holds such characters.") from error


def _refuse_depth(tree: ast.Module) -> None:
    """Look at the depth without recursion, before anything recurses."""
    level: list[tuple[ast.AST, int]] = [(tree, 0)]
    while level:
        node, depth = level.pop()
        if depth > DEEPEST:
            raise _too_deep()
        is_shift = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.LShift, ast.RShift))
        for child in ast.iter_child_nodes(node):
            level.append((child, depth if is_shift and child is node.left else depth + 1))


def _too_deep() -> QueryFailure:
    return QueryFailure("resource_exhausted", "The source is nested too deeply to be read.")
