import { describe, expect, it } from "vitest";
import { splitStatements } from "@/domain/query/split-statements";
import { fakeRun } from "./fake-run";
import {
  prepareMarks,
  prepareProblems,
  statementLabel,
  statementsIn,
  tabDetail,
  tabOfStatement,
  tabTitle,
} from "./prepare-statements";
import type { Statement } from "./statement";

const statement = (fields: Partial<Statement> = {}): Statement => ({
  key: "k",
  draftId: "d",
  number: 2,
  sql: "SELECT 1",
  dialect: "trino",
  engine: "auto",
  parameters: [],
  savedQuery: null,
  previewOf: null,
  status: "succeeded",
  run: fakeRun(),
  failure: null,
  askedAt: 0,
  ...fields,
});

describe("the name of a statement", () => {
  it.each([
    ["select 1", "Select"],
    ["-- daily\nWITH a AS (SELECT 1) SELECT * FROM a", "Select"],
    ["CREATE OR REPLACE TABLE x AS SELECT 1", "Create table"],
    ["CREATE TABLE IF NOT EXISTS x AS SELECT 1", "Create table"],
    ["INSERT INTO x SELECT 1", "Insert"],
    ["drop table if exists x", "Drop table"],
    ["(SELECT 1)", "Select"],
    ["1", "Statement"],
  ])("of %j is %s", (sql, label) => expect(statementLabel(sql)).toBe(label));

  it("says that a result was asked again", () => {
    expect(tabTitle(statement({ mark: "Asked again of …", title: "Asked again 2" }))).toBe("Asked again 2");
  });

  it("has its number in the text, and says what a preview is of", () => {
    expect(tabTitle(statement())).toBe("2 Select");
    expect(tabTitle(statement({ previewOf: { part: { kind: "cte", name: "daily" }, origins: [] } }))).toBe(
      "Preview of daily",
    );
  });
});

describe("what stands beside the name", () => {
  it("is rows, rows written, progress or the state", () => {
    expect(tabDetail(statement({ run: fakeRun({ rows: 6480 }) }))).toBe("6,480 rows");
    const writes = [{ table: "a.b.c", mode: "create" as const, snapshotId: null, rows: 12 }];
    expect(tabDetail(statement({ run: fakeRun({ rows: 0, writes }) }))).toBe("12 rows");
    const half = fakeRun({ status: "running", progressShare: 0.41 });
    expect(tabDetail(statement({ status: "running", run: half }))).toBe("41 %");
    expect(tabDetail(statement({ status: "failed", run: null }))).toBe("failed");
    expect(tabDetail(statement({ status: "running", run: null }))).toBe("");
  });
});

describe("marks in the gutter", () => {
  it("have the engine's time, or the time so far, and none for previews", () => {
    const marks = prepareMarks([
      statement({ key: "a" }),
      statement({ key: "b", status: "running", run: null, askedAt: 1000 }),
      statement({ key: "c", previewOf: { part: { kind: "query" }, origins: [] } }),
      statement({ key: "d", number: 0 }),
      statement({ key: "e", status: "queued", run: null }),
    ]);
    expect(marks.map(({ key, elapsed }) => [key, elapsed])).toEqual([
      ["a", { ms: 190 }],
      ["b", { since: 1000 }],
      ["e", { ms: null }],
    ]);
  });
});

describe("problems in the text", () => {
  const error = {
    code: "invalid_input" as const,
    message: "Column oops is not there.",
    hint: "Did you mean opps?",
    place: { offset: 7, length: 4, line: 1, column: 8 },
  };

  it("stand where the engine says", () => {
    const failed = statement({ status: "failed", run: fakeRun({ status: "failed", error }) });
    expect(prepareProblems([failed, statement()])).toEqual([
      { key: "k", start: 7, end: 11, message: error.message, hint: error.hint },
    ]);
  });

  it("of a preview stand where its text stems from", () => {
    const previewOf = {
      part: { kind: "subquery" as const },
      origins: [[5, 30, 10]] as [number, number, number][],
    };
    const failed = statement({ status: "failed", previewOf, run: fakeRun({ status: "failed", error }) });
    expect(prepareProblems([failed])[0]?.start).toBe(32);
  });

  it("come from a refusal too, and not from one without a place", () => {
    const failure = { code: "invalid_input", message: "No.", hint: null };
    const at = { ...failure, errors: [{ pointer: "/sql/3", message: "here" }] };
    expect(prepareProblems([statement({ status: "failed", run: null, failure: at })])[0]?.start).toBe(3);
    expect(prepareProblems([statement({ status: "failed", run: null, failure })])).toEqual([]);
  });
});

describe("the tab of a statement", () => {
  const [first, second] = splitStatements("SELECT 1;\nSELECT 2");
  it("is the one whose place begins in it", () => {
    const tabs = [
      { key: "one", start: 0 },
      { key: "two", start: 10 },
    ];
    expect(first && tabOfStatement(first, tabs)).toBe("one");
    expect(second && tabOfStatement(second, tabs)).toBe("two");
    expect(second && tabOfStatement(second, tabs.slice(0, 1))).toBeNull();
  });
});

describe("the statements of a selection", () => {
  const text = "SELECT 1; SELECT 2; SELECT 3";
  const all = splitStatements(text);
  it("are all without one", () => expect(statementsIn(all, text, null)).toHaveLength(3));
  it("are cut to it", () => {
    expect(statementsIn(all, text, { start: 4, end: 15 }).map(({ sql }) => sql)).toEqual(["CT 1", "SELEC"]);
    expect(statementsIn(all, text, { start: 8, end: 10 })).toEqual([]);
    expect(statementsIn(all, text, { start: 9, end: 19 }).map(({ sql }) => sql)).toEqual(["SELECT 2"]);
  });
});
