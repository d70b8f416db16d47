import { expect, it } from "vitest";
import { wasmLimits } from "./wasm-limits";

const GIB = 2 ** 30;

it.each([
  [8, 3 * GIB, GIB],
  [4, 2 * GIB, GIB / 2],
  [1, GIB / 2, GIB / 8],
  [undefined, 2 * GIB, GIB / 2],
])("spares of %s GiB what leaves the page room", (device, memoryBytes, pageBytes) => {
  expect(wasmLimits(device)).toEqual({ memoryBytes, pageBytes });
});
