import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importAirflow } from "../../../domain/pipelines/import/airflow/import-airflow";
import type { AirflowReader } from "../../../domain/ports/airflow-reader";
import { pythonAirflowReader } from "./python-airflow-reader";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "" } = process.env;
const packageDir = fileURLToPath(new URL("../../../lake", import.meta.url));

const source = `
from airflow.decorators import dag, task

@dag(schedule="0 6 * * 1")
def weekly():
    @task(retries=1)
    def count(shop): ...

    count("north") >> BashOperator(task_id="tell", bash_command="echo done")
`;

if (python === "") {
  describe("pythonAirflowReader", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON, the interpreter of the lake's packages", () => {});
  });
} else {
  describe("pythonAirflowReader", () => {
    let reader: AirflowReader;

    beforeAll(() => {
      reader = pythonAirflowReader({ python, packageDir });
    });

    afterAll(() => reader.close());

    it("reads what the import takes", async () => {
      const { document } = importAirflow(await reader.read(source));
      expect(document).toMatchObject({
        pipeline_id: "weekly",
        schedule: { cron: "0 6 * * 1" },
        tasks: [
          { task_id: "count", config: { parameters: { shop: "north" } }, retry_policy: { max_attempts: 2 } },
          { task_id: "tell", depends_on: ["count"] },
        ],
      });
    });

    it("answers what is no Python, and what is too deep, and lives on", async () => {
      await expect(reader.read("def (")).rejects.toMatchObject({ code: "invalid_input" });
      await expect(reader.read(`x = ${"-".repeat(900_000)}1`)).rejects.toMatchObject({
        code: "resource_exhausted",
      });
      expect((await reader.read("x = 1")).dags).toEqual([]);
    });
  });
}
