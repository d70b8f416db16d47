import { expect, it } from "vitest";
import { secretsIn } from "./find-secrets.mjs";

it("finds a key and names its line", () => {
  expect(secretsIn(`a\n${["AKIA", "ABCDEFGHIJKLMNOP"].join("")}\n`)).toEqual([{ kind: "AWS access key", line: 2 }]);
});

it("leaves plain text and local addresses alone", () => {
  expect(secretsIn("postgresql://user:password@host:5432/database")).toEqual([]);
});
