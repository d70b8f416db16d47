import { expect, it } from "vitest";
import { bigEndian, floatOfHalf, intervalBytes, uuidText } from "./parquet-values";

it.each([
  [[], 0n],
  [[0xff], -1n],
  [[0x00, 0xff], 255n],
  [[0x80, 0x00], -32768n],
  [
    [0x4b, 0x3b, 0x4c, 0xa8, 0x5a, 0x86, 0xc4, 0x7a, 0x09, 0x8a, 0x22, 0x3f, 0xff, 0xff, 0xff, 0xff],
    99999999999999999999999999999999999999n,
  ],
])("reads a whole number of bytes %j", (bytes, value) => {
  expect(bigEndian(new Uint8Array(bytes))).toBe(value);
});

it.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0x7e00, Number.NaN],
  [0x8000, -0],
])("reads a half %i", (bits, value) => {
  expect(floatOfHalf(new Uint8Array([bits & 0xff, bits >> 8]))).toBe(value);
});

it("writes a UUID", () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, at) => at);
  expect(uuidText(bytes)).toBe("00010203-0405-0607-0809-0a0b0c0d0e0f");
});

it("turns milliseconds of an interval into nanoseconds", () => {
  const bytes = intervalBytes(new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]));
  const view = new DataView(bytes.buffer);
  expect([view.getInt32(0, true), view.getInt32(4, true), view.getBigInt64(8, true)]).toEqual([
    1,
    2,
    3_000_000n,
  ]);
});
