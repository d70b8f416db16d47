import { describe, expect, it } from "vitest";
import { safeReturnPath } from "./safe-return-path";

describe("safeReturnPath", () => {
  it("keeps a path of the app with its question and place", () => {
    expect(safeReturnPath("/sample/pipelines/a?tab=runs#x")).toBe("/sample/pipelines/a?tab=runs#x");
  });

  it.each([
    null,
    "",
    "sample",
    "https://evil.example/",
    "//evil.example/x",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/sign-in?callbackUrl=/sign-in",
    "/api/auth/signout",
  ])("sends %j to the front door", (wanted) => {
    expect(safeReturnPath(wanted)).toBe("/");
  });
});
