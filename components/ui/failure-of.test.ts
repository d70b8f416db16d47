import { describe, expect, it } from "vitest";
import { Failure } from "@/domain/shared/failure";
import { failureOf } from "./failure-of";

describe("failureOf", () => {
  it("shows the failure that the server sent", () => {
    const error = {
      name: "TRPCClientError",
      data: { failure: { code: "forbidden", message: "No.", hint: "Ask.", errors: [] } },
    };
    expect(failureOf(error)).toEqual({ code: "forbidden", message: "No.", hint: "Ask.", errors: [] });
  });

  it("shows a Failure of an engine in the page", () => {
    const failure = new Failure("resource_exhausted", "Too much.", { hint: "Take less." });
    expect(failureOf(failure)).toEqual({
      code: "resource_exhausted",
      message: "Too much.",
      hint: "Take less.",
      errors: [],
    });
  });

  it("says that the server does not answer where nothing came back", () => {
    expect(failureOf({ name: "TRPCClientError", message: "fetch failed" }).code).toBe("network");
  });

  it("never shows the text of an unknown error", () => {
    const shown = failureOf(new Error("password=hunter2"));
    expect(shown.code).toBe("bug");
    expect(JSON.stringify(shown)).not.toContain("hunter2");
  });
});
