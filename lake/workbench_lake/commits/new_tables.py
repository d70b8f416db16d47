"""Tables that the first commit makes."""

from __future__ import annotations

import json

from ..failures import invalid, missing
from ..files.parquet_files import ParquetFile
from ..files.partitions import parse_partitioning
from ..lake_context import LakeContext
from ..schemas.schema_changes import declared_schema, inferred_schema
from ..table_names import TableName, new_table_location
from .commit_requests import CommitRequest
from .snapshot_writes import TableWrite
from .summaries import DOC_PROPERTY, JSON_PROPERTY, KEY_PROPERTY


def new_table(
    context: LakeContext, workspace_id: str, name: TableName, request: CommitRequest, staged: list[ParquetFile]
) -> TableWrite:
    """A write that makes the table: with the declared columns, else with those that keep the files' values."""
    if request.mode == "delete_where_key":
        raise missing(f"There is no table {name}.")
    hidden = {request.delete_marker} if request.delete_marker else set()
    new = declared_schema(list(request.columns)) if request.columns else inferred_schema(staged, hidden)
    by_name = {one.name: one.field_id for one in new.schema.fields}
    key = request.create.key or request.key
    unknown = [one for one in key if one not in by_name]
    if unknown:
        raise invalid(f"The key names columns that the table lacks: {', '.join(map(repr, unknown))}.")
    spec = parse_partitioning(list(request.create.partition_by), new.schema)
    properties = {
        "format-version": "2",
        "write.format.default": "parquet",
        "write.parquet.compression-codec": "zstd",
        "write.metadata.previous-versions-max": "100",
        "write.metadata.delete-after-commit.enabled": "true",
        KEY_PROPERTY: json.dumps([by_name[one] for one in key]),
        JSON_PROPERTY: json.dumps(sorted(new.json_fields)),
    }
    if request.create.doc:
        properties[DOC_PROPERTY] = request.create.doc
    catalog = context.catalog(workspace_id, name)
    catalog.ensure_schema(name.schema)
    location = new_table_location(context.storage.warehouse, workspace_id, name)
    staged_table = catalog._create_staged_table(
        (name.schema, name.table), new.schema, location, spec, properties=properties
    )
    return TableWrite(catalog, staged_table)
