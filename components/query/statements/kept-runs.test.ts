import { describe, expect, it } from "vitest";
import { splitStatements } from "@/domain/query/split-statements";
import { fakeRun } from "./fake-run";
import { keptRuns, sameRuns, statementAgain } from "./kept-runs";
import { statementOfRun } from "./statement-of-run";

const at = (key: string, draftId = "draft") => ({ key, draftId, number: 1 });

describe("runs that are kept with a text", () => {
  it("are those of the server, of this text", () => {
    const inPage = fakeRun({ placement: { engine: "browser", reason: "", chosen: "auto" } });
    const all = [
      statementOfRun(fakeRun({ id: "a" }), at("one")),
      statementOfRun(inPage, at("two")),
      statementOfRun(fakeRun({ id: "b" }), at("three", "other")),
      { ...statementOfRun(fakeRun(), at("four")), run: null },
    ];
    expect(keptRuns(all, "draft")).toEqual([{ key: "one", number: 1, runId: "a" }]);
    expect(sameRuns(keptRuns(all, "draft"), [{ key: "one", number: 1, runId: "a" }])).toBe(true);
    expect(sameRuns(keptRuns(all, "draft"), [{ key: "one", number: 1, runId: "b" }])).toBe(false);
  });
});

describe("a statement in a text that may have changed", () => {
  const statements = splitStatements("SELECT 1;\nSELECT 2;\nSELECT 1");
  it("is found at its place, elsewhere, or not at all", () => {
    expect(statementAgain({ sql: "SELECT 1", number: 3 }, statements)?.start).toBe(20);
    expect(statementAgain({ sql: "SELECT 2", number: 1 }, statements)?.start).toBe(10);
    expect(statementAgain({ sql: "SELECT 3", number: 1 }, statements)).toBeNull();
  });
});
