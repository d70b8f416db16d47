"""What a Parquet file says of itself: columns with field ids, and statistics per column."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.conversions import to_bytes
from pyiceberg.io import FileIO
from pyiceberg.io.pyarrow import StatsAggregator
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    PrimitiveType,
    StringType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)
from pyiceberg.utils.decimal import unscaled_to_decimal

from ..failures import invalid

_BOUND_LETTERS = 16
_EXACT: list[tuple[pa.DataType, type[IcebergType], str]] = [
    (pa.bool_(), BooleanType, "NONE"),
    (pa.int32(), IntegerType, ""),
    (pa.int64(), LongType, ""),
    (pa.float32(), FloatType, "NONE"),
    (pa.float64(), DoubleType, "NONE"),
    (pa.date32(), DateType, ""),
    (pa.time64("us"), TimeType, ""),
    (pa.timestamp("us"), TimestampType, ""),
    (pa.timestamp("us", "UTC"), TimestamptzType, ""),
    (pa.string(), StringType, "STRING"),
    (pa.binary(), BinaryType, "NONE"),
    (pa.binary(16), UUIDType, "UUID"),
]


@dataclass(frozen=True)
class FileColumn:
    """One column of a file, or a part of a nested one.

    `leaf` is the position of the Parquet column for a scalar. Children of a list: its element; of a map: key, value.
    """

    name: str
    field_id: int | None
    arrow_type: pa.DataType
    leaf: int | None = None
    logical: str = "NONE"
    children: tuple[FileColumn, ...] = field(default=())


@dataclass(frozen=True)
class ParquetFile:
    """A file with its footer. `location` is as the caller gave it; sizes are in bytes."""

    location: str
    size: int
    footer: pq.FileMetaData
    columns: tuple[FileColumn, ...]

    @property
    def rows(self) -> int:
        return self.footer.num_rows


def read_parquet_file(io: FileIO, location: str) -> ParquetFile:
    """Read a footer. Raises invalid_input if the file is absent or is no Parquet file."""
    source = io.new_input(location)
    try:
        with source.open() as stream:
            footer = pq.read_metadata(stream)
        size = len(source)
    except FileNotFoundError:
        raise invalid(f"The staged file {_base(location)} does not exist.") from None
    except (pa.ArrowInvalid, OSError) as error:
        raise invalid(f"The staged file {_base(location)} is not a whole Parquet file.") from error
    return ParquetFile(location, size, footer, _columns(footer))


def natural_type(column: FileColumn, next_id) -> IcebergType:
    """The Iceberg type that keeps every value of a column: unsigned 64 bits become decimal(20,0)."""
    kind = column.arrow_type
    if pa.types.is_struct(kind):
        fields = [NestedField(next_id(), c.name, natural_type(c, next_id), required=False) for c in column.children]
        return StructType(*fields)
    if pa.types.is_map(kind):
        key_id, value_id = next_id(), next_id()
        key, value = (natural_type(child, next_id) for child in column.children)
        return MapType(key_id=key_id, key_type=key, value_id=value_id, value_type=value, value_required=False)
    if _is_list(kind):
        element_id = next_id()
        return ListType(
            element_id=element_id, element_type=natural_type(column.children[0], next_id), element_required=False
        )
    return _natural_scalar(column)


def is_stored_as(column: FileColumn, wanted: IcebergType) -> bool:
    """Whether a column holds a type exactly as the lake stores it, so that the file may be taken as it is."""
    kind = column.arrow_type
    if isinstance(wanted, StructType):
        return (
            pa.types.is_struct(kind)
            and [c.name for c in column.children] == [f.name for f in wanted.fields]
            and all(is_stored_as(c, f.field_type) for c, f in zip(column.children, wanted.fields, strict=True))
        )
    if isinstance(wanted, ListType):
        return _is_list(kind) and is_stored_as(column.children[0], wanted.element_type)
    if isinstance(wanted, MapType):
        return (
            pa.types.is_map(kind)
            and is_stored_as(column.children[0], wanted.key_type)
            and is_stored_as(column.children[1], wanted.value_type)
        )
    if isinstance(wanted, DecimalType):
        return kind == pa.decimal128(wanted.precision, wanted.scale)
    return any(
        kind == arrow and isinstance(wanted, iceberg) and logical in ("", column.logical)
        for arrow, iceberg, logical in _EXACT
    )


def has_field_ids(column: FileColumn, wanted: NestedField) -> bool:
    """Whether a column and its parts carry the field ids that the table gives them."""
    if column.field_id != wanted.field_id:
        return False
    parts = nested_fields(wanted.field_type)
    return len(parts) == len(column.children) and all(
        has_field_ids(child, part) for child, part in zip(column.children, parts, strict=True)
    )


def nested_fields(kind: IcebergType) -> tuple[NestedField, ...]:
    """The parts of a nested type: a struct's fields, a list's element, a map's key and value."""
    if isinstance(kind, StructType):
        return tuple(kind.fields)
    if isinstance(kind, ListType):
        return (kind.element_field,)
    if isinstance(kind, MapType):
        return (kind.key_field, kind.value_field)
    return ()


def column_statistics(footer: pq.FileMetaData, leaves: dict[int, tuple[int, PrimitiveType, bool]]) -> dict[str, object]:
    """The statistics of a data file as Iceberg keeps them, by field id.

    `leaves` maps the position of a Parquet column to its field id, type and whether it is at the top. A bound is
    given only where it holds for every row group; none for floating point, whose NaN no bound covers.
    """
    sizes: dict[int, int] = {}
    values: dict[int, int] = {}
    nulls: dict[int, int] = {}
    unknown_nulls: set[int] = set()
    bounds: dict[int, StatsAggregator | None] = {}
    offsets: list[int] = []
    for index in range(footer.num_row_groups):
        group = footer.row_group(index)
        for position, (field_id, kind, top) in leaves.items():
            chunk = group.column(position)
            if position == 0:
                dictionary = chunk.dictionary_page_offset if chunk.has_dictionary_page else None
                offsets.append(min(dictionary or chunk.data_page_offset, chunk.data_page_offset))
            sizes[field_id] = sizes.get(field_id, 0) + chunk.total_compressed_size
            values[field_id] = values.get(field_id, 0) + chunk.num_values
            statistics = chunk.statistics if chunk.is_stats_set else None
            if statistics is None or not statistics.has_null_count:
                unknown_nulls.add(field_id)
                bounds[field_id] = None
                continue
            nulls[field_id] = nulls.get(field_id, 0) + statistics.null_count
            if not top or isinstance(kind, (FloatType, DoubleType, BooleanType)):
                bounds[field_id] = None
            elif statistics.null_count == chunk.num_values:
                continue
            elif not statistics.has_min_max:
                bounds[field_id] = None
            else:
                _widen(bounds, field_id, kind, statistics)
    for field_id in unknown_nulls:
        nulls.pop(field_id, None)
    lower = {key: value.min_as_bytes() for key, value in bounds.items() if value}
    upper = {key: value.max_as_bytes() for key, value in bounds.items() if value}
    return {
        "record_count": footer.num_rows,
        "column_sizes": sizes,
        "value_counts": values,
        "null_value_counts": nulls,
        "nan_value_counts": {},
        "lower_bounds": {key: value for key, value in lower.items() if value is not None},
        "upper_bounds": {key: value for key, value in upper.items() if value is not None},
        "split_offsets": sorted(offsets),
    }


def _widen(bounds: dict[int, StatsAggregator | None], field_id: int, kind: PrimitiveType, statistics) -> None:
    if field_id in bounds and bounds[field_id] is None:
        return
    length = _BOUND_LETTERS if isinstance(kind, (StringType, BinaryType)) else None
    try:
        if isinstance(kind, DecimalType) and statistics.physical_type != "FIXED_LEN_BYTE_ARRAY":
            low, high = (unscaled_to_decimal(raw, kind.scale) for raw in (statistics.min_raw, statistics.max_raw))
        else:
            low, high = statistics.min, statistics.max
        aggregate = bounds.get(field_id) or StatsAggregator(kind, statistics.physical_type, length)
        aggregate.update_min(low)
        aggregate.update_max(high)
        to_bytes(kind, low), to_bytes(kind, high)
        bounds[field_id] = aggregate
    except (ValueError, TypeError, AttributeError, pa.ArrowNotImplementedError):
        bounds[field_id] = None


def _columns(footer: pq.FileMetaData) -> tuple[FileColumn, ...]:
    leaves = iter(range(footer.num_columns))

    def column(arrow: pa.Field, name: str | None = None) -> FileColumn:
        kind = arrow.type
        raw_id = (arrow.metadata or {}).get(b"PARQUET:field_id")
        field_id = int(raw_id) if raw_id is not None and int(raw_id) >= 0 else None
        parts: list[pa.Field] = []
        if pa.types.is_struct(kind):
            parts = [kind.field(index) for index in range(kind.num_fields)]
        elif pa.types.is_map(kind):
            parts = [kind.key_field, kind.item_field]
        elif _is_list(kind):
            parts = [kind.value_field]
        if parts or pa.types.is_struct(kind):
            return FileColumn(arrow.name, field_id, kind, children=tuple(column(part) for part in parts))
        leaf = next(leaves)
        logical = footer.schema.column(leaf).logical_type.type
        return FileColumn(arrow.name, field_id, kind, leaf, logical)

    return tuple(column(arrow) for arrow in footer.schema.to_arrow_schema())


def _natural_scalar(column: FileColumn) -> IcebergType:
    kind = column.arrow_type
    if pa.types.is_boolean(kind):
        return BooleanType()
    if pa.types.is_uint64(kind):
        return DecimalType(20, 0)
    if pa.types.is_int64(kind) or pa.types.is_uint32(kind):
        return LongType()
    if pa.types.is_integer(kind):
        return IntegerType()
    if pa.types.is_float64(kind):
        return DoubleType()
    if pa.types.is_floating(kind):
        return FloatType()
    if pa.types.is_decimal(kind):
        if kind.precision > 38:
            raise invalid(
                f"Column {column.name!r} is a decimal of {kind.precision} digits.", "The lake keeps 38 digits."
            )
        return DecimalType(kind.precision, kind.scale)
    if column.logical == "UUID":
        return UUIDType()
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return StringType()
    if column.logical == "JSON":
        return StringType()
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return BinaryType()
    if pa.types.is_date(kind):
        return DateType()
    if pa.types.is_time(kind):
        return TimeType()
    if pa.types.is_timestamp(kind):
        return TimestamptzType() if kind.tz else TimestampType()
    raise invalid(f"Column {column.name!r} is of the type {kind}, which the lake does not have.")


def _is_list(kind: pa.DataType) -> bool:
    return pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)


def _base(location: str) -> str:
    return location.rsplit("/", 1)[-1]
