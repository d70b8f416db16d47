"""The history of a table's columns in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata

from ..trino_types import trino_type


def schema_history(metadata: TableMetadata) -> list[dict[str, Any]]:
    """Every schema that the table had, oldest first, with what changed against the one before.

    `at` is when the first snapshot with that schema was committed, in milliseconds; None where there is none.
    """
    first_seen: dict[int, int] = {}
    for snapshot in metadata.snapshots:
        if snapshot.schema_id is not None:
            first_seen.setdefault(snapshot.schema_id, snapshot.timestamp_ms)
    history, before = [], None
    for schema in sorted(metadata.schemas, key=lambda one: one.schema_id):
        history.append(
            {
                "schema_id": schema.schema_id,
                "at": first_seen.get(schema.schema_id),
                "changes": list(_changes(before, schema)) if before else [],
                "columns": [
                    {"id": f.field_id, "name": f.name, "type": trino_type(f.field_type)} for f in schema.fields
                ],
            }
        )
        before = schema
    return history


def _changes(old: Schema, new: Schema) -> Iterator[dict[str, Any]]:
    before = {one.field_id: one for one in old.fields}
    after = {one.field_id: one for one in new.fields}
    for field_id, one in before.items():
        if field_id not in after:
            yield {"kind": "dropped", "id": field_id, "name": one.name, "type": trino_type(one.field_type)}
    for field_id, one in after.items():
        was = before.get(field_id)
        if was is None:
            yield {"kind": "added", "id": field_id, "name": one.name, "type": trino_type(one.field_type)}
            continue
        if was.name != one.name:
            yield {"kind": "renamed", "id": field_id, "name": one.name, "from": was.name}
        if trino_type(was.field_type) != trino_type(one.field_type):
            types = {"from": trino_type(was.field_type), "type": trino_type(one.field_type)}
            yield {"kind": "widened", "id": field_id, "name": one.name, **types}
        if was.doc != one.doc:
            yield {"kind": "described", "id": field_id, "name": one.name, "doc": one.doc}
        if was.required and not one.required:
            yield {"kind": "made_optional", "id": field_id, "name": one.name}
