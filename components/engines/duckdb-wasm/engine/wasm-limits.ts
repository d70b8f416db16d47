const GIB = 2 ** 30;

export type WasmLimits = {
  /** What DuckDB may use inside its worker. */
  memoryBytes: number;
  /** What results and tables may take in the page itself. */
  pageBytes: number;
};

/**
 * What this device can spare. `deviceGib` is `navigator.deviceMemory` (0.25 to 8 in powers of two; browsers without it say
 * nothing); a WebAssembly memory ends at 4 GiB, whatever the device has.
 */
export function wasmLimits(deviceGib: number | undefined): WasmLimits {
  const gib = deviceGib ?? 4;
  return { memoryBytes: Math.min(3, gib / 2) * GIB, pageBytes: Math.min(1, gib / 8) * GIB };
}
