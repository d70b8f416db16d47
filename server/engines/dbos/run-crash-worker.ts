/** A process for the crash contract. Arguments: database URL, file that every act is appended to, seed of the run. */
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { scriptedRun } from "../../../domain/pipelines/interpreter/scripted/scripted-run";
import { toldActs } from "../../../domain/pipelines/interpreter/scripted/told-acts";
import { dbosRunDriver } from "./dbos-run-driver";
import { dbosWorkflowRunner } from "./dbos-workflow-runner";

const [databaseUrl = "", file = "", seed = ""] = process.argv.slice(2);
const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "contract" });
const driver = dbosRunDriver(runner, { report: console.error });
await driver.serve(
  toldActs(scriptedRun(Number(seed)), {
    pass: () => sleep(30),
    tell: (told) => appendFileSync(file, `${JSON.stringify(told)}\n`),
  }),
);
process.on("disconnect", () => process.exit(0));
process.send?.("serving");
