import type { ColumnWriter } from "./column-writer";
import {
  bigintWriter,
  booleanWriter,
  dateWriter,
  decimalWriter,
  doubleWriter,
  integerWriter,
  realWriter,
  smallintWriter,
  timestampWriter,
  timeWriter,
  tinyintWriter,
  zonedTimestampWriter,
} from "./fixed-writers";
import { listWriter, mapWriter, rowWriter } from "./nested-writers";
import { binaryWriter, textWriter } from "./text-writers";

/** A type as Trino's protocol spells it out. */
export type TypeSignature = {
  rawType: string;
  arguments: {
    kind: string;
    value: number | TypeSignature | { fieldName?: { name: string } | null; typeSignature: TypeSignature };
  }[];
};

const PLAIN: Record<string, () => ColumnWriter> = {
  boolean: booleanWriter,
  tinyint: tinyintWriter,
  smallint: smallintWriter,
  integer: integerWriter,
  bigint: bigintWriter,
  real: realWriter,
  double: doubleWriter,
  date: dateWriter,
  varbinary: binaryWriter,
};

const MICROSECONDS = 6;

/**
 * What takes the values of a type. Types without a counterpart in Arrow (uuid, json, interval, time with a zone, times finer
 * than microseconds, sketches) are taken as the text that Trino writes.
 */
export function writerOf(type: TypeSignature): ColumnWriter {
  const plain = PLAIN[type.rawType];
  if (plain !== undefined) return plain();
  switch (type.rawType) {
    case "decimal":
      return decimalWriter(numberIn(type, 0), numberIn(type, 1));
    case "time":
      return numberIn(type, 0) > MICROSECONDS ? textWriter() : timeWriter();
    case "timestamp":
      return numberIn(type, 0) > MICROSECONDS ? textWriter() : timestampWriter();
    case "timestamp with time zone":
      return numberIn(type, 0) > MICROSECONDS ? textWriter() : zonedTimestampWriter();
    case "array":
      return listWriter(writerOf(typeIn(type, 0)));
    case "map":
      return mapWriter(keyWriterOf(typeIn(type, 0)), writerOf(typeIn(type, 1)));
    case "row":
      return type.arguments.length === 0 ? textWriter() : rowWriter(type.arguments.map(fieldOf));
    default:
      return textWriter();
  }
}

/** A key comes as a text; that of a nested one cannot be read back. */
const keyWriterOf = (type: TypeSignature): ColumnWriter =>
  ["array", "map", "row"].includes(type.rawType) ? textWriter() : writerOf(type);

function fieldOf({ value }: TypeSignature["arguments"][number], index: number) {
  const { fieldName, typeSignature } = value as {
    fieldName?: { name: string } | null;
    typeSignature: TypeSignature;
  };
  return { name: fieldName?.name ?? `field${index}`, writer: writerOf(typeSignature) };
}

const numberIn = (type: TypeSignature, index: number): number => {
  const value = type.arguments[index]?.value;
  return typeof value === "number" ? value : 0;
};

const typeIn = (type: TypeSignature, index: number): TypeSignature => {
  const value = type.arguments[index]?.value;
  if (typeof value === "object" && "rawType" in value) return value;
  throw new TypeError(`Trino's type ${type.rawType} has no argument ${index}.`);
};
