"""The columns of a native stream against its table's: by the policies for records, with the source's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from .column_types import ColumnType
from .schema_policy import Plan, Policy, make_plan

_SPELLINGS: list[tuple[pa.DataType, str, str]] = [
    (pa.bool_(), "boolean", "boolean"),
    (pa.int32(), "integer", "bigint"),
    (pa.int64(), "bigint", "bigint"),
    (pa.float32(), "real", "double"),
    (pa.float64(), "double", "double"),
    (pa.string(), "varchar", "varchar"),
    (pa.binary(), "varbinary", "varchar"),
    (pa.date32(), "date", "date"),
    (pa.time64("us"), "time(6)", "time"),
    (pa.timestamp("us"), "timestamp(6)", "timestamp"),
    (pa.timestamp("us", tz="UTC"), "timestamp(6) with time zone", "timestamptz"),
]
_WIDER = {"integer": ("bigint", "double"), "real": ("double",)}


@dataclass(frozen=True)
class NativeType(ColumnType):
    """A type as the source has it; `spelling` is Trino's."""

    spelling: str = "varchar"
    is_json: bool = False

    @property
    def trino(self) -> str:
        return self.spelling

    @property
    def declared(self) -> str:
        return "json" if self.is_json else self.spelling


def native_type(arrow: pa.DataType, *, is_json: bool = False) -> NativeType:
    """The lake's type of a column of this Arrow type."""
    if pa.types.is_decimal(arrow):
        spelling = f"decimal({arrow.precision},{arrow.scale})"
        return NativeType("decimal", arrow.precision, arrow.scale, spelling=spelling)
    if pa.types.is_list(arrow):
        item = native_type(arrow.value_type)
        return NativeType("list", item=item, spelling=f"array({item.trino})")
    for known, spelling, kind in _SPELLINGS:
        if arrow == known:
            return NativeType("json" if is_json else kind, spelling=spelling, is_json=is_json)
    raise TypeError(f"{arrow} is no type of the lake")


def arrow_type(spelling: str) -> pa.DataType | None:
    """The Arrow type of a scalar type of the lake; None for others."""
    for known, name, _ in _SPELLINGS:
        if spelling == name:
            return known
    if spelling.startswith("decimal("):
        precision, scale = (int(part) for part in spelling[8:-1].split(","))
        return pa.decimal128(precision, scale)
    return None


@dataclass(frozen=True)
class NativePlan:
    """`plan` is the policy's; `read` are the source's columns to read, `landed` those of them that the files hold, by
    name in the lake. The others are refused: a row with a value there is left out, or kept in quarantine."""

    plan: Plan
    read: tuple[str, ...]
    landed: dict[str, str]
    casts: dict[str, pa.DataType]
    types: dict[str, str]


def plan_columns(
    schema: pa.Schema,
    lake: Mapping[str, str] | None,
    policy: Policy,
    schema_mapping: Mapping[str, str],
    before: Mapping[str, str],
    *,
    replaces: bool,
) -> NativePlan:
    """Decides what becomes of each column. Raises a conflict under `freeze` where the schema has changed."""
    own = {field.name: native_type(field.type, is_json=b"json" in (field.metadata or {})) for field in schema}
    keeps_types = lake is not None and not (replaces and policy == "evolve")
    declared = {
        name: adapted(kind, lake.get(schema_mapping.get(name, name))) if keeps_types and lake else kind
        for name, kind in own.items()
    }
    plan = make_plan(declared, lake, policy, schema_mapping, before, replaces=replaces)
    landed: dict[str, str] = {}
    casts: dict[str, pa.DataType] = {}
    for column in plan.columns:
        kind = own.get(column.key)
        if kind is None:
            continue
        if column.stored != declared[column.key]:
            plan.refused.add(column.key)
            continue
        landed[column.key] = column.name
        if column.stored != kind and not isinstance(column.stored, NativeType):
            casts[column.key] = pa.string()
        elif column.stored != kind and column.stored.trino != kind.trino:
            wanted = arrow_type(column.stored.trino)
            assert wanted is not None
            casts[column.key] = wanted
    plan.columns = [column for column in plan.columns if column.key in landed or column.key not in own]
    refused = tuple(name for name in own if name in plan.refused and policy in ("discard_row", "quarantine"))
    types = {name: kind.trino for name, kind in own.items()}
    return NativePlan(plan, (*landed, *refused), landed, casts, types)


def adapted(kind: NativeType, lake: str | None) -> ColumnType:
    """The type that an existing column takes this one as without loss; the type itself where it takes it not."""
    if lake is None or lake == kind.trino:
        return kind
    if lake == "varchar" and kind.kind != "list" and kind.trino != "varbinary":
        return ColumnType("varchar")
    if lake in _WIDER.get(kind.trino, ()):
        return NativeType("double" if lake == "double" else "bigint", spelling=lake)
    wider = arrow_type(lake)
    if kind.kind != "decimal" or wider is None or not pa.types.is_decimal(wider):
        return kind
    fits = wider.scale >= kind.scale and wider.precision - wider.scale >= kind.precision - kind.scale
    return native_type(wider) if fits else kind
