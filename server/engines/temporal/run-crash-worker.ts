/** A process for the crash contract. Arguments: address and namespace, file that every act is appended to, seed of the run. */
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { scriptedRun } from "../../../domain/pipelines/interpreter/scripted/scripted-run";
import { toldActs } from "../../../domain/pipelines/interpreter/scripted/told-acts";
import { temporalRunDriver } from "./temporal-run-driver";

const [address = "", namespace = "", file = "", seed = ""] = process.argv.slice(2);
const driver = temporalRunDriver({
  address,
  namespace,
  workflowsPath: fileURLToPath(new URL("./workflows/carry-run.ts", import.meta.url)),
  report: console.error,
});
await driver.serve(
  toldActs(scriptedRun(Number(seed)), {
    pass: () => sleep(30),
    tell: (told) => appendFileSync(file, `${JSON.stringify(told)}\n`),
  }),
);
process.on("disconnect", () => process.exit(0));
process.send?.("serving");
