"""Which function answers which kind of request. A process imports only the modules that its requests need."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

# role of the process -> kind of request -> "module:function", relative to this package.
HANDLERS: dict[str, dict[str, str]] = {
    "run": {
        "run": ".run.run_statement:run",
        "write_parquet": ".run.write_parquet:write_parquet",
        "explain": ".run.explain:explain",
        "health": ".run.health:health",
    },
    "results": {
        "rows": ".results.ask:rows",
        "order": ".results.ask:order",
        "gather": ".results.gather:gather",
        "export": ".results.export:export",
    },
    "language": {"prepare": ".language.prepare:prepare"},
    "import": {"airflow": ".airflow.read_dag:read_dag"},
}

# Modules that a process of a role imports before its first request, so that this one does not wait for them.
WARM_UP: dict[str, tuple[str, ...]] = {
    "run": (".run.run_statement", ".run.write_parquet"),
    "results": (".results.ask", ".results.gather", ".results.export"),
    "language": (".language.warm",),
    "import": (".airflow.read_dag",),
}

Handler = Callable[[dict[str, Any], Any], Any]


def handler_of(role: str, kind: object) -> Handler | None:
    """The function for a kind of request in a process of this role; None where there is none."""
    place = HANDLERS[role].get(kind) if isinstance(kind, str) else None
    if place is None:
        return None
    module, function = place.split(":")
    return getattr(import_module(module, __package__), function)


def warm_up(role: str) -> None:
    """Import what the first request of this role would have to wait for."""
    for module in WARM_UP[role]:
        import_module(module, __package__)
