import { Batch, binary, type DataType, utf8 } from "@uwdata/flechette";
import { type ColumnWriter, grown, Validity } from "./column-writer";
import type { JsonCursor } from "./json-cursor";

const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const encoder = new TextEncoder();

abstract class BytesWriter implements ColumnWriter {
  private readonly validity = new Validity();
  private offsets = new Int32Array(1025);
  protected bytes = new Uint8Array(16_384);
  protected used = 0;

  constructor(readonly type: DataType) {}

  /** Appends the next value of the page. */
  protected abstract append(cursor: JsonCursor): void;

  read(cursor: JsonCursor): void {
    if (cursor.takeNull()) {
      this.readNull();
      return;
    }
    this.append(cursor);
    this.close(true);
  }

  readNull(): void {
    this.close(false);
  }

  size(): number {
    return this.used + this.validity.length * 4;
  }

  batch(): Batch<unknown> {
    const rows = this.validity.take();
    const offsets = this.offsets.slice(0, rows.length + 1);
    const values = this.bytes.slice(0, this.used);
    this.used = 0;
    return new Batch({ ...rows, type: this.type, offsets, values });
  }

  protected room(more: number): void {
    if (this.used + more > this.bytes.length) this.bytes = grown(this.bytes, this.used + more);
  }

  protected copy(from: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.room(length);
    // Most texts are short, and a loop is then faster than a view of the page.
    if (length < 48)
      for (let i = 0; i < length; i += 1) this.bytes[this.used + i] = from[start + i] as number;
    else this.bytes.set(from.subarray(start, end), this.used);
    this.used += length;
  }

  private close(isValid: boolean): void {
    this.validity.add(isValid);
    const row = this.validity.length;
    if (row >= this.offsets.length) this.offsets = grown(this.offsets, row);
    this.offsets[row] = this.used;
  }
}

/** Texts, and of types that Arrow does not know the text that Trino writes. */
class TextWriter extends BytesWriter {
  protected append(cursor: JsonCursor): void {
    const first = cursor.peek();
    if (first === OPEN_ARRAY || first === OPEN_OBJECT) {
      const start = cursor.skip();
      this.copy(cursor.bytes, start, cursor.at);
      return;
    }
    const start = cursor.scalar();
    if (!cursor.isEscaped) {
      this.copy(cursor.bytes, start, cursor.end);
      return;
    }
    const plain = encoder.encode(cursor.text(start));
    this.copy(plain, 0, plain.length);
  }
}
export const textWriter = (): ColumnWriter => new TextWriter(utf8());

/** Bytes, which come in base64. */
class BinaryWriter extends BytesWriter {
  protected append(cursor: JsonCursor): void {
    const start = cursor.scalar();
    const bytes = Buffer.from(cursor.text(start), "base64");
    this.copy(bytes, 0, bytes.length);
  }
}
export const binaryWriter = (): ColumnWriter => new BinaryWriter(binary());
