/** Completes in a worker thread, as a page's web worker does. Parent sends names or a question; gets the time and the heap. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { complete } = await import("../domain/query/completion/complete.ts");
const { nameModel } = await import("../domain/query/completion/name-model.ts");

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

let model;
parentPort.on("message", ({ names, sql, offset }) => {
  const startedAt = performance.now();
  if (names !== undefined) {
    model = nameModel(names);
    const ms = performance.now() - startedAt;
    collectGarbage();
    parentPort.postMessage({
      ms,
      heapBytes: process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers,
    });
    return;
  }
  const { proposals } = complete(sql, offset, "trino", model);
  parentPort.postMessage({ ms: performance.now() - startedAt, proposals: proposals.length });
});
