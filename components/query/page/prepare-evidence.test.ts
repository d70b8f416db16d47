import { describe, expect, it } from "vitest";
import { fakeRun } from "../statements/fake-run";
import type { Statement } from "../statements/statement";
import { prepareEvidence } from "./prepare-evidence";

const statement = (fields: Partial<Statement> = {}): Statement => ({
  key: "k",
  draftId: "d",
  number: 1,
  sql: "SELECT 1",
  dialect: "trino",
  engine: "auto",
  parameters: [],
  savedQuery: null,
  previewOf: null,
  status: "succeeded",
  run: fakeRun({ rows: 6480, rowsRead: 14_203_114, bytesRead: 2048 }),
  failure: null,
  askedAt: 0,
  ...fields,
});
const texts = (given: Statement, now = 0) => prepareEvidence(given, now).facts.map(({ text }) => text);

describe("the evidence line", () => {
  it("says where a statement ran and why, what it read and returned, and how long", () => {
    const { lead, because } = prepareEvidence(statement(), 0);
    expect(`${lead} ${because}`).toBe("Ran on DuckDB (server) because the tables lie on the server");
    expect(texts(statement())).toEqual([
      "14,203,114 rows read",
      "2.0 KiB read",
      "6,480 returned, all shown",
      "0.19 s",
    ]);
  });

  it("says that the engine was chosen", () => {
    const placement = { engine: "trino" as const, reason: "x", chosen: "by_user" as const };
    const { lead, because } = prepareEvidence(statement({ run: fakeRun({ placement }) }), 0);
    expect(`${lead} ${because}`).toBe("Ran on Trino as you chose");
  });

  it("counts while it runs, by this browser's clock", () => {
    const running = statement({
      status: "running",
      run: fakeRun({ status: "running", rows: 5 }),
      askedAt: 1000,
    });
    expect(texts(running, 7200)).toEqual(["5 returned so far", "6.2 s"]);
    expect(prepareEvidence({ ...running, run: null }, 7200).lead).toBe("Asking for an engine");
  });

  it("names what was written instead of rows that are not there", () => {
    const writes = [{ table: "analytics.u_ada.t", mode: "create" as const, snapshotId: "1", rows: 12 }];
    expect(texts(statement({ run: fakeRun({ writes, rows: 0 }) }))).toEqual([
      "made analytics.u_ada.t, 12 rows",
      "0.19 s",
    ]);
  });

  it("marks a preview, a result that was let go, and one that was stopped", () => {
    expect(texts(statement({ previewOf: { part: { kind: "query" }, origins: [] } }))[2]).toContain(
      "a preview",
    );
    expect(texts(statement({ run: fakeRun({ resultKept: false }) }))[0]).toBe("1 returned, no longer kept");
    expect(texts(statement({ status: "cancelled", run: fakeRun({ rows: 3 }) }))[0]).toBe(
      "3 returned before it ended",
    );
  });

  it("says that nothing was run", () => {
    expect(prepareEvidence(null, 0)).toMatchObject({ state: null, lead: "Nothing was run yet", facts: [] });
    expect(prepareEvidence(statement({ status: "skipped", run: null }), 0).lead).toBe("Not run");
  });
});
