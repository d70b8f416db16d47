import type { AirflowSource } from "../pipelines/import/airflow/airflow-source";

/**
 * Reads pipelines that were written for Airflow, in Python. The source is parsed; it is never imported or run.
 *
 * Failures: `invalid_input` where it is no Python; `resource_exhausted` where it is too large or deep, or unfolds too far.
 */
export interface AirflowReader {
  read(source: string, signal?: AbortSignal): Promise<AirflowSource>;
  close(): Promise<void>;
}
