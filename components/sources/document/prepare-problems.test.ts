import { describe, expect, it } from "vitest";
import { findProblems, isMissing } from "./prepare-problems";

const specification = {
  type: "object",
  required: ["host"],
  properties: { host: { type: "string" }, password: { type: "string", airbyte_secret: true } },
};
const streams = [{ name: "orders", sync_mode: "full_refresh" }];

describe("findProblems", () => {
  it("joins what the workbench and what the connector ask for", () => {
    const document = {
      connector: "source-postgres",
      config: { password: "hunter2" },
      streams,
      colour: "red",
    };
    const pointers = findProblems("shop", document, specification).map(({ pointer }) => pointer);
    expect(pointers).toContain("/colour");
    expect(pointers).toContain("/config/host");
    const { colour, ...known } = document;
    const secret = findProblems("shop", known, specification).find(
      ({ pointer }) => pointer === "/config/password",
    );
    expect(colour).toBe("red");
    expect(secret?.message).toContain("not written into a document");
    expect(JSON.stringify(secret)).not.toContain("hunter2");
  });

  it("finds nothing in a sound document, and does without the specification", () => {
    const document = { connector: "source-postgres", config: { host: "db" }, streams };
    expect(findProblems("shop", document, specification)).toEqual([]);
    expect(findProblems("", document, null)).toEqual([]);
  });

  it("tells what is not filled in yet from what is wrong", () => {
    const found = findProblems(
      "shop",
      { connector: "source-postgres", config: {}, streams: [] },
      specification,
    );
    expect(found.map(({ pointer }) => pointer)).toEqual(["/streams", "/config/host"]);
    expect(found.every(isMissing)).toBe(true);
    expect(isMissing({ pointer: "/parallel", message: "Too big" })).toBe(false);
  });
});
