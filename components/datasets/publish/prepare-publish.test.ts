import { describe, expect, it } from "vitest";
import { preparePublish } from "./prepare-publish";

const report = { kind: "report" as const, branches: [], currentVersion: "3", publishedVersion: "2" };
const table = { kind: "table" as const, currentVersion: "11", publishedVersion: "11" };
const branch = (name: string, isPublished = false) => ({ name, version: `9${name}`, isPublished });

describe("preparePublish", () => {
  it("publishes the newest version, or the one that is looked at", () => {
    expect(preparePublish(report, null)).toMatchObject({
      label: "Publish version 3",
      wanted: "3",
      whyNot: null,
    });
    expect(preparePublish(report, 1)).toMatchObject({ wanted: "1", whyNot: null });
    expect(preparePublish(report, 2).whyNot).toContain("already");
  });

  it("publishes the only branch of a table that waits", () => {
    expect(preparePublish({ ...table, branches: [branch("a", true), branch("b")] }, null)).toEqual({
      label: "Publish b",
      wanted: "9b",
      branch: "b",
      whyNot: null,
    });
    expect(preparePublish({ ...table, branches: [branch("a", true)] }, null).whyNot).toContain("No branch");
    expect(preparePublish({ ...table, branches: [branch("a"), branch("b")] }, null).whyNot).toContain(
      "Several",
    );
  });
});
