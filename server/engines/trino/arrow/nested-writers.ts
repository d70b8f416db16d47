import { Batch, type DataType, field, list, map, struct } from "@uwdata/flechette";
import { type ColumnWriter, grown, Validity } from "./column-writer";
import type { JsonCursor } from "./json-cursor";

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Lists of any length: rows point into the children. */
abstract class OffsetWriter implements ColumnWriter {
  private readonly validity = new Validity();
  private offsets = new Int32Array(1025);
  protected items = 0;

  constructor(readonly type: DataType) {}

  protected abstract readItems(cursor: JsonCursor): void;
  protected abstract children(): Batch<unknown>[];
  protected abstract sizeOfItems(): number;

  read(cursor: JsonCursor): void {
    const isValid = !cursor.takeNull();
    if (isValid) this.readItems(cursor);
    this.close(isValid);
  }

  readNull(): void {
    this.close(false);
  }

  size(): number {
    return this.validity.length * 4 + this.sizeOfItems();
  }

  batch(): Batch<unknown> {
    const rows = this.validity.take();
    const offsets = this.offsets.slice(0, rows.length + 1);
    this.items = 0;
    return new Batch({ ...rows, type: this.type, offsets, children: this.children() });
  }

  private close(isValid: boolean): void {
    this.validity.add(isValid);
    const row = this.validity.length;
    if (row >= this.offsets.length) this.offsets = grown(this.offsets, row);
    this.offsets[row] = this.items;
  }
}

class ListWriter extends OffsetWriter {
  constructor(private readonly child: ColumnWriter) {
    super(list(field("item", child.type)));
  }

  protected readItems(cursor: JsonCursor): void {
    cursor.expect(OPEN_ARRAY);
    if (cursor.take(CLOSE_ARRAY)) return;
    do {
      this.child.read(cursor);
      this.items += 1;
    } while (cursor.take(COMMA));
    cursor.expect(CLOSE_ARRAY);
  }

  protected children(): Batch<unknown>[] {
    return [this.child.batch()];
  }

  protected sizeOfItems(): number {
    return this.child.size();
  }
}
export const listWriter = (child: ColumnWriter): ColumnWriter => new ListWriter(child);

/** Maps come as objects, so that every key is a text. */
class MapWriter extends OffsetWriter {
  private readonly entries: DataType;

  constructor(
    private readonly key: ColumnWriter,
    private readonly value: ColumnWriter,
  ) {
    const type = map(field("key", key.type, false), field("value", value.type));
    super(type);
    const [entries] = (type as unknown as { children: { type: DataType }[] }).children;
    if (entries === undefined) throw new Error("A map has no entries.");
    this.entries = entries.type;
  }

  protected readItems(cursor: JsonCursor): void {
    cursor.expect(OPEN_OBJECT);
    if (cursor.take(CLOSE_OBJECT)) return;
    do {
      this.key.read(cursor);
      cursor.expect(COLON);
      this.value.read(cursor);
      this.items += 1;
    } while (cursor.take(COMMA));
    cursor.expect(CLOSE_OBJECT);
  }

  protected children(): Batch<unknown>[] {
    const children = [this.key.batch(), this.value.batch()];
    const length = children[0]?.length ?? 0;
    return [new Batch({ length, nullCount: 0, type: this.entries, validity: new Uint8Array(), children })];
  }

  protected sizeOfItems(): number {
    return this.key.size() + this.value.size();
  }
}
export const mapWriter = (key: ColumnWriter, value: ColumnWriter): ColumnWriter => new MapWriter(key, value);

/** Rows come as arrays, one value for each field. */
class RowWriter implements ColumnWriter {
  readonly type: DataType;
  private readonly validity = new Validity();

  constructor(private readonly fields: { name: string; writer: ColumnWriter }[]) {
    this.type = struct(fields.map(({ name, writer }) => field(name, writer.type)));
  }

  read(cursor: JsonCursor): void {
    if (cursor.takeNull()) {
      this.readNull();
      return;
    }
    cursor.expect(OPEN_ARRAY);
    this.fields.forEach(({ writer }, index) => {
      if (index > 0) cursor.expect(COMMA);
      writer.read(cursor);
    });
    cursor.expect(CLOSE_ARRAY);
    this.validity.add(true);
  }

  readNull(): void {
    for (const { writer } of this.fields) writer.readNull();
    this.validity.add(false);
  }

  size(): number {
    return this.fields.reduce((sum, { writer }) => sum + writer.size(), 0);
  }

  batch(): Batch<unknown> {
    const rows = this.validity.take();
    return new Batch({ ...rows, type: this.type, children: this.fields.map(({ writer }) => writer.batch()) });
  }
}
export const rowWriter = (fields: { name: string; writer: ColumnWriter }[]): ColumnWriter =>
  new RowWriter(fields);
