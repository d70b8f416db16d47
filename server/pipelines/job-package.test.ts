import { expect, it } from "vitest";
import { unzipFiles, zipFiles } from "./job-package";

const text = (content: string) => new TextEncoder().encode(content);

it("makes the same zip of the same files, in whatever order they came", () => {
  const one = zipFiles({ "a.py": text("a"), "b/c.py": text("c") });
  const other = zipFiles({ "b/c.py": text("c"), "a.py": text("a") });
  expect(Buffer.compare(one, other)).toBe(0);
  expect(Object.keys(unzipFiles(one)).sort()).toEqual(["a.py", "b/c.py"]);
  expect(Buffer.compare(one, zipFiles({ "a.py": text("a"), "b/c.py": text("d") }))).not.toBe(0);
});

it("refuses what is no zip", () => {
  expect(() => unzipFiles(text("no zip"))).toThrow("not a zip file");
});
