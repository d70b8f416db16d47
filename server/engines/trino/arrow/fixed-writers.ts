import {
  Batch,
  bool,
  type DataType,
  dateDay,
  decimal128,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  TimeUnit,
  timeMicrosecond,
  timestamp,
} from "@uwdata/flechette";
import { type ColumnWriter, FixedWriter, grown, Validity } from "./column-writer";
import type { JsonCursor } from "./json-cursor";
import { putBigint, putWords } from "./put-words";
import { MICROS_PER_DAY, TimeReader } from "./read-time";
import { zoneOffset } from "./zone-offset";

const T = 0x74;

class SmallIntegerWriter extends FixedWriter<Int8Array | Int16Array | Int32Array> {
  protected put(cursor: JsonCursor, index: number): void {
    const value = cursor.digits();
    this.values[index] = Number.isNaN(value) ? Number(cursor.text(cursor.scalar())) : value;
  }
}

export const tinyintWriter = (): ColumnWriter => new SmallIntegerWriter(int8(), new Int8Array(1024));
export const smallintWriter = (): ColumnWriter => new SmallIntegerWriter(int16(), new Int16Array(1024));
export const integerWriter = (): ColumnWriter => new SmallIntegerWriter(int32(), new Int32Array(1024));

/** Whole numbers of 64 bits, as two words each: most need no BigInt. */
class BigintWriter extends FixedWriter<Int32Array> {
  protected put(cursor: JsonCursor, index: number): void {
    const value = cursor.digits();
    if (Number.isNaN(value)) putBigint(this.values, index, BigInt(cursor.text(cursor.scalar())), 2);
    else putWords(this.values, index, value);
  }
}
export const bigintWriter = (): ColumnWriter => new BigintWriter(int64(), new Int32Array(2048), 2);

/** Trino writes all digits behind the point, always, so that the point says nothing. */
class DecimalWriter extends FixedWriter<Int32Array> {
  protected put(cursor: JsonCursor, index: number): void {
    const value = cursor.digits();
    if (Number.isNaN(value)) {
      putBigint(this.values, index, BigInt(cursor.text(cursor.scalar()).replace(".", "")), 4);
      return;
    }
    putWords(this.values, index, value);
    const sign = value < 0 ? -1 : 0;
    this.values[index + 2] = sign;
    this.values[index + 3] = sign;
  }
}
export const decimalWriter = (precision: number, scale: number): ColumnWriter =>
  new DecimalWriter(decimal128(precision, scale), new Int32Array(4096), 4);

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** NaN and the infinities come as texts. */
class FloatWriter extends FixedWriter<Float32Array | Float64Array> {
  protected put(cursor: JsonCursor, index: number): void {
    const digits = cursor.digits();
    // Both are exact, so their quotient is the nearest double.
    this.values[index] = Number.isNaN(digits)
      ? Number(cursor.text(cursor.scalar()))
      : digits / (POWERS[cursor.decimals] as number);
  }
}
export const doubleWriter = (): ColumnWriter => new FloatWriter(float64(), new Float64Array(1024));
export const realWriter = (): ColumnWriter => new FloatWriter(float32(), new Float32Array(1024));

const reader = new TimeReader();

class DateWriter extends FixedWriter<Int32Array> {
  protected put(cursor: JsonCursor, index: number): void {
    const start = cursor.scalar();
    this.values[index] = reader.start(cursor.bytes, start, cursor.end).days();
  }
}
export const dateWriter = (): ColumnWriter => new DateWriter(dateDay(), new Int32Array(1024));

class TimeWriter extends FixedWriter<Int32Array> {
  protected put(cursor: JsonCursor, index: number): void {
    const start = cursor.scalar();
    putWords(this.values, index, reader.start(cursor.bytes, start, cursor.end).micros());
  }
}
export const timeWriter = (): ColumnWriter => new TimeWriter(timeMicrosecond(), new Int32Array(2048), 2);

class TimestampWriter extends FixedWriter<Int32Array> {
  constructor(
    type: DataType,
    private readonly hasZone: boolean,
  ) {
    super(type, new Int32Array(2048), 2);
  }

  protected put(cursor: JsonCursor, index: number): void {
    const start = cursor.scalar();
    const days = reader.start(cursor.bytes, start, cursor.end).days();
    let micros = reader.space().micros();
    if (this.hasZone) {
      const zone = reader.zone();
      if (zone !== "UTC") micros -= zoneOffset(zone, days * 86_400_000 + Math.floor(micros / 1000)) * 1000;
    }
    const whole = days * MICROS_PER_DAY + micros;
    if (Number.isSafeInteger(whole)) putWords(this.values, index, whole);
    else putBigint(this.values, index, BigInt(days) * BigInt(MICROS_PER_DAY) + BigInt(micros), 2);
  }
}
export const timestampWriter = (): ColumnWriter =>
  new TimestampWriter(timestamp(TimeUnit.MICROSECOND), false);
export const zonedTimestampWriter = (): ColumnWriter =>
  new TimestampWriter(timestamp(TimeUnit.MICROSECOND, "UTC"), true);

/** A bit for each row. */
class BooleanWriter implements ColumnWriter {
  readonly type = bool();
  private readonly validity = new Validity();
  private bits = new Uint8Array(128);

  read(cursor: JsonCursor): void {
    if (cursor.takeNull()) {
      this.readNull();
      return;
    }
    const start = cursor.scalar();
    const index = this.validity.length;
    if (index >> 3 >= this.bits.length) this.bits = grown(this.bits, index >> 3);
    if (cursor.bytes[start] === T) this.bits[index >> 3] = (this.bits[index >> 3] ?? 0) | (1 << (index & 7));
    this.validity.add(true);
  }

  readNull(): void {
    const byte = this.validity.length >> 3;
    if (byte >= this.bits.length) this.bits = grown(this.bits, byte);
    this.validity.add(false);
  }

  size(): number {
    return this.validity.length >> 3;
  }

  batch(): Batch<unknown> {
    const rows = this.validity.take();
    const values = this.bits.slice(0, (rows.length + 7) >> 3);
    this.bits.fill(0);
    return new Batch({ ...rows, type: this.type, values });
  }
}
export const booleanWriter = (): ColumnWriter => new BooleanWriter();
