import { describe, expect, it } from "vitest";
import type { Failure } from "../../domain/shared/failure";
import { readInput } from "./read-input";
import type { ApiRoute } from "./routes";

const route = (given: Partial<ApiRoute>): ApiRoute => ({
  method: "POST",
  path: "/things/{thingId}",
  summary: "",
  procedure: "things.act",
  role: "viewer",
  isSubscription: false,
  output: null,
  input: {
    type: "object",
    required: [],
    properties: {
      thingId: { type: "string" },
      limit: { type: "integer" },
      draft: { anyOf: [{ type: "boolean" }, { type: "null" }] },
      document: {},
    },
  },
  ...given,
});

function read(given: Partial<ApiRoute>, query: string, body: string, headers: Record<string, string> = {}) {
  return readInput(
    { route: route(given), params: { thingId: "t" } },
    {
      query: new URLSearchParams(query),
      body: new TextEncoder().encode(body),
      headers: new Headers(headers),
      workspace: "sample",
    },
  );
}

const failureOf = (act: () => unknown): Failure => {
  try {
    act();
  } catch (error) {
    return error as Failure;
  }
  throw new Error("it was accepted");
};

describe("readInput", () => {
  it("converts a query's numbers and booleans, and leaves the rest to validation", () => {
    expect(read({ method: "GET" }, "limit=5&draft=true", "")).toEqual({
      thingId: "t",
      limit: 5,
      draft: true,
      workspace: "sample",
    });
    expect(read({ method: "GET" }, "limit=many", "")).toMatchObject({ limit: "many" });
  });

  it("takes a whole body as one field, beside the query", () => {
    const input = read({ method: "PUT", bodyField: "document" }, "draft=true", '{"a":[1]}');
    expect(input).toEqual({ thingId: "t", draft: true, document: { a: [1] }, workspace: "sample" });
  });

  it("lets neither query nor body choose the workspace or another path", () => {
    expect(failureOf(() => read({}, "", '{"workspace":"other"}')).errors).toEqual([
      { pointer: "/workspace", message: 'Unknown field "workspace".' },
    ]);
    expect(failureOf(() => read({}, "workspace=other", "")).code).toBe("invalid_input");
    expect(read({}, "thingId=other", '{"thingId":"other"}')).toMatchObject({ thingId: "t" });
  });

  it("refuses unknown fields by name, and a body that is no JSON object", () => {
    expect(failureOf(() => read({}, "", '{"limt":5}')).message).toContain("limt");
    expect(failureOf(() => read({}, "", "[]")).code).toBe("invalid_input");
    expect(failureOf(() => read({}, "", "{")).code).toBe("invalid_input");
  });

  it("keeps the names of JavaScript's own properties out", () => {
    expect(failureOf(() => read({}, "", '{"constructor":1}')).code).toBe("invalid_input");
    expect(failureOf(() => read({}, "", '{"__proto__":{"limit":1}}')).code).toBe("invalid_input");
  });

  it("passes an Idempotency-Key only where the input has a place for it", () => {
    const header = { "idempotency-key": "k" };
    expect(read({}, "", "{}", header)).not.toHaveProperty("idempotencyKey");
    const { input } = route({});
    const withKey = { ...input, properties: { ...input.properties, idempotencyKey: { type: "string" } } };
    expect(read({ input: withKey }, "", "{}", header)).toMatchObject({ idempotencyKey: "k" });
  });
});
