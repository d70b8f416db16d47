import { describe, expect, it } from "vitest";
import { importArgo } from "./argo/import-argo";
import { guessFormat } from "./guess-format";
import { importKubeflow } from "./kubeflow/import-kubeflow";

const ARGO = `
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: stock-nightly, namespace: shop, labels: {team: shop}}
spec:
  schedule: "30 1 * * *"
  timezone: Europe/Prague
  concurrencyPolicy: Forbid
  workflowSpec:
    entrypoint: main
    activeDeadlineSeconds: 7200
    parallelism: 3
    priority: 5000
    onExit: tell
    arguments:
      parameters: [{name: day-count, value: "7"}]
    templates:
      - name: main
        dag:
          tasks:
            - {name: load, template: load, arguments: {parameters: [{name: days, value: "{{workflow.parameters.day-count}}"}]}}
            - {name: shape, template: shape, depends: "load.Succeeded"}
            - {name: ping, template: ping, depends: "shape && load", when: "{{tasks.load.outputs.result}} == 1"}
            - {name: sweep, template: load, depends: "ping.Failed || ping.Succeeded"}
      - name: load
        inputs: {parameters: [{name: days, description: "How far back"}]}
        retryStrategy: {limit: 2, retryPolicy: Always, backoff: {duration: "30s", factor: 2}}
        activeDeadlineSeconds: 90
        container: {image: "shop/load:1", command: [load], resources: {requests: {cpu: 500m, memory: 1Gi}}}
      - name: shape
        steps:
          - - {name: join, template: load}
          - - {name: left, template: load}
            - {name: right, template: load}
      - name: ping
        http: {url: "https://example.com/done", method: post, successCondition: "response.statusCode == 202"}
`;

const KUBEFLOW = `
pipelineInfo: {name: churn, description: Finds who leaves.}
schemaVersion: 2.1.0
components:
  comp-prepare:
    executorLabel: exec-prepare
    inputDefinitions: {parameters: {rows: {defaultValue: 5}, seed: {defaultValue: 7, parameterType: NUMBER_INTEGER}}}
    outputDefinitions: {artifacts: {data: {artifactType: {schemaTitle: system.Dataset}}}}
  comp-train: {executorLabel: exec-train}
  comp-inner:
    dag: {tasks: {fit: {componentRef: {name: comp-train}}, check: {componentRef: {name: comp-train}, dependentTasks: [fit]}}}
deploymentSpec:
  executors:
    exec-prepare: {container: {image: "python:3.11", command: [sh], resources: {cpuLimit: 2, memoryLimit: 4}}}
    exec-train: {container: {image: "python:3.11"}}
defaultPipelineRoot: s3://models
root:
  outputDefinitions: {parameters: {score: {parameterType: NUMBER_DOUBLE}}}
  inputDefinitions: {parameters: {region: {defaultValue: north, parameterType: STRING}}}
  dag:
    tasks:
      prepare:
        componentRef: {name: comp-prepare}
        taskInfo: {name: prepare}
        cachingOptions: {enableCache: true}
        inputs: {parameters: {region: {componentInputParameter: region}, rows: {runtimeValue: {constant: 10}}}}
        retryPolicy: {maxRetryCount: 3, backoffDuration: 60s, backoffFactor: 2}
      inner:
        componentRef: {name: comp-inner}
        inputs: {artifacts: {data: {taskOutputArtifact: {producerTask: prepare, outputArtifactKey: data}}}}
      tell:
        componentRef: {name: comp-train}
        dependentTasks: [inner]
        triggerPolicy: {strategy: ALL_UPSTREAM_TASKS_COMPLETED, condition: "x > 1"}
---
platforms: {kubernetes: {deploymentSpec: {}}}
`;

type Draft = { tasks: Record<string, unknown>[] };
const byId = (document: Record<string, unknown>) =>
  Object.fromEntries((document as Draft).tasks.map((task) => [task.task_id, task]));

describe("importArgo", () => {
  const { document, notMapped } = importArgo(ARGO);
  const tasks = byId(document);

  it("maps the schedule, limits, parameters and tasks", () => {
    expect(document).toMatchObject({
      pipeline_id: "stock-nightly",
      schedule: { cron: "30 1 * * *", time_zone: "Europe/Prague" },
      max_active_runs: 1,
      max_active_tasks: 3,
      timeout: "2h",
      parameters: { day_count: "7" },
    });
    expect(tasks.load).toEqual({
      task_id: "load",
      type: "python",
      config: {
        script: "stock-nightly/load.py",
        parameters: { days: "{{ parameters.day_count }}" },
        resources: { CPU: 0.5, memory: 1_073_741_824 },
      },
      retry_policy: { max_attempts: 3, backoff_coefficient: 2, initial_interval: "30s" },
      timeout: "90s",
    });
    expect(tasks.ping).toMatchObject({
      type: "http",
      config: { method: "POST", url: "https://example.com/done" },
    });
  });

  it("makes steps a group that is waited for as a whole", () => {
    expect(tasks.shape_join).toMatchObject({ depends_on: ["load"] });
    expect(tasks.shape_right).toMatchObject({ depends_on: ["shape_join"] });
    expect(new Set(tasks.ping?.depends_on as string[])).toEqual(
      new Set(["shape_left", "shape_right", "load"]),
    );
    expect(document.canvas).toEqual({
      groups: [{ id: "shape", label: "shape", tasks: ["shape_join", "shape_left", "shape_right"] }],
    });
  });

  it("says all that it left", () => {
    const said = notMapped.map(({ where, what }) => `${where} | ${what}`);
    for (const part of [
      'metadata | labels: {"team":"shop"}',
      "workflow | onExit: tell",
      "metadata | namespace: shop",
      "workflow | priority: 5000",
      "task load, input days | description: How far back",
      "task ping | when: {{tasks.load.outputs.result}} == 1",
      "task ping, http | successCondition: response.statusCode == 202",
      "task sweep | depends: ping.Failed || ping.Succeeded",
      "task load, retryStrategy | retryPolicy: Always",
      "task load, container | image: shop/load:1",
    ])
      expect(said).toContain(part);
    expect(said.filter((each) => each.startsWith("task shape.join"))).not.toEqual([]);
  });
});

it("converts the workflow that is chosen of several, and names all of them", () => {
  const other = `${ARGO}---\nkind: Workflow\nmetadata: {name: other}\nspec: {entrypoint: o, templates: [{name: o, container: {image: x}}]}\n`;
  expect(importArgo(other)).toMatchObject({
    document: { pipeline_id: "stock-nightly" },
    choices: ["stock-nightly", "other"],
  });
  expect(importArgo(other, "other").document).toMatchObject({ pipeline_id: "other" });
  expect(importArgo(other, "other").notMapped).toContainEqual(
    expect.objectContaining({ where: "CronWorkflow", what: "stock-nightly" }),
  );
  expect(() => importArgo(other, "none")).toThrow(expect.objectContaining({ code: "invalid_input" }));
  expect(importArgo(ARGO).choices).toBeUndefined();
});

describe("importKubeflow", () => {
  const { document, notMapped } = importKubeflow(KUBEFLOW);
  const tasks = byId(document);

  it("maps tasks, parameters, retries and graphs within graphs", () => {
    expect(document).toMatchObject({
      pipeline_id: "churn",
      description: "Finds who leaves.",
      parameters: { region: "north" },
    });
    expect(tasks.prepare).toMatchObject({
      config: {
        parameters: { region: "{{ parameters.region }}", rows: 10, seed: 7 },
        resources: { CPU: 2, memory: 4_000_000_000 },
      },
      retry_policy: { max_attempts: 4, initial_interval: "1m" },
    });
    expect(tasks.inner_fit).toMatchObject({ depends_on: ["prepare"], retry_policy: { max_attempts: 1 } });
    expect(tasks.tell).toMatchObject({ depends_on: ["inner_check"], run_when: "all_ended" });
  });

  it("says all that it left", () => {
    const said = notMapped.map(({ where, what }) => `${where} | ${what}`);
    for (const part of [
      'task prepare, container | command: ["sh"]',
      "task inner | artifact data",
      "task tell | condition: x > 1",
      'task prepare | outputDefinitions: {"artifacts":{"data":{"artifactType":{"schemaTitle":"system.Dataset"}}}}',
      "cachingOptions | prepare",
      "pipeline | defaultPipelineRoot: s3://models",
      'root | outputDefinitions: {"parameters":{"score":{"parameterType":"NUMBER_DOUBLE"}}}',
      'platform | platforms: {"kubernetes":{"deploymentSpec":{}}}',
    ])
      expect(said).toContain(part);
  });

  it("reads what the first version writes", () => {
    const first = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: churn-}
spec: {entrypoint: only, templates: [{name: only, container: {image: x}}]}`;
    expect(importKubeflow(first).document).toMatchObject({
      pipeline_id: "churn",
      tasks: [{ task_id: "only" }],
    });
  });
});

describe("a text that is not well meant", () => {
  const bomb = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"];
  for (let n = 1; n < 12; n += 1)
    bomb.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(",")}]`,
    );
  const workflow = (templates: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  entrypoint: a\n  templates:\n${templates}`;
  const twice = (name: string, next: string) =>
    `  - {name: ${name}, steps: [[{name: x, template: ${next}}, {name: y, template: ${next}}]]}\n`;

  it.each([
    ["unfolds by aliases", bomb.join("\n")],
    ["is deep in brackets", `a: ${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["is deep in dashes", `a:\n${"- ".repeat(5_000)}x`],
    ["is too long", "x".repeat(1_000_001)],
    [
      "unfolds by templates",
      workflow([...Array(19).keys()].map((n) => twice(n === 0 ? "a" : `t${n}`, `t${n + 1}`)).join("")),
    ],
  ])("%s: it is refused", (_how, text) => {
    expect(() => importArgo(text)).toThrow(expect.objectContaining({ code: "resource_exhausted" }));
  });

  it("is no YAML, or no workflow", () => {
    expect(() => importArgo("a: [")).toThrow(expect.objectContaining({ code: "invalid_input" }));
    expect(() => importKubeflow("a: 1")).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

it("tells the formats apart", () => {
  expect([ARGO, KUBEFLOW, "from airflow import DAG", '{"pipeline_id": "DAG (x)"}'].map(guessFormat)).toEqual([
    "argo",
    "kubeflow",
    "airflow",
    null,
  ]);
});
