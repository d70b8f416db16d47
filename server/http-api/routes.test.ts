import { describe, expect, it } from "vitest";
import { appRouter } from "../trpc/root";
import { openApiDocument } from "./open-api-document";
import { apiRoutes, matchRoute } from "./routes";

const routes = apiRoutes(appRouter);

describe("the routes of the public API", () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s can be called",
    (_name, route) => {
      const fields = Object.keys(route.input.properties);
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(fields).toEqual(expect.arrayContaining(inPath));
      if (route.bodyField !== undefined) expect(fields).toContain(route.bodyField);
      expect(fields).not.toContain("workspace");
      expect(route.role).toBeDefined();
    },
  );

  it("has no address twice", () => {
    const names = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("finds a route by method and path, and says which methods a path knows", () => {
    const { matched } = matchRoute(routes, "GET", ["runs", "a/b"]);
    expect(matched?.route.procedure).toBe("runs.get");
    expect(matched?.params).toEqual({ runId: "a/b" });
    expect(matchRoute(routes, "PATCH", ["runs", "x"]).allowed).toEqual(["GET", "DELETE"]);
    expect(matchRoute(routes, "GET", ["nothing"])).toEqual({ matched: null, allowed: [] });
  });

  it("offers what the main job needs", () => {
    const offered = routes.map(({ method, path }) => `${method} ${path}`);
    expect(offered).toEqual(
      expect.arrayContaining([
        "PUT /code/{name}",
        "PUT /pipelines/{pipelineId}",
        "POST /pipelines/{pipelineId}/validate",
        "POST /pipelines/{pipelineId}/runs",
        "GET /runs/{runId}",
        "GET /runs/{runId}/events",
        "GET /runs/{runId}/logs",
        "DELETE /runs/{runId}",
        "POST /runs/{runId}/reruns",
      ]),
    );
  });
});

describe("the OpenAPI document", () => {
  const document = openApiDocument(routes, { version: "1.2.3", publicUrl: "http://127.0.0.1:3000" });
  const paths = document.paths as Record<string, Record<string, Record<string, unknown>>>;

  it("is 3.1 and describes every route and the health call", () => {
    expect(document.openapi).toBe("3.1.0");
    for (const { path, method } of routes) expect(paths[path]?.[method.toLowerCase()]).toBeDefined();
    expect(paths["/health"]?.get?.security).toEqual([]);
  });

  it("says 202 for a started run, and event-stream for events", () => {
    expect(paths["/pipelines/{pipelineId}/runs"]?.post?.responses).toHaveProperty("202");
    expect(JSON.stringify(paths["/runs/{runId}/events"]?.get?.responses)).toContain("text/event-stream");
  });

  it("names every step of a path as a parameter", () => {
    for (const [path, operations] of Object.entries(paths)) {
      const steps = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const operation of Object.values(operations)) {
        const parameters = (operation.parameters ?? []) as { in: string; name: string }[];
        expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(steps);
      }
    }
  });
});
