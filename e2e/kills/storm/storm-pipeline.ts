import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";

/** Attempts are many: what is asked here is that each has its effect once, not how often an engine may die. */
const RETRIES = { max_attempts: 20, backoff_coefficient: 1.3, initial_interval: "1s" };
/** Rows that `load` adds, and items of each map. */
const LINES = 5;
const ITEMS = [1, 2, 3];

const RUN = "'{{ run.id }}' AS run_id";

/**
 * A pipeline of statements, requests, a script on the cluster, a branch and two maps. Its requests go to `receiver`, an
 * address without a slash at its end; the script leaves its beginnings in the file `trace`.
 */
export function stormPipeline(name: string, { receiver, trace }: { receiver: string; trace: string }) {
  const table = (kind: string) => `analytics.storms.${name}_${kind}`;
  const append = (sql: string, kind: string) => ({
    type: "sql_execute",
    config: { sql, target_table: table(kind), write_mode: "append" },
  });
  const call = (task: string) => ({
    type: "http",
    config: { method: "POST", url: `${receiver}/calls`, body: { run: "{{ run.id }}", task } },
  });
  const document = {
    pipeline_id: name,
    name: "A storm",
    max_active_runs: 8,
    tasks: [
      {
        task_id: "load",
        ...append(`SELECT ${RUN}, i AS line FROM range(${LINES}) AS lines(i)`, "lines"),
        retry_policy: RETRIES,
      },
      { task_id: "call", depends_on: ["load"], ...call("call"), retry_policy: RETRIES },
      {
        task_id: "script",
        type: "python",
        depends_on: ["load"],
        config: {
          script: `${name}/storm_script.py`,
          parameters: { trace, number: "{{ run.number }}" },
          output_tables: { jobs: table("jobs") },
        },
        retry_policy: RETRIES,
      },
      {
        task_id: "choose",
        type: "branch",
        depends_on: ["script", "call"],
        config: {
          // biome-ignore lint/suspicious/noThenProperty: the document's word; it is a list, never a function
          cases: [{ when: "tasks.script.outputs.even", then: ["even"] }],
          otherwise: ["odd"],
        },
      },
      { task_id: "even", depends_on: ["choose"], ...call("even"), retry_policy: RETRIES },
      { task_id: "odd", depends_on: ["choose"], ...call("odd"), retry_policy: RETRIES },
      {
        task_id: "items",
        type: "map",
        depends_on: ["load"],
        config: {
          over: ITEMS,
          task: append(`SELECT ${RUN}, {{ item }} AS item`, "items"),
          max_parallel: 2,
        },
        retry_policy: RETRIES,
      },
      {
        task_id: "calls",
        type: "map",
        depends_on: ["call"],
        config: { over: ITEMS, task: call("calls[{{ index }}]"), max_parallel: 2 },
        retry_policy: RETRIES,
      },
      {
        task_id: "summary",
        type: "sql_execute",
        depends_on: ["even", "odd", "items", "calls"],
        config: {
          sql: `SELECT ${RUN}, count(*) AS items FROM ${table("items")} WHERE run_id = '{{ run.id }}'`,
          target_table: table("summary"),
          write_mode: "merge",
          merge_keys: ["run_id"],
        },
        retry_policy: RETRIES,
      },
    ],
    notifications: {
      on_success: { channel: "webhook", target: name },
      on_failure: { channel: "webhook", target: name },
    },
  };
  const script = readFileSync(join(import.meta.dirname, "storm_script.py"), "utf8");
  return {
    document,
    code: zipSync({ "storm_script.py": strToU8(script) }),
    /** Of each task that writes: its table, and the rows that a run leaves there. Items of a map count together. */
    writers: {
      load: { table: table("lines"), rows: LINES, commits: 1 },
      items: { table: table("items"), rows: ITEMS.length, commits: ITEMS.length },
      summary: { table: table("summary"), rows: 1, commits: 1 },
    },
    /** Holds the row of the run that wrote it last. */
    overwritten: { task: "script", table: table("jobs") },
    callers: ["call", "even", "odd", ...ITEMS.map((_, index) => `calls[${index}]`)],
  };
}
