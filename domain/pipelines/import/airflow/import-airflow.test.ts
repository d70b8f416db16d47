import { describe, expect, it } from "vitest";
import type { AirflowDag, AirflowSource } from "./airflow-source";
import { importAirflow } from "./import-airflow";

const task = (id: string, operator: string, args: object = {}, more: object = {}) => ({
  id,
  operator,
  arguments: { ...args },
  line: 1,
  ...more,
});
const source = (tasks: AirflowDag["tasks"], more: Partial<AirflowDag> = {}): AirflowSource => ({
  dags: [{ id: "shop", line: 1, arguments: {}, tasks, groups: [], edges: [], ...more }],
  notes: [],
});
type Task = Record<string, unknown> & { task_id: string };
const read = (given: AirflowSource) => {
  const { document, notMapped } = importAirflow(given);
  const tasks = document.tasks as Task[];
  const said = notMapped.map(({ where, what }) => `${where} | ${what}`);
  return { document, tasks: Object.fromEntries(tasks.map((each) => [each.task_id, each])), said };
};

describe("importAirflow", () => {
  it("maps what a DAG says of itself, and names the rest", () => {
    const { document, said } = read(
      source([task("a", "BashOperator", { bash_command: "true" })], {
        arguments: {
          description: "Daily.",
          schedule: "@daily",
          start_date: { $datetime: "2025-01-01 00:00", zone: "Europe/Prague" },
          catchup: true,
          max_active_runs: 2,
          dagrun_timeout: { $seconds: 7_200 },
          params: { region: "north" },
          tags: ["x"],
          default_args: {
            owner: "ann",
            email: ["on-call@example.com"],
            retries: 2,
            retry_delay: { $seconds: 90 },
          },
        },
      }),
    );
    expect(document).toMatchObject({
      pipeline_id: "shop",
      description: "Daily.",
      schedule: { cron: "0 0 * * *", time_zone: "Europe/Prague", catch_up: "all" },
      max_active_runs: 2,
      timeout: "2h",
      parameters: { region: "north" },
      notifications: { on_failure: [{ channel: "email", target: "on-call@example.com" }] },
      tasks: [
        {
          task_id: "a",
          type: "python",
          config: { script: "shop/a.py" },
          retry_policy: { max_attempts: 3, backoff_coefficient: 1, initial_interval: "90s" },
        },
      ],
    });
    expect(said).toEqual(
      expect.arrayContaining([
        'DAG shop | tags: ["x"]',
        "DAG shop | start_date: 2025-01-01 00:00",
        "DAG shop, default_args | owner: ann",
        "task a (line 1) | BashOperator",
        "task a (line 1) | bash_command: true",
      ]),
    );
  });

  it.each([
    [{ $seconds: 900 }, "*/15 * * * *"],
    [{ $seconds: 21_600 }, "0 */6 * * *"],
    [{ $seconds: 604_800 }, "0 0 * * 0"],
    [{ $cron: "0 5 * * 1", zone: null }, "0 5 * * 1"],
    [{ $seconds: 5_400 }, undefined],
    ["@once", undefined],
  ])("reads the schedule %j", (schedule, cron) => {
    const { document } = importAirflow(source([task("a", "X")], { arguments: { schedule, catchup: false } }));
    expect(document.schedule).toEqual(cron === undefined ? undefined : { cron, catch_up: "latest" });
  });

  it("maps operators", () => {
    const { tasks, said } = read(
      source(
        [
          task("load", "PostgresOperator", {
            sql: "SELECT 1 FROM t WHERE d = '{{ ds }}'",
            postgres_conn_id: "db",
          }),
          task("ask", "HttpOperator", {
            endpoint: "https://example.com/a",
            method: "GET",
            headers: { A: "b" },
          }),
          task("choose", "BranchPythonOperator", {
            python_callable: { $function: { name: "pick", lines: [4, 9] } },
          }),
          task("next", "TriggerDagRunOperator", { trigger_dag_id: "other", conf: { day: 1 } }),
          task(
            "count",
            "@task",
            { trigger_rule: "all_done", pool: "small" },
            {
              function: { name: "count", lines: [7, 8] },
              call: { shop: "north", rows: { $tasks: ["load"] } },
            },
          ),
          task("odd", "MyOperator", { limit: { $code: "LIMIT" } }),
        ],
        {
          edges: [
            ["choose", "next"],
            ["choose", "count"],
          ],
        },
      ),
    );
    expect(tasks.load).toMatchObject({
      type: "sql_execute",
      config: { sql: "SELECT 1 FROM t WHERE d = '{{ run.date }}'" },
    });
    expect(tasks.load?.config).not.toHaveProperty("target_table");
    expect(tasks.ask).toMatchObject({
      type: "http",
      config: { method: "GET", url: "https://example.com/a", headers: { A: "b" } },
    });
    const { cases = [] } = (tasks.choose?.config ?? {}) as { cases?: object[] };
    expect(cases.map((each) => Object.values(each))).toEqual([
      ["", ["next"]],
      ["", ["count"]],
    ]);
    expect(tasks.next).toMatchObject({
      type: "sub_pipeline",
      config: { pipeline_id: "other", parameters: { day: 1 }, wait: false },
    });
    expect(tasks.count).toMatchObject({
      type: "python",
      run_when: "all_ended",
      depends_on: ["choose"],
      config: { script: "shop/count.py", parameters: { shop: "north" } },
    });
    for (const part of [
      "load (line 1) | postgres_conn_id: db",
      "load (line 1) | where the result goes",
      "choose (line 1) | what pick() of line 4 decides",
      "count (line 1) | the code of count() of line 7",
      "count (line 1) | pool: small",
      'count (line 1) | rows: {"$tasks":["load"]}',
      "odd (line 1) | MyOperator",
      "odd (line 1) | limit: LIMIT",
    ])
      expect(said).toContain(`task ${part}`);
  });

  it("joins groups, and leaves out what does nothing", () => {
    const { document, tasks } = read(
      source(
        ["start", "g.a", "g.b", "g.in.c", "end", "last"].map((id) =>
          task(id, id === "start" || id === "end" ? "EmptyOperator" : "PythonOperator"),
        ),
        {
          groups: [
            { id: "g", label: "g", members: ["g.a", "g.b", "g.in"], arguments: {} },
            { id: "g.in", label: "in", members: ["g.in.c"], arguments: {} },
          ],
          edges: [
            ["start", "g"],
            ["g.a", "g.in"],
            ["g", "end"],
            ["end", "last"],
          ],
        },
      ),
    );
    expect(Object.keys(tasks)).toEqual(["g_a", "g_b", "g_in_c", "last"]);
    expect(tasks.g_in_c?.depends_on).toEqual(["g_a"]);
    expect(new Set(tasks.last?.depends_on as string[])).toEqual(new Set(["g_b", "g_in_c"]));
    expect(document.canvas).toMatchObject({ groups: [{ tasks: ["g_a", "g_b"] }, { tasks: ["g_in_c"] }] });
  });

  it("says where there is no DAG, and which were left", () => {
    expect(() => importAirflow({ dags: [], notes: [] })).toThrow("no DAG");
    const two = source([task("a", "X")]);
    const more = [...two.dags, { ...(two.dags[0] as AirflowDag), id: "second", line: 9 }];
    expect(read({ ...two, dags: more }).said).toContain("line 9 | DAG second");
    const chosen = importAirflow({ ...two, dags: more }, "second");
    expect(chosen).toMatchObject({ document: { pipeline_id: "second" }, choices: ["shop", "second"] });
    expect(chosen.notMapped).toContainEqual(expect.objectContaining({ what: "DAG shop" }));
    expect(() => importAirflow({ ...two, dags: more }, "none")).toThrow("no DAG");
  });
});
