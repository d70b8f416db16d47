from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from ..failure import SyncFailure
from .column_types import TIME, Decoding
from .relations import Column

#: What the driver makes of PostgreSQL's infinite dates and timestamps: the largest and smallest numbers, moved by the
#: distance of the epochs 1970 and 2000, wrapped around.
DATE_INFINITY, DATE_MINUS_INFINITY = -2147472692, -2147472691
TIMESTAMP_INFINITY, TIMESTAMP_MINUS_INFINITY = -9222425352054775809, -9222425352054775808
#: 9999-12-31 and 0001-01-01 in days, the last and the first microsecond of those years, since 1970.
LAST_DATE, FIRST_DATE = 2932896, -719162
LAST_TIMESTAMP, FIRST_TIMESTAMP = 253402300799999999, -62135596800000000
DAY_MICROSECONDS = 86_400_000_000
NOT_FINITE = pa.array(["NaN", "Infinity", "-Infinity"])


class Specials:
    """Counts values that had to be replaced, by column; any thread may call it."""

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def replaced(self, column: str, what: str, by: str, count: int) -> None:
        if self._policy == "fail":
            raise SyncFailure(
                "engine_failed",
                f"Column {column} holds {what}, which the lake's type of it cannot hold.",
                hint="Set special_values to replace, or leave the column out.",
            )
        with self._lock:
            self._counts[column, what, by] += count

    def warnings(self) -> list[str]:
        return [
            f"{column}: {count} x {what}, which the lake's type of it cannot hold, became {by}."
            for (column, what, by), count in sorted(self._counts.items())
        ]


def decoded(batch: pa.RecordBatch, columns: Sequence[Column], specials: Specials) -> list[pa.Array]:
    """The batch's columns, which are those of `columns` in this order, in the lake's types; same length each."""
    return [
        array_of(batch.column(index), column.type.decoding, column.type.arrow, column.name, specials)
        for index, column in enumerate(columns)
    ]


def array_of(array: pa.Array, decoding: Decoding, wanted: pa.DataType, name: str, specials: Specials) -> pa.Array:
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if decoding == "decimal":
        return decimals(array, wanted, name, specials)
    if decoding == "date":
        return within(array, pa.int32(), name, specials, (DATE_MINUS_INFINITY, FIRST_DATE), (DATE_INFINITY, LAST_DATE))
    if decoding == "timestamp":
        low, high = (TIMESTAMP_MINUS_INFINITY, FIRST_TIMESTAMP), (TIMESTAMP_INFINITY, LAST_TIMESTAMP)
        return within(array, pa.int64(), name, specials, low, high)
    if decoding == "time":
        return times(array, name, specials)
    if decoding.endswith("_list"):
        inner: Decoding = decoding.removesuffix("_list")  # type: ignore[assignment]
        return with_values(array, array_of(array.values, inner, wanted.value_type, name, specials), wanted)
    return array if array.type == wanted else array.cast(wanted)


def with_values(lists: pa.ListArray, values: pa.Array, wanted: pa.DataType) -> pa.Array:
    """The same lists of other values. `values` are all that the buffers hold, those of an array's offset included."""
    validity = lists.buffers()[0]
    return pa.Array.from_buffers(
        wanted, len(lists), [validity, lists.buffers()[1]], null_count=-1, offset=lists.offset, children=[values]
    )


def decimals(array: pa.Array, wanted: pa.DataType, name: str, specials: Specials) -> pa.Array:
    try:
        return array.cast(wanted)
    except pa.ArrowInvalid:
        odd = pc.is_in(array, NOT_FINITE)
        count = pc.sum(odd).as_py() or 0
        if count == 0:
            raise
        specials.replaced(name, "NaN or Infinity", "NULL", count)
        return pc.if_else(odd, pa.scalar(None, array.type), array).cast(wanted)


def within(
    array: pa.Array,
    whole: pa.DataType,
    name: str,
    specials: Specials,
    minus_infinity: tuple[int, int],
    infinity: tuple[int, int],
) -> pa.Array:
    """Dates or timestamps with their infinities, which the driver gives as (first) numbers, made (second) dates."""
    numbers = array.view(whole)
    least = pc.min(numbers).as_py()
    if least is None or least > max(minus_infinity[0], infinity[0]):
        return array
    for (given, put), what in ((minus_infinity, "-infinity"), (infinity, "infinity")):
        odd = pc.equal(numbers, pa.scalar(given, whole))
        count = pc.sum(odd).as_py() or 0
        if count:
            date = pa.scalar(put, whole)
            shown = "9999-12-31" if what == "infinity" else "0001-01-01"
            specials.replaced(name, what, shown, count)
            numbers = pc.if_else(odd, date, numbers)
    return numbers.view(array.type)


def times(array: pa.Array, name: str, specials: Specials) -> pa.Array:
    numbers = array.view(pa.int64())
    most = pc.max(numbers).as_py()
    if most is None or most < DAY_MICROSECONDS:
        return array
    odd = pc.greater_equal(numbers, DAY_MICROSECONDS)
    specials.replaced(name, "24:00:00", "23:59:59.999999", pc.sum(odd).as_py())
    return pc.if_else(odd, pa.scalar(DAY_MICROSECONDS - 1, pa.int64()), numbers).view(TIME)
