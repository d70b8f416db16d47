import { type Table, tableFromIPC } from "@uwdata/flechette";

/**
 * An Arrow IPC stream as a table whose values keep every digit: 64-bit integers and decimals stay whole. Times are read by
 * `cellText` from what lies under them, since their numbers of milliseconds lose microseconds.
 */
export const decodeWindow = (bytes: Uint8Array): Table =>
  tableFromIPC(bytes, { useBigInt: true, useDecimalInt: true, useDate: false });
