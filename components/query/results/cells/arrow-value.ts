import { type Batch, type Column, type DataType, IntervalUnit, TimeUnit, Type } from "@uwdata/flechette";
import { decimalText, floatText } from "./number-text";
import { dateText, intervalText, timestampText, timeText } from "./time-text";

export type ArrowBatch = Batch<unknown>;

/** What a value is to those who draw or write it. */
export type ValueKind = "null" | "number" | "boolean" | "text" | "time" | "binary" | "nested";

const PER_SECOND: Record<number, bigint> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1_000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};

const perSecond = (unit: number): bigint => PER_SECOND[unit] ?? 1n;

/** The batch and the place in it that hold a value, behind dictionaries, runs and unions; null where there is no value. */
export function resolveValue(batch: ArrowBatch, index: number): { batch: ArrowBatch; index: number } | null {
  const { type } = batch;
  if (type.typeId === Type.Null || isMarkedNull(batch, index)) return null;
  switch (type.typeId) {
    case Type.Dictionary: {
      const { dictionary, values } = batch as unknown as {
        dictionary: Column<unknown>;
        values: ArrayLike<number>;
      };
      return inColumn(dictionary, Number(values[index]));
    }
    case Type.Union:
      return inUnion(batch, index);
    case Type.RunEndEncoded: {
      const [ends, values] = batch.children;
      const run = Array.from(ends?.values ?? [], Number).findIndex((end) => index < end);
      return values === undefined || run < 0 ? null : resolveValue(values, run);
    }
    default:
      return { batch, index };
  }
}

function inUnion(batch: ArrowBatch, index: number): { batch: ArrowBatch; index: number } | null {
  const { typeIds, typeMap } = batch as unknown as { typeIds: Int8Array; typeMap: Record<number, number> };
  const child = batch.children[typeMap[typeIds[index] ?? 0] ?? 0];
  // Sparse unions have no offsets.
  const at = Number(batch.offsets?.[index] ?? index);
  return child === undefined ? null : resolveValue(child, at);
}

const isMarkedNull = (batch: ArrowBatch, index: number): boolean =>
  batch.nullCount > 0 && (batch.validity?.length ?? 0) > 0 && !batch.isValid(index);

/** A row of a column that came in several batches. */
export function inColumn(column: Column<unknown>, row: number): { batch: ArrowBatch; index: number } | null {
  let start = 0;
  for (const batch of column.data) {
    if (row < start + batch.length) return row < start ? null : resolveValue(batch, row - start);
    start += batch.length;
  }
  return null;
}

export function kindOf(type: DataType): ValueKind {
  switch (type.typeId) {
    case Type.Null:
      return "null";
    case Type.Int:
    case Type.Float:
    case Type.Decimal:
      return "number";
    case Type.Bool:
      return "boolean";
    case Type.Date:
    case Type.Time:
    case Type.Timestamp:
    case Type.Interval:
    case Type.Duration:
      return "time";
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return "binary";
    case Type.List:
    case Type.LargeList:
    case Type.ListView:
    case Type.LargeListView:
    case Type.FixedSizeList:
    case Type.Struct:
    case Type.Map:
      return "nested";
    default:
      return "text";
  }
}

/** A value that is neither text, binary nor nested, exactly. `batch` and `index` come from `resolveValue`. */
export function scalarText(batch: ArrowBatch, index: number): string {
  const { type, values } = batch;
  const raw = values?.[index];
  switch (type.typeId) {
    case Type.Int:
      return String(raw);
    case Type.Float:
      return floatText(Number(batch.value(index)), type.precision < 2);
    case Type.Decimal:
      return decimalText(BigInt(batch.value(index) as bigint | number), type.scale);
    case Type.Date:
      return dateText(typeof raw === "bigint" ? Number(raw / 86_400_000n) : Number(raw));
    case Type.Time:
      return timeText(BigInt(raw ?? 0), perSecond(type.unit));
    case Type.Timestamp:
      return timestampText(BigInt(raw ?? 0), perSecond(type.unit), type.timezone ?? null);
    case Type.Duration:
      return intervalText(0, 0, BigInt(raw ?? 0) * (1_000_000_000n / perSecond(type.unit)));
    case Type.Interval:
      return readInterval(batch, index);
    default:
      return String(batch.value(index));
  }
}

function readInterval(batch: ArrowBatch, index: number): string {
  const { type, values } = batch;
  if (type.typeId !== Type.Interval) return "";
  if (type.unit === IntervalUnit.YEAR_MONTH) return intervalText(Number(values[index]), 0, 0n);
  if (type.unit === IntervalUnit.DAY_TIME) {
    return intervalText(0, Number(values[2 * index]), BigInt(values[2 * index + 1] ?? 0) * 1_000_000n);
  }
  const view = new DataView(values.buffer, values.byteOffset + 16 * index, 16);
  return intervalText(view.getInt32(0, true), view.getInt32(4, true), view.getBigInt64(8, true));
}

/** The bytes of a text or binary value, where they lie; null for other types. */
export function rawBytes(batch: ArrowBatch, index: number): Uint8Array | null {
  const { type, offsets, values } = batch;
  switch (type.typeId) {
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
      return (values as Uint8Array).subarray(Number(offsets[index]), Number(offsets[index + 1]));
    case Type.FixedSizeBinary:
      return batch.value(index) as Uint8Array;
    case Type.BinaryView:
    case Type.Utf8View:
      return (batch as unknown as { view: (index: number) => Uint8Array }).view(index);
    default:
      return null;
  }
}

/** Where the elements of a list or map lie in its child. */
export function listRange(batch: ArrowBatch, index: number): { start: number; end: number } {
  const { type, offsets, sizes } = batch;
  if (type.typeId === Type.FixedSizeList) {
    return { start: index * type.stride, end: (index + 1) * type.stride };
  }
  const start = Number(offsets[index]);
  const isView = type.typeId === Type.ListView || type.typeId === Type.LargeListView;
  return { start, end: isView ? start + Number(sizes[index]) : Number(offsets[index + 1]) };
}
