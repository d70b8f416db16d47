// Runs a Temporal server for this data folder until Ctrl-C: `[TEMPORAL_PORT=7233] [TEMPORAL_UI_PORT=8233] npm run temporal`.
import path from "node:path";
import { dataFolders } from "./lib/folders.mjs";
import { startTemporal } from "./lib/live/temporal.mjs";
import { freePort } from "./lib/ports.mjs";
import { report } from "./lib/problem.mjs";
import { step } from "./lib/steps.mjs";

let temporal;
let leaving;
const leave = (status) => {
  leaving ??= Promise.resolve(temporal?.stop()).finally(() => process.exit(status));
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => leave(0));
try {
  const folders = dataFolders();
  await step("Temporal", async () => {
    const port = process.env.TEMPORAL_PORT ? Number(process.env.TEMPORAL_PORT) : undefined;
    const uiPort = process.env.TEMPORAL_UI_PORT ? Number(process.env.TEMPORAL_UI_PORT) : await freePort();
    temporal = await startTemporal({ folder: path.join(folders.base, "temporal"), keeps: true, port, uiPort });
    return temporal.address;
  });
  console.log(`Its own pages: ${temporal.uiUrl}`);
  console.log(`Start Benchwright beside it with: TEMPORAL_ADDRESS=${temporal.address} npm start`);
} catch (error) {
  leave(report(error));
}
