import { cpus, freemem, loadavg, platform, release, totalmem } from "node:os";
import { rounded } from "./statistics.ts";

/** What a figure depends on and cannot be repeated without. Bytes are bytes; `load1` is the one-minute load average. */
export function machine() {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    load1: rounded(loadavg()[0], 2),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
}
