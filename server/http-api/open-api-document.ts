import type { ApiRoute, ObjectSchema } from "./routes";

type Json = Record<string, unknown>;

const PROBLEM_SCHEMA = {
  type: "object",
  required: ["type", "status", "code", "title", "detail"],
  properties: {
    type: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    title: { type: "string" },
    detail: { type: "string" },
    hint: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "message"],
        properties: { pointer: { type: "string", description: "JSON pointer" }, message: { type: "string" } },
      },
    },
  },
};

const HEALTH_SCHEMA = {
  type: "object",
  required: ["status", "version", "engines"],
  properties: {
    status: { enum: ["ok", "degraded"] },
    version: { type: "string" },
    engines: {
      type: "object",
      additionalProperties: {
        type: "object",
        required: ["status"],
        properties: {
          status: { enum: ["starting", "up", "down", "not_offered"] },
          version: { type: "string" },
          detail: { type: "string" },
          sinceMs: { type: "number" },
        },
      },
    },
  },
};

const problems = {
  description: "A problem (RFC 9457)",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const content = (type: string, schema: unknown) => ({ [type]: { schema } });

function parametersOf(route: ApiRoute, inBody: boolean): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const named = (name: string, place: "path" | "query") => ({
    name,
    in: place,
    required: place === "path" || route.input.required.includes(name),
    schema: route.input.properties[name] ?? { type: "string" },
  });
  const rest = Object.keys(route.input.properties).filter((name) => !inPath.includes(name));
  const inQuery = inBody
    ? rest.filter((name) => route.bodyField !== undefined && name !== route.bodyField)
    : rest;
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    schema: { type: "string", maxLength: 200 },
  };
  return [
    ...inPath.map((name) => named(name, "path")),
    ...inQuery.filter((name) => name !== "idempotencyKey").map((name) => named(name, "query")),
    ...(route.method === "POST" ? [key] : []),
  ];
}

function bodyOf(route: ApiRoute): Json | undefined {
  if (route.bodyType === "application/zip") return { required: true, content: content(route.bodyType, {}) };
  if (route.bodyField !== undefined) {
    return {
      required: true,
      content: content("application/json", route.input.properties[route.bodyField] ?? {}),
    };
  }
  const outside = (name: string) => route.path.includes(`{${name}}`) || name === "idempotencyKey";
  const names = Object.keys(route.input.properties).filter((name) => !outside(name));
  if (names.length === 0) return undefined;
  const schema: ObjectSchema = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, route.input.properties[name] ?? {}])),
    required: route.input.required.filter((name) => !outside(name)),
  };
  return { required: schema.required.length > 0, content: content("application/json", schema) };
}

/** A list is answered as one page. */
function answerOf({ method, output }: ApiRoute): unknown {
  if (method !== "GET" || output?.type !== "array") return output ?? {};
  const properties = { items: output, nextCursor: { type: "null" } };
  return { type: "object", required: ["items", "nextCursor"], properties };
}

function operationOf(route: ApiRoute): Json {
  const inBody = route.method === "POST" || route.method === "PUT";
  const requestBody = inBody ? bodyOf(route) : undefined;
  const types = route.answers ?? [route.isSubscription ? "text/event-stream" : "application/json"];
  const answers = Object.assign({}, ...types.map((type) => content(type, answerOf(route))));
  return {
    operationId: route.procedure,
    summary: route.summary,
    ...(route.role === undefined ? {} : { description: `Needs the role ${route.role}.` }),
    tags: [route.procedure.split(".")[0]],
    parameters: parametersOf(route, inBody),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      [String(route.status ?? 200)]: { description: "Done", content: answers },
      default: problems,
    },
  };
}

/** The description of /api/v1 as OpenAPI 3.1. */
export function openApiDocument(routes: ApiRoute[], app: { version: string; publicUrl: string }): Json {
  const paths: Record<string, Json> = {
    "/health": {
      get: {
        operationId: "health",
        summary: "Whether the app works, and the state of every engine",
        security: [],
        responses: { "200": { description: "Done", content: content("application/json", HEALTH_SCHEMA) } },
      },
    },
  };
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Benchwright",
      version: app.version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${app.publicUrl}/api/v1` }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: { Problem: PROBLEM_SCHEMA },
    },
  };
}
