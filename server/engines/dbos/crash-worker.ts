/** A worker for the crash contract. Arguments: database URL, file that every act is appended to. */
import { appendFileSync } from "node:fs";
import { dbosWorkflowRunner } from "./dbos-workflow-runner";

const [databaseUrl = "", actsPath = ""] = process.argv.slice(2);
const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "contract" });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

runner.register("crash", async ({ step, sleep }, input) => {
  const branch = async (key: string, ms: number) => {
    for (let number = 1; number <= 4; number++) {
      await step(`${key}${number}`, async () => {
        await pause(ms);
        appendFileSync(actsPath, `${key}${number}\n`);
      });
    }
  };
  await step("first", async () => appendFileSync(actsPath, "first\n"));
  await sleep("nap", (input as { napMs: number }).napMs);
  await Promise.all([branch("a", 50), branch("b", 90), branch("c", 130)]);
  await step("last", async () => appendFileSync(actsPath, "last\n"));
});

await runner.launch();
process.on("disconnect", () => process.exit(0));
process.send?.("launched");
