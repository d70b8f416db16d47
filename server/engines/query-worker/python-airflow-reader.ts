import { AirflowSource } from "../../../domain/pipelines/import/airflow/airflow-source";
import type { AirflowReader } from "../../../domain/ports/airflow-reader";
import { workerPool } from "./worker-pool";

export type AirflowReaderOptions = {
  /** Interpreter of the lake's environment, and the folder of the package `workbench_query`. */
  python: string;
  packageDir: string;
  /** After this a source is given up, and its process ended. */
  timeoutMs?: number;
};

/** Reads sources in one Python process, which starts with the first of them. */
export function pythonAirflowReader({
  python,
  packageDir,
  timeoutMs = 15_000,
}: AirflowReaderOptions): AirflowReader {
  const pool = workerPool({ python, packageDir, role: "import", processes: 1, requestsPerProcess: 1 });
  return {
    read: async (source, signal) =>
      AirflowSource.parse(await pool.request("airflow", { source }, { signal, timeoutMs })),
    close: () => pool.close(),
  };
}
