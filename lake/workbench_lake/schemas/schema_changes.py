"""Schemas: columns as callers declare them, changes to them, and their history in words."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyiceberg.schema import Schema
from pyiceberg.types import (
    DecimalType,
    DoubleType,
    FloatType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StructType,
)

from ..failures import LakeFailure, conflicting, invalid
from ..files.parquet_files import ParquetFile, natural_type
from ..trino_types import is_json_spelling, parse_type, trino_type


@dataclass(frozen=True)
class NewSchema:
    """A schema with the ids of those text columns that hold JSON."""

    schema: Schema
    json_fields: frozenset[int]


def declared_schema(columns: list[dict[str, Any]], doc_of: Callable[[str], str | None] = lambda _: None) -> NewSchema:
    """A schema from declared columns `{name, type, required?, doc?}`; top-level ids are 1, 2, … in order."""
    names = [_name(column) for column in columns]
    _refuse_doubles(names)
    later = itertools.count(len(columns) + 1)
    fields, json_fields = [], set()
    for field_id, column in enumerate(columns, 1):
        spelling = str(column["type"])
        kind = parse_type(spelling, later.__next__)
        if is_json_spelling(spelling):
            json_fields.add(field_id)
        doc = column.get("doc") or doc_of(column["name"])
        fields.append(NestedField(field_id, column["name"], kind, required=bool(column.get("required")), doc=doc))
    return NewSchema(_schema(fields), frozenset(json_fields))


def inferred_schema(files: list[ParquetFile], hidden: set[str]) -> NewSchema:
    """The schema that keeps every value of the files. A column of several types takes the wider one."""
    names: dict[str, list[Any]] = {}
    for file in files:
        for column in file.columns:
            if column.name not in hidden:
                names.setdefault(column.name, []).append(column)
    if not names:
        raise invalid("A new table needs columns.", "Give `columns`, or a file that has some.")
    later = itertools.count(len(names) + 1)
    fields, json_fields = [], set()
    for field_id, (name, columns) in enumerate(names.items(), 1):
        kind = natural_type(columns[0], later.__next__)
        for other in columns[1:]:
            another = natural_type(other, later.__next__)
            if trino_type(another) != trino_type(kind):
                kind = _wider(name, kind, another)
        if any(column.logical == "JSON" for column in columns):
            json_fields.add(field_id)
        fields.append(NestedField(field_id, name, kind, required=False))
    return NewSchema(_schema(fields), frozenset(json_fields))


def changed_schema(
    schema: Schema, last_column_id: int, changes: list[dict[str, Any]], json_fields: frozenset[int]
) -> NewSchema:
    """The schema after changes, each an object with one of the keys add, drop, rename, widen, set_doc, set_required.

    add `{name, type, doc?, after?}` · drop `name` · rename `{from, to}` · widen `{name, type}` ·
    set_doc `{name, doc}` · set_required `{name, required: false}`.
    """
    next_id = itertools.count(last_column_id + 1).__next__
    fields = list(schema.fields)
    json_now = set(json_fields)
    for change in changes:
        if not isinstance(change, dict) or len(change) != 1:
            raise invalid("A change of a schema has one key: add, drop, rename, widen, set_doc or set_required.")
        ((verb, body),) = change.items()
        names = [one.name for one in fields]
        if verb == "add":
            name = _name(body)
            if name in names:
                raise conflicting(f"The column {name!r} exists already.")
            field_id = next_id()
            kind = parse_type(str(body["type"]), next_id)
            if is_json_spelling(str(body["type"])):
                json_now.add(field_id)
            place = names.index(body["after"]) + 1 if body.get("after") in names else len(fields)
            fields.insert(place, NestedField(field_id, name, kind, required=False, doc=body.get("doc")))
            continue
        name = body if verb == "drop" else body.get("from") if verb == "rename" else body.get("name")
        if name not in names:
            raise invalid(f"There is no column {name!r}.")
        at = names.index(name)
        old = fields[at]
        if verb == "drop":
            if len(fields) == 1:
                raise invalid("The last column of a table cannot be dropped.")
            del fields[at]
        elif verb == "rename":
            new = _name({"name": body.get("to"), "type": "varchar"})
            if new in names and new != name:
                raise conflicting(f"The column {new!r} exists already.")
            fields[at] = _with(old, name=new)
        elif verb == "widen":
            fields[at] = _with(old, field_type=widened(old.field_type, parse_type(str(body["type"]), next_id), name))
        elif verb == "set_doc":
            fields[at] = _with(old, doc=body.get("doc"))
        elif verb == "set_required":
            if body.get("required"):
                raise invalid("A column that may be empty cannot become required.")
            fields[at] = _with(old, required=False)
        else:
            raise invalid(f"{verb!r} is no change of a schema.")
    return NewSchema(_schema(fields), frozenset(json_now & {one.field_id for one in fields}))


def replaced_schema(schema: Schema, last_column_id: int, wanted: NewSchema, json_fields: frozenset[int]) -> NewSchema:
    """The schema with exactly the wanted columns, for a commit that replaces all rows.

    A column of the same name stays the same column if its type is the same, or if one of the two types holds every
    value of the other (the wider one is taken). Otherwise it becomes a new column of that name.
    """
    next_id = itertools.count(last_column_id + 1).__next__
    old = {one.name: one for one in schema.fields}
    fields, json_now = [], set()
    for column in wanted.schema.fields:
        before = old.get(column.name)
        doc = column.doc or (before.doc if before else None)
        field_id = next_id() if before is None else before.field_id
        kind = None if before is None else _common(before.field_type, renumbered(column.field_type, next_id))
        if kind is None:
            field_id = next_id() if before is not None else field_id
            kind = renumbered(column.field_type, next_id)
        if column.field_id in wanted.json_fields or (before is not None and field_id in json_fields):
            json_now.add(field_id)
        fields.append(NestedField(field_id, column.name, kind, required=False, doc=doc))
    return NewSchema(_schema(fields), frozenset(json_now))


def renumbered(kind: IcebergType, next_id: Callable[[], int]) -> IcebergType:
    """The type with new ids for its nested fields."""
    if isinstance(kind, StructType):
        numbered = [(next_id(), one) for one in kind.fields]
        return StructType(
            *(NestedField(i, f.name, renumbered(f.field_type, next_id), f.required, doc=f.doc) for i, f in numbered)
        )
    if isinstance(kind, ListType):
        element_id = next_id()
        return ListType(element_id, renumbered(kind.element_type, next_id), kind.element_required)
    if isinstance(kind, MapType):
        key_id, value_id = next_id(), next_id()
        key, value = renumbered(kind.key_type, next_id), renumbered(kind.value_type, next_id)
        return MapType(key_id, key, value_id, value, kind.value_required)
    return kind


def _common(old: IcebergType, new: IcebergType) -> IcebergType | None:
    with contextlib.suppress(LakeFailure):
        return widened(old, new, "")
    with contextlib.suppress(LakeFailure):
        widened(new, old, "")
        return old
    return None


def widened(old: IcebergType, new: IcebergType, name: str) -> IcebergType:
    """The new type with the old ids, if every old value is one of the new type; raises invalid_input otherwise."""
    if isinstance(old, StructType) and isinstance(new, StructType):
        wanted = {one.name: one for one in new.fields}
        if all(one.name in wanted for one in old.fields):
            kept = [_with(o, field_type=widened(o.field_type, wanted.pop(o.name).field_type, name)) for o in old.fields]
            return StructType(*kept, *wanted.values())
    elif isinstance(old, ListType) and isinstance(new, ListType):
        element = widened(old.element_type, new.element_type, name)
        return ListType(element_id=old.element_id, element_type=element, element_required=old.element_required)
    elif isinstance(old, MapType) and isinstance(new, MapType) and trino_type(old.key_type) == trino_type(new.key_type):
        value = widened(old.value_type, new.value_type, name)
        return MapType(old.key_id, old.key_type, old.value_id, value, old.value_required)
    elif old == new or _promotes(old, new):
        return new
    raise invalid(
        f"The column {name!r} cannot go from {trino_type(old)} to {trino_type(new)}.",
        "A column may become bigint from integer, double from real, or a decimal of more digits and the same scale.",
    )


def _promotes(old: IcebergType, new: IcebergType) -> bool:
    if isinstance(old, DecimalType) and isinstance(new, DecimalType):
        return old.scale == new.scale and new.precision >= old.precision
    return (isinstance(old, IntegerType) and isinstance(new, LongType)) or (
        isinstance(old, FloatType) and isinstance(new, DoubleType)
    )


def _wider(name: str, one: IcebergType, other: IcebergType) -> IcebergType:
    for old, new in ((one, other), (other, one)):
        try:
            return widened(old, new, name)
        except LakeFailure:
            continue
    raise invalid(
        f"The staged files hold the column {name!r} as {trino_type(one)} and as {trino_type(other)}.",
        "Declare its type in `columns`.",
    )


def _schema(fields: list[NestedField]) -> Schema:
    lower = [one.name.lower() for one in fields]
    if len(set(lower)) != len(lower):
        twice = sorted({one.name for one in fields if lower.count(one.name.lower()) > 1})
        raise invalid(
            f"The columns {', '.join(map(repr, twice))} differ only in case.", "Map one of them to another name."
        )
    schema = Schema(*fields)
    try:
        schema.highest_field_id  # noqa: B018
        schema._name_to_id  # noqa: B018
    except ValueError as error:
        raise invalid(f"The columns cannot stand side by side: {error}") from error
    return schema


def _name(column: Any) -> str:
    name = column.get("name") if isinstance(column, dict) else None
    if not isinstance(name, str) or not name or len(name) > 500 or "\x00" in name or name.startswith("__lake_"):
        raise invalid(f"{name!r} cannot name a column.", "A name has 1 to 500 letters and does not start with __lake_.")
    if "type" not in column:
        raise invalid(f"The column {name!r} needs a type.")
    return name


def _refuse_doubles(names: list[str]) -> None:
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise invalid(f"The columns {', '.join(map(repr, twice))} are named twice.")


def _with(old: NestedField, **changes: Any) -> NestedField:
    values = {"name": old.name, "field_type": old.field_type, "required": old.required, "doc": old.doc, **changes}
    return NestedField(field_id=old.field_id, **values)
