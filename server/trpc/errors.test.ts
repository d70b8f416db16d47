import { TRPCError } from "@trpc/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { FAILURE_CODES, Failure } from "../../domain/shared/failure";
import { toProblem } from "../http-api/problem";
import { inputErrorsOf, shownFailure, translateError } from "./errors";

const wrap = (cause: unknown) => new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });

afterEach(() => vi.restoreAllMocks());

describe("what a client is told", () => {
  it.each(FAILURE_CODES)("%s keeps its code, message and hint on both transports", (code) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const failure = new Failure(code, "It went so.", { hint: "Do this.", cause: new Error("secret") });
    const translated = translateError(wrap(failure), "here");
    expect(translated.code).not.toBe("INTERNAL_SERVER_ERROR");
    expect(shownFailure(translated)).toEqual({ code, message: "It went so.", hint: "Do this.", errors: [] });
    const problem = toProblem(translated, "here");
    expect(problem).toMatchObject({ code, detail: "It went so.", hint: "Do this." });
    expect(JSON.stringify(problem)).not.toContain("secret");
  });

  it("is one sentence for a bug, which is logged", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const bug = new Error("password=hunter2 at /srv/app.ts");
    const shown = shownFailure(translateError(wrap(bug), "rooms.act"));
    expect(shown.code).toBe("bug");
    expect(JSON.stringify([shown, toProblem(bug, "rooms.act")])).not.toMatch(/hunter2|srv/);
    expect(log).toHaveBeenCalledWith("rooms.act:", bug);
  });

  it("names every wrong place of the input, escaped as RFC 6901 says", () => {
    const schema = z.strictObject({ "a/b": z.array(z.object({ "c~d": z.number() })) });
    const { error } = schema.safeParse({ "a/b": [{ "c~d": "x" }], extra: 1, more: 2 });
    const pointers = error === undefined ? [] : inputErrorsOf(error).map(({ pointer }) => pointer);
    expect(pointers).toEqual(["/a~1b/0/c~0d", "/extra", "/more"]);
    const shown = shownFailure(translateError(new TRPCError({ code: "BAD_REQUEST", cause: error }), "here"));
    expect(shown.code).toBe("invalid_input");
    expect(shown.errors).toHaveLength(3);
  });
});
