// Runs Trino on the lake of this data folder until Ctrl-C: `[TRINO_PORT=8080] npm run trino`.
import path from "node:path";
import { dataFolders } from "./lib/folders.mjs";
import { lakeCatalogs } from "./lib/live/lake-catalogs.mjs";
import { startTrino } from "./lib/live/trino.mjs";
import { report } from "./lib/problem.mjs";
import { step } from "./lib/steps.mjs";

let trino;
let leaving;
const leave = (status) => {
  leaving ??= Promise.resolve(trino?.stop()).finally(() => process.exit(status));
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => leave(0));
try {
  const folders = dataFolders();
  const catalogs = await lakeCatalogs(folders);
  await step("Trino", async () => {
    const port = process.env.TRINO_PORT ? Number(process.env.TRINO_PORT) : undefined;
    trino = await startTrino({ folder: path.join(folders.base, "trino"), catalogs, port });
    return trino.url;
  });
  console.log(`Catalogs: ${Object.keys(catalogs).join(", ") || "none yet; CREATE CATALOG adds one"}`);
  console.log(`Start Benchwright beside it with: TRINO_URL=${trino.url} npm start`);
} catch (error) {
  leave(report(error));
}
