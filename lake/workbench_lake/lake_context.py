"""What every act of the lake needs: catalogs, storage, the engine, and one lock per table."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.table import Table

from .failures import missing
from .table_names import TableName, check_workspace
from .warehouse.catalogs import Catalogs, LakeCatalog, S3Options
from .warehouse.duckdb_engine import DuckDBEngine
from .warehouse.storage import Storage, warehouse_location


@dataclass(frozen=True)
class LakeOptions:
    """`database_url` is any URL of SQLAlchemy; `warehouse` a local folder or s3://bucket/prefix; sizes in bytes.

    `orphan_grace_floor_hours`: a file younger than that is never taken for an orphan, whatever a caller asks.
    """

    database_url: str
    warehouse: str
    s3: S3Options = field(default_factory=S3Options)
    memory_bytes: int = 512 * 1024 * 1024
    maintenance_memory_bytes: int = 256 * 1024 * 1024
    threads: int = 2
    temp_folder: Path | None = None
    orphan_grace_floor_hours: float = 1.0


class LakeContext:
    """Opened from options, closed once. Safe to use from several threads."""

    def __init__(self, options: LakeOptions) -> None:
        self.options = options
        warehouse = warehouse_location(options.warehouse)
        self.catalogs = Catalogs(options.database_url, options.s3)
        self.storage = Storage(warehouse, self.catalogs.io)
        self.storage.make_folder(warehouse)
        s3, uses_s3, temp = options.s3, not self.storage.is_local, options.temp_folder
        self.engine = DuckDBEngine(s3, uses_s3, options.memory_bytes, options.threads, temp)
        self.maintenance_engine = DuckDBEngine(s3, uses_s3, options.maintenance_memory_bytes, 1, temp)
        self._locks: dict[tuple[str, TableName], threading.RLock] = {}
        self._locks_lock = threading.Lock()
        self.in_flight: set[str] = set()

    @contextlib.contextmanager
    def table_lock(self, workspace_id: str, name: TableName) -> Iterator[None]:
        """One writer at a time per table within this process; other processes are held off by optimistic commits."""
        with self._locks_lock:
            lock = self._locks.setdefault((workspace_id, name), threading.RLock())
        with lock:
            yield

    def catalog(self, workspace_id: str, name: TableName) -> LakeCatalog:
        """The physical catalog of a table."""
        return self.catalogs.catalog(check_workspace(workspace_id), name.catalog)

    def load(self, workspace_id: str, name: TableName) -> Table | None:
        """The table as it is now, or None."""
        try:
            return self.catalog(workspace_id, name).load_table((name.schema, name.table))
        except NoSuchTableError:
            return None

    def table(self, workspace_id: str, name: TableName) -> Table:
        """The table as it is now. Raises not_found."""
        table = self.load(workspace_id, name)
        if table is None:
            raise missing(f"There is no table {name}.")
        return table

    def close(self) -> None:
        """Give connections back."""
        self.catalogs.close()
