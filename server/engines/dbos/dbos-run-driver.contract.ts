import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  describeRunDriverContract,
  describeRunDriverCrashes,
} from "../../../domain/ports/run-driver.contract";
import { dbosRunDriver } from "./dbos-run-driver";
import { dbosRunDriverClient } from "./dbos-run-driver-client";
import { dbosWorkflowClient } from "./dbos-workflow-client";
import { dbosWorkflowRunner } from "./dbos-workflow-runner";

// biome-ignore-start lint/style/noProcessEnv: a contract says itself which engine it runs against, and how much of it runs.
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
/** All of them in the live tier, where the other engine carries the same. */
const isLive =
  process.env.BENCHWRIGHT_FULL_TESTS === "1" || process.env.CONTRACT_TEMPORAL_ADDRESS !== undefined;
// biome-ignore-end lint/style/noProcessEnv: as above

const database = `contract_${randomUUID().replaceAll("-", "")}`;
const databaseUrl =
  serverUrl === "" ? "" : Object.assign(new URL(serverUrl), { pathname: database }).toString();

const onServer = async (statement: string) => {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

function ownClient() {
  const workflows = dbosWorkflowClient({ databaseUrl });
  return { ...dbosRunDriverClient(workflows), close: () => workflows.close() };
}

if (serverUrl === "") {
  describe("RunDriver: DBOS", () => {
    it.skip("needs CONTRACT_DATABASE_URL, a PostgreSQL server to make a database on", () => {});
  });
} else {
  beforeAll(() => onServer(`CREATE DATABASE ${database}`));
  afterAll(() => onServer(`DROP DATABASE ${database} WITH (FORCE)`));

  describeRunDriverContract(
    "DBOS",
    async () => {
      const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "contract" });
      const driver = dbosRunDriver(runner, { report: () => {} });
      return { driver, client: ownClient(), close: () => runner.close(), freshId: randomUUID };
    },
    { pipelines: isLive ? 300 : 40 },
  );

  describeRunDriverCrashes("DBOS", () => ({
    client: ownClient(),
    program: fileURLToPath(new URL("./run-crash-worker.ts", import.meta.url)),
    args: [databaseUrl],
    freshId: randomUUID,
  }));
}
