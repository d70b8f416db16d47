"""Extensions of DuckDB: from the installed Python packages, or fetched where those lack one."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

import duckdb

from ..failures import QueryFailure
from .quoting import text


class ExtensionSettings(TypedDict):
    """Folder of the `*.duckdb_extension` files, or None; and where those that are fetched are kept."""

    dir: str | None
    cacheDir: str


def has_extensions(settings: ExtensionSettings) -> bool:
    """Whether the installed packages carry the extensions."""
    folder = settings["dir"]
    return folder is not None and _file(folder, "iceberg").exists()


def load_extensions(connection: duckdb.DuckDBPyConnection, names: list[str], settings: ExtensionSettings) -> None:
    """Load extensions in their order. Raises QueryFailure where one is neither installed nor can be fetched."""
    for name in names:
        file = None if settings["dir"] is None else _file(settings["dir"], name)
        try:
            if file is not None and file.exists():
                connection.execute(f"LOAD {text(str(file))}")
            else:
                connection.execute(f"SET extension_directory = {text(settings['cacheDir'])}")
                connection.execute(f"INSTALL {name}")
                connection.execute(f"LOAD {name}")
        except duckdb.Error as error:
            raise QueryFailure(
                "engine_unavailable",
                f"The query engine lacks its extension {name}, and it could not be fetched.",
                hint="Start Benchwright again; it sets its Python environment up anew, which brings the extension.",
            ) from error


def _file(folder: str, name: str) -> Path:
    return Path(folder) / f"{name}.duckdb_extension"
