"""The schema of a table within a commit, and what is noted about its columns."""

from __future__ import annotations

import json
from typing import Any

from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.update import (
    AddSchemaUpdate,
    AssertCurrentSchemaId,
    AssertLastAssignedFieldId,
    SetCurrentSchemaUpdate,
    SetPropertiesUpdate,
)

from ..commits.commit_requests import CommitRequest
from ..commits.snapshot_writes import TableWrite
from ..commits.summaries import JSON_PROPERTY, KEY_PROPERTY
from ..failures import invalid
from ..files.parquet_files import ParquetFile
from .schema_changes import NewSchema, declared_schema, inferred_schema, replaced_schema


def set_schema(write: TableWrite, new: NewSchema) -> None:
    """Make a schema the table's current one, within the write's commit."""
    metadata = write.metadata
    requirements = (
        AssertCurrentSchemaId(current_schema_id=metadata.current_schema_id),
        AssertLastAssignedFieldId(last_assigned_field_id=metadata.last_column_id),
    )
    numbered = Schema(
        *new.schema.fields,
        schema_id=max(one.schema_id for one in metadata.schemas) + 1,
        identifier_field_ids=metadata.schema().identifier_field_ids,
    )
    updates: tuple[Any, ...] = (AddSchemaUpdate(schema=numbered), SetCurrentSchemaUpdate(schema_id=-1))
    if sorted(new.json_fields) != sorted(json_fields(metadata)):
        updates += (SetPropertiesUpdate(updates={JSON_PROPERTY: json.dumps(sorted(new.json_fields))}),)
    write.stage(updates, () if write.creates else requirements)


def json_fields(metadata: TableMetadata) -> frozenset[int]:
    """The ids of the text columns that hold JSON."""
    return frozenset(json.loads(metadata.properties.get(JSON_PROPERTY) or "[]"))


def key_columns(metadata: TableMetadata) -> tuple[str, ...]:
    """The names of the columns that tell the table's rows apart; empty where none do."""
    ids = json.loads(metadata.properties.get(KEY_PROPERTY) or "[]") or metadata.schema().identifier_field_ids
    by_id = {one.field_id: one.name for one in metadata.schema().fields}
    return tuple(by_id[field_id] for field_id in ids if field_id in by_id)


def replace_columns(write: TableWrite, request: CommitRequest, staged: list[ParquetFile]) -> None:
    """Give the table the declared columns, else those of the files, for a commit that replaces all rows.

    Raises invalid_input if the table is partitioned by a column that is not among them.
    """
    metadata = write.metadata
    if request.columns:
        wanted = declared_schema(list(request.columns))
    elif staged:
        wanted = inferred_schema(staged, {request.delete_marker} if request.delete_marker else set())
    else:
        return
    names = {one.name for one in wanted.schema.fields}
    stay = {one.field_id for one in metadata.schema().fields if one.name in names}
    if {one.source_id for one in metadata.spec().fields} - stay:
        raise invalid("The table is partitioned by a column that the new data lack.")
    new = replaced_schema(metadata.schema(), metadata.last_column_id, wanted, json_fields(metadata))
    if new.schema.as_struct() != metadata.schema().as_struct() or new.json_fields != json_fields(metadata):
        set_schema(write, new)
