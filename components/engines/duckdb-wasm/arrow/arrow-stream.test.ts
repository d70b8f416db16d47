import {
  columnFromArray,
  dictionary,
  int32,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { describe, expect, it } from "vitest";
import { joinArrow, renameColumns, rowsOfMessage, splitArrow } from "./arrow-stream";

const table = tableFromColumns([
  ["a", columnFromArray([1, 2, 3, null], int32(), { maxBatchRows: 2 })],
  ["b", columnFromArray(["x", "", null, "ü"], utf8(), { maxBatchRows: 2 })],
]);
const stream = tableToIPC(table, { format: "stream" }) as Uint8Array;

describe("an Arrow stream", () => {
  it("is parted into its schema and its batches, and put together again", () => {
    const { schema, messages } = splitArrow(stream);
    expect(messages.map(rowsOfMessage)).toEqual([2, 2]);
    expect(rowsOfMessage(schema)).toBe(0);
    expect(tableFromIPC(joinArrow(schema, messages)).toArray()).toEqual(table.toArray());
    expect(tableFromIPC(joinArrow(schema, messages.slice(1))).numRows).toBe(2);
  });

  it("is read out of an Arrow file", () => {
    const { schema, messages } = splitArrow(tableToIPC(table, { format: "file" }) as Uint8Array);
    expect(tableFromIPC(joinArrow(schema, messages)).toArray()).toEqual(table.toArray());
  });

  it("keeps dictionaries among its messages", () => {
    const words = tableFromColumns([["w", columnFromArray(["x", "y", "x"], dictionary(utf8()))]]);
    const { schema, messages } = splitArrow(tableToIPC(words, { format: "stream" }) as Uint8Array);
    expect(messages).toHaveLength(2);
    expect(tableFromIPC(joinArrow(schema, messages)).toArray()).toEqual([{ w: "x" }, { w: "y" }, { w: "x" }]);
  });

  it("takes other names for its columns", () => {
    const { schema, messages } = splitArrow(stream);
    const renamed = tableFromIPC(joinArrow(renameColumns(schema, ["c0", "c1"]), messages));
    expect(renamed.names).toEqual(["c0", "c1"]);
    expect(renamed.getChildAt(1).toArray()).toEqual(["x", "", null, "ü"]);
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["text", new TextEncoder().encode("a,b\n1,2\n3,4\n5,6\n")],
    ["a stream that is cut off", stream.subarray(0, stream.length - 100)],
  ])("refuses %s", (_, bytes) => {
    expect(() => splitArrow(bytes)).toThrow(/Arrow stream/);
  });
});
