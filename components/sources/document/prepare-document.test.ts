import { describe, expect, it } from "vitest";
import { documentText, editText, editTextTo, readDocument, same } from "./prepare-document";

const text = `{
  // where the shop lives
  "connector": "source-postgres",
  "config": {
    "host": "db", // the replica
    "port": 5432
  },
  "streams": [{ "name": "orders" }, { "name": "items" }],
}
`;

describe("readDocument", () => {
  it("takes comments and a last comma, and says that there are comments", () => {
    const read = readDocument(text);
    expect(read).toMatchObject({ ok: true, hasComments: true });
    expect(readDocument('{"a": [1,],}')).toMatchObject({ ok: true, hasComments: false, value: { a: [1] } });
  });

  it("names the line of each mistake", () => {
    const read = readDocument('{\n  "a": 1\n  "b": 2,\n  "c": }\n');
    expect(read.ok).toBe(false);
    if (!read.ok) {
      expect(read.errors[0]).toEqual({ pointer: "", message: "A comma is missing here.", line: 3 });
      expect(read.errors.map(({ line }) => line)).toContain(4);
    }
  });

  it("wants an object", () => {
    expect(readDocument("[]")).toMatchObject({ ok: false });
    expect(readDocument("")).toMatchObject({ ok: false });
  });
});

describe("editing", () => {
  it("changes one value and leaves the rest as it is written", () => {
    const edited = editText(text, ["config", "host"], "db2");
    expect(edited).toBe(text.replace('"db"', '"db2"'));
  });

  it("adds and removes fields", () => {
    const added = editText(text, ["config", "ssl"], true);
    expect(readDocument(added)).toMatchObject({ value: { config: { host: "db", port: 5432, ssl: true } } });
    expect(added).toContain("// the replica");
    const removed = editText(added, ["config", "ssl"], undefined);
    expect(readDocument(removed)).toMatchObject({ value: { config: { host: "db", port: 5432 } } });
  });

  it("carries a difference into the text entry by entry", () => {
    const before = { host: "db", port: 5432 };
    const edited = editTextTo(text, ["config"], before, { host: "db", port: 5433, tunnel: { kind: "none" } });
    expect(edited).toContain("// the replica");
    expect(readDocument(edited)).toMatchObject({
      value: { config: { port: 5433, tunnel: { kind: "none" } } },
    });
    expect(editTextTo(text, ["config"], before, { port: 5432, host: "db" })).toBe(text);
  });
});

describe("same", () => {
  it("looks at what is said, not at its order", () => {
    expect(same({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(same({ a: undefined }, {})).toBe(true);
    expect(same({ a: null }, {})).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
  });

  it("survives a trip through text", () => {
    const value = { a: ["x"], b: { c: null } };
    const read = readDocument(documentText(value));
    expect(read.ok && same(read.value, value)).toBe(true);
  });
});
