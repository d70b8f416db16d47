"""Tables as callers see them: columns, figures, refs, history, files and partitions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

from pyiceberg.conversions import from_bytes
from pyiceberg.manifest import DataFile, ManifestContent
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import PrimitiveType

from ..commits.summaries import DOC_PROPERTY, REFS_LOG_PROPERTY, WRITTEN_BY, count, summary_of, sync_state
from ..failures import missing
from ..files.partitions import partition_entries
from ..lake_context import LakeContext
from ..schemas.schema_history import schema_history
from ..schemas.table_schemas import json_fields, key_columns
from ..table_names import TableName
from ..trino_types import trino_type


def iso_time(milliseconds: int | None) -> str | None:
    """Milliseconds since 1970 as an RFC 3339 time in UTC."""
    if milliseconds is None:
        return None
    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def columns_of(schema: Schema, json_ids: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    """The columns in order; `json` is there, and true, for text that holds JSON."""
    return [
        {
            "id": one.field_id,
            "name": one.name,
            "type": trino_type(one.field_type),
            "required": one.required,
            "doc": one.doc,
            **({"json": True} if one.field_id in json_ids else {}),
        }
        for one in schema.fields
    ]


def table_summary(name: TableName, table: Table) -> dict[str, Any]:
    """A table in a list. Reads nothing but the metadata."""
    metadata = table.metadata
    head = metadata.current_snapshot()
    return {
        "name": str(name),
        "table_uuid": str(metadata.table_uuid),
        "metadata_location": table.metadata_location,
        "snapshot_id": head.snapshot_id if head else None,
        "schema_id": metadata.current_schema_id,
        "row_count": count(head, "total-records"),
        "bytes": count(head, "total-files-size"),
        "file_count": count(head, "total-data-files"),
        "columns": columns_of(metadata.schema(), json_fields(metadata)),
        "committed_at": iso_time(head.timestamp_ms if head else metadata.last_updated_ms),
        "written_by": summary_of(head).get(WRITTEN_BY),
        "sequence": head.sequence_number if head else 0,
        "doc": metadata.properties.get(DOC_PROPERTY),
    }


def table_details(name: TableName, table: Table) -> dict[str, Any]:
    """A table on its page. Reads nothing but the metadata."""
    metadata = table.metadata
    return {
        **table_summary(name, table),
        "location": metadata.location,
        "format_version": metadata.format_version,
        "properties": dict(metadata.properties),
        "partition_spec": partition_entries(metadata.spec(), metadata.schema()),
        "sort_order": [str(one) for one in metadata.sort_order().fields],
        "refs": {ref_name: _ref(metadata, ref_name) for ref_name in sorted(metadata.refs)},
        "refs_log": json.loads(metadata.properties.get(REFS_LOG_PROPERTY) or "[]"),
        "schemas": [{**one, "at": iso_time(one["at"])} for one in schema_history(metadata)],
        "key": list(key_columns(metadata)),
        "snapshot_count": len(metadata.snapshots),
        "sync_state": sync_state(metadata.current_snapshot()),
    }


def snapshot_at(metadata: TableMetadata, snapshot_id: int | None, ref: str | None) -> Snapshot | None:
    """The snapshot that the caller names, by default main's head, None for a table without one. Raises not_found."""
    if snapshot_id is not None:
        found = metadata.snapshot_by_id(snapshot_id)
        if found is None:
            raise missing(f"The table has no snapshot {snapshot_id}.", "It may have expired.")
        return found
    if ref is not None and ref != "main":
        if ref not in metadata.refs:
            raise missing(f"The table has no branch or tag {ref!r}.")
        return metadata.snapshot_by_id(metadata.refs[ref].snapshot_id)
    return metadata.current_snapshot()


def main_history(metadata: TableMetadata) -> list[dict[str, Any]]:
    """Which snapshot main held from when on, oldest first: what "as of" a time means. Expired ones are left out."""
    known = {one.snapshot_id for one in metadata.snapshots}
    return [
        {"snapshot_id": one.snapshot_id, "at": iso_time(one.timestamp_ms)}
        for one in metadata.snapshot_log
        if one.snapshot_id in known
    ]


def data_files_page(
    context: LakeContext, table: Table, snapshot: Snapshot | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of a snapshot's data files. Manifests before the page are passed over by their counts, unread."""
    start = int(cursor or 0)
    schema = table.metadata.schema()
    items: list[dict[str, Any]] = []
    seen, delete_files, more = 0, 0, False
    for manifest in snapshot.manifests(context.storage.io) if snapshot else []:
        size = (manifest.added_files_count or 0) + (manifest.existing_files_count or 0)
        if manifest.content == ManifestContent.DELETES:
            delete_files += size
            continue
        if seen + size <= start or len(items) >= limit:
            more = more or seen + size > start + limit
            seen += size
            continue
        for entry in manifest.fetch_manifest_entry(context.storage.io):
            if seen >= start and len(items) < limit:
                items.append(_file(entry.data_file, table, schema))
            seen += 1
        more = more or seen > start + limit
    next_cursor = str(start + limit) if more else None
    return {"items": items, "nextCursor": next_cursor, "total": seen, "delete_files": delete_files}


def partitions_of(context: LakeContext, table: Table, snapshot: Snapshot | None) -> list[dict[str, Any]]:
    """Rows, bytes and files per partition, the largest first; one entry for a table without partitions."""
    groups: dict[str, dict[str, Any]] = {}
    for one in _live(context, snapshot):
        values = _partition(one, table)
        group = groups.setdefault(
            json.dumps(values, sort_keys=True, default=str), {"partition": values, "rows": 0, "bytes": 0, "files": 0}
        )
        group["rows"] += one.record_count
        group["bytes"] += one.file_size_in_bytes
        group["files"] += 1
    return sorted(groups.values(), key=lambda group: -group["bytes"])


def _live(context: LakeContext, snapshot: Snapshot | None) -> Iterator[DataFile]:
    for manifest in snapshot.manifests(context.storage.io) if snapshot else []:
        if manifest.content == ManifestContent.DATA:
            for entry in manifest.fetch_manifest_entry(context.storage.io):
                yield entry.data_file


def _ref(metadata: TableMetadata, name: str) -> dict[str, Any]:
    ref = metadata.refs[name]
    head = metadata.snapshot_by_id(ref.snapshot_id)
    return {
        "snapshot_id": ref.snapshot_id,
        "type": ref.snapshot_ref_type.value,
        "committed_at": iso_time(head.timestamp_ms if head else None),
        "row_count": count(head, "total-records"),
    }


def _file(one: DataFile, table: Table, schema: Schema) -> dict[str, Any]:
    bounds = {}
    for field in schema.fields:
        low, high = (one.lower_bounds or {}).get(field.field_id), (one.upper_bounds or {}).get(field.field_id)
        if low is not None and high is not None and isinstance(field.field_type, PrimitiveType):
            try:
                lower, upper = (_text(field.field_type, from_bytes(field.field_type, raw)) for raw in (low, high))
                bounds[field.name] = {"lower": lower, "upper": upper}
            except (ValueError, TypeError, UnicodeDecodeError):
                continue
    return {
        "path": one.file_path,
        "rows": one.record_count,
        "bytes": one.file_size_in_bytes,
        "partition": _partition(one, table),
        "column_bounds": bounds,
    }


def _partition(one: DataFile, table: Table) -> dict[str, Any]:
    spec = table.metadata.specs()[one.spec_id]
    entries = partition_entries(spec, table.metadata.schema())
    types = spec.partition_type(table.metadata.schema()).fields
    values = {}
    for index, (entry, part, kind) in enumerate(zip(entries, spec.fields, types, strict=True)):
        value = one.partition[index]
        values[entry] = None if value is None else part.transform.to_human_string(kind.field_type, value)
    return values


def _text(kind: PrimitiveType, value: object) -> str:
    text = IdentityTransform().to_human_string(kind, value)
    return text if len(text) <= 200 else text[:200] + "…"
