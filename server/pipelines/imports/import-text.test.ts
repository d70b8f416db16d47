import { describe, expect, it } from "vitest";
import { ImportTextInput, importText } from "./import-text";

const read: string[] = [];
const scopeOf = (hasPython: boolean) => ({
  workspace: { id: "w", slug: "w", name: "W" },
  role: "viewer" as const,
  actor: { id: "u", name: "Ann" },
  clock: { now: () => new Date("2026-01-01") },
  airflowReader: hasPython
    ? {
        read: async (source: string) => {
          read.push(source);
          const task = { id: "a", operator: "X", arguments: {}, line: 2 };
          return {
            dags: [{ id: "d", line: 1, arguments: {}, tasks: [task], groups: [], edges: [] }],
            notes: [],
          };
        },
        close: async () => undefined,
      }
    : null,
});
const ask = (text: string, hasPython = true) =>
  importText(scopeOf(hasPython), ImportTextInput.parse({ text }));

describe("pipelines.importText", () => {
  it("finds out the format, and gives a text that a draft can be made of", async () => {
    const answer = await ask("from airflow import DAG");
    expect(answer).toMatchObject({ format: "airflow", pipelineId: "d", name: "d" });
    expect(answer.choices).toEqual([]);
    expect(read).toEqual(["from airflow import DAG"]);
    expect(JSON.parse(answer.text)).toMatchObject({ pipeline_id: "d", tasks: [{ task_id: "a" }] });
    expect(answer.notMapped).toMatchObject([{ where: "task a (line 2)", what: "X" }]);
  });

  it("says what is missing, and what the text is not", async () => {
    await expect(ask("from airflow import DAG", false)).rejects.toMatchObject({
      code: "engine_unavailable",
      hint: expect.stringContaining("Python"),
    });
    await expect(ask("hello")).rejects.toMatchObject({
      code: "invalid_input",
      errors: [{ pointer: "/text" }],
    });
    await expect(ask("apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {}")).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
