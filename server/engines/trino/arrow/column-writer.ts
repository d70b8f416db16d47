import { Batch, type DataType } from "@uwdata/flechette";
import type { JsonCursor } from "./json-cursor";

/** Takes values of one column from pages and hands them over as Arrow batches, again and again. */
export interface ColumnWriter {
  readonly type: DataType;
  /** Takes the next value of the page, or null. */
  read(cursor: JsonCursor): void;
  /** Appends NULL. */
  readNull(): void;
  /** Bytes of what was taken since the last batch, about. */
  size(): number;
  /** What was taken since the last batch. */
  batch(): Batch<unknown>;
}

const FIRST_ROWS = 1024;

/** A bit for each row, 1 where there is a value. */
export class Validity {
  length = 0;
  nullCount = 0;
  private bits = new Uint8Array(FIRST_ROWS / 8);

  add(isValid: boolean): void {
    const index = this.length;
    if (index >> 3 >= this.bits.length) this.bits = grown(this.bits, index >> 3);
    if (isValid) this.bits[index >> 3] = (this.bits[index >> 3] ?? 0) | (1 << (index & 7));
    else this.nullCount += 1;
    this.length = index + 1;
  }

  /** `nullCount` of flechette's encoder wants a buffer; an empty one says that there are no nulls. */
  take(): { length: number; nullCount: number; validity: Uint8Array } {
    const { length, nullCount } = this;
    const validity = nullCount === 0 ? new Uint8Array() : this.bits.slice(0, (length + 7) >> 3);
    this.bits.fill(0);
    this.length = 0;
    this.nullCount = 0;
    return { length, nullCount, validity };
  }
}

type Growable = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** A copy with room for `index`, at least twice as large. */
export function grown<T extends Growable>(array: T, index: number): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(array.length * 2, index + 1));
  larger.set(array);
  return larger;
}

/** Values of a fixed width, `perRow` elements of an array each. */
export abstract class FixedWriter<T extends Growable> implements ColumnWriter {
  protected readonly validity = new Validity();

  constructor(
    readonly type: DataType,
    protected values: T,
    private readonly perRow = 1,
  ) {}

  /** Puts the next value of the page at `index` of `values`. */
  protected abstract put(cursor: JsonCursor, index: number): void;

  read(cursor: JsonCursor): void {
    if (cursor.takeNull()) {
      this.readNull();
      return;
    }
    this.put(cursor, this.room());
    this.validity.add(true);
  }

  readNull(): void {
    this.values.fill(0, this.room(), this.room() + this.perRow);
    this.validity.add(false);
  }

  size(): number {
    return this.validity.length * this.perRow * this.values.BYTES_PER_ELEMENT;
  }

  batch(): Batch<unknown> {
    const rows = this.validity.take();
    const values = this.values.slice(0, rows.length * this.perRow) as T;
    return new Batch({ ...rows, type: this.type, values });
  }

  private room(): number {
    const index = this.validity.length * this.perRow;
    if (index + this.perRow > this.values.length) this.values = grown(this.values, index + this.perRow - 1);
    return index;
  }
}
