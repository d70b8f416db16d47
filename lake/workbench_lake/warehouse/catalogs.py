"""The catalogs of the workspaces: PyIceberg's SqlCatalog over one shared connection pool."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from pyiceberg.catalog import Catalog, MetastoreCatalog
from pyiceberg.catalog.sql import IcebergTables, SqlCatalog
from pyiceberg.exceptions import CommitFailedException, NamespaceAlreadyExistsError, NoSuchTableError
from pyiceberg.io import FileIO
from pyiceberg.serializers import FromInputFile
from pyiceberg.table import CommitTableResponse, StagedTable, Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.update import TableRequirement, TableUpdate
from sqlalchemy import Engine, create_engine, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from ..fail_points import fail_point
from ..failures import LakeFailure, OutcomeUnknown
from ..table_names import LOGICAL_CATALOGS, TableName, physical_catalog
from .durable_io import DurableFileIO


@dataclass(frozen=True)
class S3Options:
    """How to reach an S3 server. `endpoint` is a URL or empty for Amazon's own."""

    endpoint: str = ""
    region: str = "us-east-1"
    access_key_id: str = ""
    secret_access_key: str = ""

    def file_io_properties(self) -> dict[str, str]:
        """The options as PyIceberg spells them, without those that are empty."""
        wanted = {
            "s3.endpoint": self.endpoint,
            "s3.region": self.region,
            "s3.access-key-id": self.access_key_id,
            "s3.secret-access-key": self.secret_access_key,
        }
        return {key: value for key, value in wanted.items() if value}


class MetadataCache:
    """Parsed metadata files. A metadata file never changes, so an entry is never stale."""

    def __init__(self, capacity: int = 64) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[str, TableMetadata] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, location: str, io: FileIO) -> TableMetadata:
        """The metadata at a location, read at most once while it is kept."""
        with self._lock:
            if location in self._entries:
                self._entries.move_to_end(location)
                return self._entries[location]
        metadata = FromInputFile.table_metadata(io.new_input(location))
        self.put(location, metadata)
        return metadata

    def put(self, location: str, metadata: TableMetadata) -> None:
        """Keep metadata that was just written."""
        with self._lock:
            self._entries[location] = metadata
            self._entries.move_to_end(location)
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)


class LakeCatalog(SqlCatalog):
    """One physical catalog. Shares its engine, file access and metadata cache with the other catalogs."""

    def __init__(self, name: str, engine: Engine, io: DurableFileIO, cache: MetadataCache) -> None:
        MetastoreCatalog.__init__(self, name)
        self.engine = engine
        self._schema_version = "v1"
        self._io = io
        self._cache = cache

    def _load_file_io(self, properties: dict[str, str] | None = None, location: str | None = None) -> FileIO:
        return self._io

    def _convert_orm_to_iceberg(self, orm_table: IcebergTables) -> Table:
        location = orm_table.metadata_location
        if not location:
            raise NoSuchTableError(f"No metadata location: {orm_table.table_name}")
        return Table(
            identifier=(orm_table.table_namespace, orm_table.table_name),
            metadata=self._cache.get(location, self._io),
            metadata_location=location,
            io=self._io,
            catalog=self,
        )

    def ensure_schema(self, schema: str) -> None:
        """Make the namespace unless it is there."""
        if not self.namespace_exists((schema,)):
            try:
                self.create_namespace((schema,))
            except (NamespaceAlreadyExistsError, IntegrityError):
                return

    def commit_table(
        self, table: Table, requirements: tuple[TableRequirement, ...], updates: tuple[TableUpdate, ...]
    ) -> CommitTableResponse:
        """Write the new metadata, then swap the catalog's pointer in one statement.

        Raises CommitFailedException if the table is not as the caller saw it; nothing is changed then. Raises
        OutcomeUnknown if the database failed in between.
        """
        identifier = table.name()
        schema, name = Catalog.namespace_to_string(Catalog.namespace_from(identifier)), identifier[-1]
        try:
            current: Table | None = self.load_table(identifier)
        except NoSuchTableError:
            current = None
        if current is not None and current.metadata_location != table.metadata_location:
            raise CommitFailedException(f"Table was updated by another writer: {schema}.{name}")
        staged = self._update_and_stage_table(current, identifier, requirements, updates)
        fail_point("before-metadata")
        self._write_metadata(staged.metadata, self._io, staged.metadata_location)
        fail_point("before-swap")
        try:
            self._swap(current, staged, schema, name)
        except CommitFailedException:
            raise
        except Exception as error:
            raise OutcomeUnknown() from error
        fail_point("after-swap")
        self._cache.put(staged.metadata_location, staged.metadata)
        self._forget_old_metadata(current, staged)
        return CommitTableResponse(metadata=staged.metadata, metadata_location=staged.metadata_location)

    def _swap(self, current: Table | None, staged: StagedTable, schema: str, name: str) -> None:
        with Session(self.engine) as session:
            if current is None:
                row = self._create_table_row(schema, name, staged.metadata_location)
                try:
                    session.execute(insert(IcebergTables).values(**row))
                    session.commit()
                except IntegrityError as error:
                    raise CommitFailedException(f"Table was created by another writer: {schema}.{name}") from error
            else:
                swap = (
                    update(IcebergTables)
                    .where(
                        IcebergTables.catalog_name == self.name,
                        IcebergTables.table_namespace == schema,
                        IcebergTables.table_name == name,
                        IcebergTables.metadata_location == current.metadata_location,
                    )
                    .values(
                        metadata_location=staged.metadata_location,
                        previous_metadata_location=current.metadata_location,
                    )
                )
                if session.execute(swap).rowcount < 1:
                    raise CommitFailedException(f"Table was updated by another writer: {schema}.{name}")
                session.commit()

    def _forget_old_metadata(self, current: Table | None, staged: StagedTable) -> None:
        """Delete the metadata files that fell out of the log: each lists all snapshots, so many would fill the disk."""
        if current is None:
            return
        logged = {one.metadata_file for one in staged.metadata.metadata_log}
        for one in current.metadata.metadata_log:
            if one.metadata_file not in logged:
                with contextlib.suppress(OSError):
                    self._io.delete(one.metadata_file)


class Catalogs:
    """All catalogs of one database. Safe to use from several threads."""

    def __init__(self, database_url: str, s3: S3Options) -> None:
        url = database_url.replace("postgresql://", "postgresql+psycopg2://", 1).replace(
            "postgres://", "postgresql+psycopg2://", 1
        )
        options = {} if url.startswith("sqlite") else {"pool_size": 4, "max_overflow": 8}
        self.engine = create_engine(url, pool_pre_ping=True, **options)
        self.io = DurableFileIO(s3.file_io_properties())
        self._cache = MetadataCache()
        self._catalogs: dict[str, LakeCatalog] = {}
        bootstrap = SqlCatalog.__new__(SqlCatalog)
        MetastoreCatalog.__init__(bootstrap, "bootstrap", schema_version="v1")
        bootstrap.engine = self.engine
        try:
            bootstrap._init_catalog()
        except OperationalError as error:
            hint = "Look at its address, and whether it runs."
            raise LakeFailure("engine_unavailable", "The catalog's database does not answer.", hint, True) from error

    def catalog(self, workspace_id: str, logical: str) -> LakeCatalog:
        """The physical catalog behind a logical one."""
        name = physical_catalog(workspace_id, logical)
        found = self._catalogs.get(name)
        if found is None:
            found = self._catalogs[name] = LakeCatalog(name, self.engine, self.io, self._cache)
        return found

    def table_names(self, workspace_id: str) -> Iterable[TableName]:
        """The names of all tables of a workspace, in order."""
        physical = {physical_catalog(workspace_id, logical): logical for logical in LOGICAL_CATALOGS}
        query = select(IcebergTables.catalog_name, IcebergTables.table_namespace, IcebergTables.table_name).where(
            IcebergTables.catalog_name.in_(physical)
        )
        with Session(self.engine) as session:
            rows = session.execute(query).all()
        return sorted(
            (TableName(physical[row[0]], row[1], row[2]) for row in rows),
            key=lambda name: (name.catalog != "lake", name.schema, name.table),
        )

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
