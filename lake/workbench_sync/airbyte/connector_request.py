from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..failure import SyncFailure
from .connector_environments import Connector
from .connector_process import Limits


def read_connector(body: Mapping[str, Any]) -> Connector:
    given = body.get("connector")
    if not isinstance(given, dict):
        raise SyncFailure("invalid_input", "The request names no connector.")
    for name in ("name", "package", "version"):
        if not isinstance(given.get(name), str) or not given[name]:
            raise SyncFailure("invalid_input", f"The connector's {name} is missing.")
    return Connector(given["name"], given["package"], given["version"], given.get("python"))


def read_limits(body: Mapping[str, Any]) -> Limits:
    given = body.get("limits") or {}
    return Limits(
        memory_bytes=int(given.get("memory_bytes") or Limits.memory_bytes),
        idle_seconds=float(given.get("idle_seconds") or Limits.idle_seconds),
    )


def connectors_folder(body: Mapping[str, Any]) -> Path:
    folder = body.get("connectors_dir")
    if not isinstance(folder, str):
        raise SyncFailure("invalid_input", "The request needs connectors_dir.")
    return Path(folder)


def refuse_local_files(config: Mapping[str, Any], allowed: str | None) -> None:
    """Raises forbidden where a configuration names a file of this machine outside the allowed folder.

    Connectors run as the user of the worker, so a path of a user's choice could be one of the worker's own secrets.
    """
    provider = config.get("provider")
    if not isinstance(provider, dict) or provider.get("storage") != "local":
        return
    path = Path(str(config.get("url") or "").removeprefix("file://")).resolve()
    if allowed is None or not path.is_relative_to(Path(allowed).resolve()):
        raise SyncFailure(
            "forbidden",
            "Files of the machine that runs the worker may not be read here.",
            hint="Put the file behind a URL, or into the folder that the administrator has opened for it.",
        )
