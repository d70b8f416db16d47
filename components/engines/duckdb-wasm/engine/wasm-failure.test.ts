import { describe, expect, it } from "vitest";
import { endsWorker, placeIn, wasmFailure } from "./wasm-failure";

describe("an error of the browser's DuckDB", () => {
  it("tells a missing table with the nearest name and its place", () => {
    const sql = "SELECT *\nFROM ordrs";
    const failure = wasmFailure(
      new Error(
        'Catalog Error: Table with name ordrs does not exist!\nDid you mean "orders"?\n\nLINE 2: FROM ordrs\n             ^',
      ),
      sql,
    );
    expect(failure).toMatchObject({
      code: "invalid_input",
      message: "Catalog Error: Table with name ordrs does not exist!",
      hint: 'Did you mean "orders"?',
      errors: [{ pointer: `/sql/${sql.indexOf("ordrs")}` }],
    });
  });

  it("tells what does not fit into memory", () => {
    const message =
      "Out of Memory Error: failed to allocate data of size 512.0 KiB (285.7 MiB/286.1 MiB used)";
    expect(wasmFailure(new Error(message))).toMatchObject({ code: "resource_exhausted" });
    expect(endsWorker(message)).toBe(true);
  });

  it("tells which extension the browser has not", () => {
    const message =
      'Catalog Error: Scalar Function with name "current_date" is not in the catalog, but it exists in the icu extension.';
    expect(wasmFailure(new Error(message))).toMatchObject({
      code: "invalid_input",
      message: 'DuckDB in the browser has no extension "icu", which this needs.',
    });
    expect(endsWorker(message)).toBe(false);
  });

  it("unwraps errors that come as JSON", () => {
    const message = '{"exception_type":"Invalid Input","exception_message":"Invalid unicode detected"}';
    expect(wasmFailure(new Error(message))).toMatchObject({
      code: "invalid_input",
      message: "Invalid Input Error: Invalid unicode detected",
    });
  });

  it("replaces a worker that is broken", () => {
    for (const message of ["memory access out of bounds", "unreachable", "Aborted(OOM)"]) {
      expect(endsWorker(message)).toBe(true);
    }
  });
});

describe("the place of an error", () => {
  it("is found in a line that the engine cut", () => {
    const sql = `SELECT ${"abc, ".repeat(30)}wrong FROM t`;
    const at = sql.indexOf("wrong");
    const shown = sql.slice(at - 20, at + 10);
    const line = `LINE 1: ...${shown}...`;
    expect(placeIn(`Binder Error: x\n\n${line}\n${" ".repeat("LINE 1: ...".length + 20)}^`, sql)).toBe(at);
  });

  it("does not count what the app wrote before the statement", () => {
    const message =
      'Parser Error: syntax error at or near "FORM"\n\nLINE 1: DESCRIBE SELECT a FORM t\n                          ^';
    expect(wasmFailure(new Error(message), "SELECT a FORM t", "DESCRIBE ").errors).toMatchObject([
      { pointer: "/sql/9" },
    ]);
  });

  it("is unknown where none is named", () => {
    expect(placeIn("Parser Error: syntax error", "SELECT")).toBeNull();
  });
});
