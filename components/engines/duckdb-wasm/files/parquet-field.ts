import {
  binary,
  bool,
  type DataType,
  DateUnit,
  date,
  decimal,
  field,
  fixedSizeBinary,
  float32,
  float64,
  IntervalUnit,
  int8,
  int16,
  int32,
  int64,
  interval,
  list,
  map,
  struct,
  TimeUnit,
  time,
  timestamp,
  uint8,
  uint16,
  uint32,
  uint64,
  utf8,
} from "@uwdata/flechette";
import type { SchemaElement, SchemaTree } from "hyparquet";
import { Failure } from "@/domain/shared/failure";
import { bigEndian, floatOfHalf, intervalBytes, uuidText } from "./parquet-values";

/**
 * How a column of a Parquet file becomes one of Arrow. Values are read as they lie in the file, made `storage` by
 * `convert`, and told to be `type`, which has the same layout: no digit passes through a number of JavaScript.
 */
export type ParquetField = { storage: DataType; type: DataType; convert: ((value: never) => unknown) | null };

const plain = (type: DataType): ParquetField => ({ storage: type, type, convert: null });
const told = (storage: DataType, type: DataType): ParquetField => ({ storage, type, convert: null });
const made = <T>(storage: DataType, convert: (value: T) => unknown, type = storage): ParquetField => ({
  storage,
  type,
  convert: convert as (value: never) => unknown,
});

const UNITS = { MILLIS: TimeUnit.MILLISECOND, MICROS: TimeUnit.MICROSECOND, NANOS: TimeUnit.NANOSECOND };
const WIDEST_DECIMAL = 38;

type Logical = {
  type: string;
  unit?: keyof typeof UNITS;
  isAdjustedToUTC?: boolean;
  bitWidth?: number;
  isSigned?: boolean;
};
const logical = (element: SchemaElement): Logical | undefined => element.logical_type as Logical | undefined;

/** A field from a node of the file's schema. Failures: `invalid_input` for what cannot be carried exactly. */
export function parquetField(node: SchemaTree): ParquetField {
  const { element, children } = node;
  if (children.length === 0) {
    const leaf = leafField(element);
    return element.repetition_type === "REPEATED" ? listOf(leaf) : leaf;
  }
  const kind = element.converted_type ?? logical(element)?.type;
  if (kind === "LIST" && children.length === 1) return listField(node);
  if ((kind === "MAP" || kind === "MAP_KEY_VALUE") && children[0]?.children.length === 2)
    return mapField(node);
  const parts = children.map((child) => ({ name: child.element.name, ...parquetField(child) }));
  return {
    storage: struct(parts.map(({ name, storage }) => field(name, storage))),
    type: struct(parts.map(({ name, type }) => field(name, type))),
    convert: ((value: Record<string, unknown>) =>
      Object.fromEntries(parts.map(({ name, convert }) => [name, converted(convert, value[name])]))) as (
      value: never,
    ) => unknown,
  };
}

export const converted = (convert: ParquetField["convert"], value: unknown): unknown =>
  value === null || value === undefined ? null : convert === null ? value : convert(value as never);

function listField(node: SchemaTree): ParquetField {
  const [repeated] = node.children;
  if (repeated === undefined) throw strange(node.element);
  // Two levels or three: the repeated group is the element itself unless it holds just one field.
  const element = repeated.children.length === 1 ? repeated.children[0] : { ...repeated };
  if (element === undefined) throw strange(node.element);
  const isTwoLevel = repeated.children.length !== 1;
  return listOf(
    isTwoLevel
      ? parquetField({ ...element, element: { ...element.element, repetition_type: "OPTIONAL" } })
      : parquetField(element),
  );
}

function listOf(item: ParquetField): ParquetField {
  return made(
    list(item.storage),
    (values: unknown[]) => values.map((value) => converted(item.convert, value)),
    list(item.type),
  );
}

/** Keys come as the names of an object: text, or the digits of a whole number. */
function mapField(node: SchemaTree): ParquetField {
  const [keyNode, valueNode] = node.children[0]?.children ?? [];
  if (keyNode === undefined || valueNode === undefined) throw strange(node.element);
  const key = parquetField(keyNode);
  const value = parquetField(valueNode);
  const readKey = keyReader(keyNode.element, key);
  return made(
    map(key.storage, value.storage),
    (entries: Record<string, unknown>) =>
      Object.entries(entries).map(([name, each]) => [readKey(name), converted(value.convert, each)]),
    map(key.type, value.type),
  );
}

function keyReader(element: SchemaElement, key: ParquetField): (name: string) => unknown {
  if (isText(element)) return (name) => new TextEncoder().encode(name);
  if (element.type === "INT32") return (name) => converted(key.convert, Number(name));
  if (element.type === "INT64") return (name) => converted(key.convert, BigInt(name));
  throw new Failure("invalid_input", `The keys of the map "${element.name}" cannot be read exactly.`, {
    hint: "Read the file on the server.",
  });
}

/** Text keys are left for the reader to decode; every other leaf is read raw. */
export const isText = ({ converted_type: type, logical_type: kind }: SchemaElement): boolean =>
  type === "UTF8" || type === "ENUM" || type === "JSON" || /^(STRING|ENUM|JSON)$/.test(kind?.type ?? "");

const isDecimal = (element: SchemaElement): boolean =>
  element.converted_type === "DECIMAL" || logical(element)?.type === "DECIMAL";

function leafField(element: SchemaElement): ParquetField {
  switch (element.type) {
    case "BOOLEAN":
      return plain(bool());
    case "INT32":
      return int32Field(element);
    case "INT64":
      return int64Field(element);
    case "INT96":
      return made(int64(), (nanos: bigint) => nanos / 1_000n, timestamp(TimeUnit.MICROSECOND));
    case "FLOAT":
      return plain(float32());
    case "DOUBLE":
      return plain(float64());
    case "BYTE_ARRAY":
      if (isDecimal(element)) return decimalField(element, bigEndian);
      return isText(element) ? told(binary(), utf8()) : plain(binary());
    case "FIXED_LEN_BYTE_ARRAY":
      return fixedField(element);
    default:
      throw strange(element);
  }
}

function decimalField<T>(element: SchemaElement, read: (value: T) => bigint): ParquetField {
  const precision = element.precision ?? WIDEST_DECIMAL;
  if (precision > WIDEST_DECIMAL) {
    throw new Failure(
      "invalid_input",
      `"${element.name}" is a decimal of ${precision} digits; 38 are the most.`,
    );
  }
  return made(decimal(precision, element.scale ?? 0, 128), read);
}

function int32Field(element: SchemaElement): ParquetField {
  const kind = logical(element);
  if (isDecimal(element)) return decimalField(element, BigInt as (value: number) => bigint);
  if (element.converted_type === "DATE" || kind?.type === "DATE") return told(int32(), date(DateUnit.DAY));
  if (element.converted_type === "TIME_MILLIS" || kind?.type === "TIME") {
    return made(int64(), (millis: number) => BigInt(millis) * 1_000n, time(TimeUnit.MICROSECOND, 64));
  }
  return narrowField(element, kind);
}

function narrowField(element: SchemaElement, kind: Logical | undefined): ParquetField {
  const [, isOld, oldWidth] = /^(U?)INT_(\d+)$/.exec(element.converted_type ?? "") ?? [];
  const width = kind?.bitWidth ?? Number(oldWidth ?? 32);
  const isUnsigned = kind?.isSigned === false || isOld === "U";
  if (isUnsigned && width === 32) return made(uint32(), (value: number) => value >>> 0);
  if (isUnsigned) return plain(width === 8 ? uint8() : uint16());
  return plain(width === 8 ? int8() : width === 16 ? int16() : int32());
}

function int64Field(element: SchemaElement): ParquetField {
  const kind = logical(element);
  if (isDecimal(element)) return decimalField(element, (value: bigint) => value);
  const unit = kind?.unit ?? (element.converted_type === "TIMESTAMP_MILLIS" ? "MILLIS" : "MICROS");
  if (kind?.type === "TIMESTAMP" || /^TIMESTAMP_/.test(element.converted_type ?? "")) {
    return told(int64(), timestamp(UNITS[unit], kind?.isAdjustedToUTC === true ? "UTC" : null));
  }
  if (kind?.type === "TIME" || element.converted_type === "TIME_MICROS")
    return told(int64(), time(UNITS[unit], 64));
  if (element.converted_type === "UINT_64" || kind?.isSigned === false) {
    return made(uint64(), (value: bigint) => BigInt.asUintN(64, value));
  }
  return plain(int64());
}

function fixedField(element: SchemaElement): ParquetField {
  const kind = logical(element)?.type;
  if (isDecimal(element)) return decimalField(element, bigEndian);
  if (kind === "UUID") return made(utf8(), uuidText);
  if (kind === "FLOAT16") return made(float32(), floatOfHalf);
  if (element.converted_type === "INTERVAL") {
    return made(fixedSizeBinary(16), intervalBytes, interval(IntervalUnit.MONTH_DAY_NANO));
  }
  return plain(binary());
}

const strange = (element: SchemaElement): Failure =>
  new Failure(
    "invalid_input",
    `The column "${element.name}" of the Parquet file has a type that cannot be read here.`,
    {
      hint: "Read the file on the server.",
    },
  );
