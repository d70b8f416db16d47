"""Data files: taken over from staging as they are where that is right, rewritten by DuckDB where it is not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import duckdb
from pyiceberg.manifest import DataFile, DataFileContent, FileFormat
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.typedef import Record
from pyiceberg.types import IcebergType, NestedField, PrimitiveType

from ..fail_points import fail_point
from ..failures import invalid
from ..warehouse.duckdb_engine import DuckDBEngine, duckdb_path, text_literal
from ..warehouse.storage import Storage
from .file_reads import field_ids_sql, rows_sql
from .parquet_files import (
    FileColumn,
    ParquetFile,
    column_statistics,
    has_field_ids,
    is_stored_as,
    nested_fields,
    read_parquet_file,
)
from .partitions import grouping_sql, partition_of_file

TARGET_FILE_BYTES = 256 * 1024 * 1024
#: A staged file above this is written again in pieces, so that a later merge does not rewrite it whole.
ADOPTED_BYTES = 4 * TARGET_FILE_BYTES


class DataFileWriter:
    """Makes the data files of one table. Remembers the files that it made, for the case that no commit names them."""

    def __init__(
        self, storage: Storage, engine: DuckDBEngine, metadata: TableMetadata, in_flight: set[str] | None = None
    ) -> None:
        """`in_flight`: where the paths are noted as they are made, for those who look for orphans."""
        self._storage = storage
        self._engine = engine
        self._metadata = metadata
        self._in_flight = in_flight if in_flight is not None else set()
        self.made: list[str] = []
        self._folders: list[str] = []

    @property
    def schema(self) -> Schema:
        return self._metadata.schema()

    def take_over(self, staged: list[ParquetFile], hidden: Iterable[str] = ()) -> list[DataFile]:
        """Data files with the rows of staged files.

        A file that is stored as the lake stores it is linked or copied; the others are rewritten. `hidden` are
        columns of the files that are not stored.
        """
        check_columns(staged, self.schema, hidden)
        filled = [file for file in staged if file.rows > 0]
        partitioned = bool(self._metadata.spec().fields)
        result: list[DataFile] = []
        others: list[ParquetFile] = []
        for file in filled:
            if not partitioned and file.size <= ADOPTED_BYTES and fits_as_it_is(file, self.schema):
                result.append(self._adopt(file))
            else:
                others.append(file)
        if others:
            with self._engine.connection() as connection:
                result += self.write(connection, rows_sql(others, self.schema.fields, by_field_id=False))
        return result

    def write(self, connection: duckdb.DuckDBPyConnection, query: str) -> list[DataFile]:
        """Data files with the rows of a query, whose columns are those of the schema, in its order."""
        spec = self._metadata.spec()
        folder = f"{self._metadata.location}/data/{uuid.uuid4().hex}"
        self._storage.make_folder(folder)
        self._folders.append(folder)
        options = ["FORMAT parquet", "COMPRESSION zstd", f"FIELD_IDS {field_ids_sql(self.schema)}", "RETURN_FILES true"]
        options += ["OVERWRITE_OR_IGNORE true", f"ROW_GROUP_SIZE_BYTES {self._engine.row_group_bytes}"]
        if spec.fields:
            groups = grouping_sql(spec, self.schema)
            names = [f"__lake_partition_{index}" for index in range(len(groups))]
            extra = ", ".join(f"{group} AS {name}" for group, name in zip(groups, names, strict=True))
            query = f"SELECT *, {extra} FROM ({query})"
            options += [
                f"PARTITION_BY ({', '.join(names)})",
                "WRITE_PARTITION_COLUMNS false",
                "FILENAME_PATTERN '{uuid}'",
            ]
        else:
            options.append(f"FILE_SIZE_BYTES {TARGET_FILE_BYTES}")
        target = text_literal(duckdb_path(folder))
        _, paths = connection.execute(f"COPY ({query}) TO {target} ({', '.join(options)})").fetchone()
        prefix = "file://" if self._storage.is_local else ""
        written = [path if "://" in path else prefix + path for path in sorted(paths or [])]
        self.made += written
        self._in_flight.update(written)
        result = []
        for location in written:
            file = read_parquet_file(self._storage.io, location)
            if file.rows == 0:
                self._storage.delete([location])
                continue
            self._storage.make_durable(location)
            partition = partition_of_file(connection, location, spec, self.schema)
            result.append(self.describe(file, partition))
            fail_point("after-file")
        return result

    def describe(self, file: ParquetFile, partition: Record) -> DataFile:
        """The manifest's record of a file that is stored as the lake stores it."""
        by_id = {one.field_id: one for one in self.schema.fields}
        leaves: dict[int, tuple[int, PrimitiveType, bool]] = {}
        for column in file.columns:
            wanted = by_id.get(column.field_id or -1)
            if wanted is not None:
                _collect_leaves(column, wanted.field_id, wanted.field_type, True, leaves)
        result = DataFile.from_args(
            content=DataFileContent.DATA,
            file_path=file.location,
            file_format=FileFormat.PARQUET,
            partition=partition,
            file_size_in_bytes=file.size,
            sort_order_id=None,
            equality_ids=None,
            key_metadata=None,
            **column_statistics(file.footer, leaves),
        )
        result.spec_id = self._metadata.default_spec_id
        return result

    def discard(self) -> None:
        """Delete the files that were made: no commit names them."""
        self._storage.delete(self.made)
        for folder in self._folders:
            self._storage.delete_folder(folder)
        self._in_flight.difference_update(self.made)
        self.made.clear()

    def _adopt(self, file: ParquetFile) -> DataFile:
        location = f"{self._metadata.location}/data/{uuid.uuid4().hex}.parquet"
        self.made.append(location)
        self._storage.adopt(file.location, location)
        fail_point("after-file")
        return self.describe(ParquetFile(location, file.size, file.footer, file.columns), Record())


def check_columns(staged: list[ParquetFile], schema: Schema, hidden: Iterable[str] = ()) -> None:
    """Raise invalid_input if a staged file has a column that the table lacks, or lacks one that must be there."""
    known = {one.name for one in schema.fields} | set(hidden)
    for file in staged:
        names = [column.name for column in file.columns]
        unknown = sorted(set(names) - known)
        if unknown:
            raise invalid(
                f"The staged data have columns that the table lacks: {', '.join(map(repr, unknown))}.",
                "Add the columns to the table first, or leave them out.",
            )
        if len(set(names)) != len(names):
            raise invalid("A staged file has two columns of one name.")
        lacking = [one.name for one in schema.fields if one.required and one.name not in names]
        if lacking and file.rows:
            raise invalid(f"The staged data lack the required columns {', '.join(map(repr, lacking))}.")


def fits_as_it_is(file: ParquetFile, schema: Schema) -> bool:
    """Whether every column is stored as the lake stores it and carries the table's field ids."""
    by_name = {one.name: one for one in schema.fields}
    return all(
        column.name in by_name
        and has_field_ids(column, by_name[column.name])
        and is_stored_as(column, by_name[column.name].field_type)
        and (not by_name[column.name].required or _has_no_null(file, column))
        for column in file.columns
    )


def _has_no_null(file: ParquetFile, column: FileColumn) -> bool:
    if column.leaf is None:
        return False
    for index in range(file.footer.num_row_groups):
        statistics = file.footer.row_group(index).column(column.leaf).statistics
        if statistics is None or not statistics.has_null_count or statistics.null_count:
            return False
    return True


def _collect_leaves(
    column: FileColumn,
    field_id: int,
    kind: IcebergType,
    top: bool,
    leaves: dict[int, tuple[int, PrimitiveType, bool]],
) -> None:
    parts: tuple[NestedField, ...] = nested_fields(kind)
    if column.leaf is not None and isinstance(kind, PrimitiveType):
        leaves[column.leaf] = (field_id, kind, top)
        return
    by_id = {part.field_id: part for part in parts}
    for child in column.children:
        part = by_id.get(child.field_id or -1)
        if part is not None:
            _collect_leaves(child, part.field_id, part.field_type, False, leaves)
