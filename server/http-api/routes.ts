import { z } from "zod";
import type { ProcedureMeta } from "../trpc/trpc";

type OpenApiMeta = NonNullable<ProcedureMeta["openapi"]>;

export type ApiRoute = OpenApiMeta & {
  /** Where the procedure is in the router: `runs.get`. */
  procedure: string;
  role: ProcedureMeta["role"];
  isSubscription: boolean;
  /** JSON Schema (2020-12) of the input without `workspace`. */
  input: ObjectSchema;
  /** JSON Schema of the output where the procedure states one. */
  output: Record<string, unknown> | null;
};

export type PropertySchema = { type?: string | string[]; [key: string]: unknown };
export type ObjectSchema = {
  type: "object";
  properties: Record<string, PropertySchema>;
  required: string[];
};

type RouterLike = {
  _def: { procedures: object };
};

type ProcedureLike = {
  _def: { type: string; meta?: ProcedureMeta; inputs?: unknown[]; output?: unknown };
};

const jsonSchemaOf = (schema: z.ZodType, io: "input" | "output"): Record<string, unknown> => {
  const {
    $schema: _dialect,
    "~standard": _standard,
    ...rest
  } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Record<string, unknown>;
  return rest;
};

/** tRPC lays the inputs of a procedure one over the other; so do their properties here. */
function mergedInput(inputs: unknown[]): ObjectSchema {
  const merged: ObjectSchema = { type: "object", properties: {}, required: [] };
  for (const input of inputs) {
    if (!(input instanceof z.ZodType)) continue;
    const schema = jsonSchemaOf(input, "input") as Partial<ObjectSchema>;
    Object.assign(merged.properties, schema.properties);
    merged.required.push(...(schema.required ?? []));
  }
  delete merged.properties.workspace;
  merged.required = merged.required.filter((name) => name !== "workspace");
  return merged;
}

/** The procedures that carry `meta.openapi`, in the router's order. */
export function apiRoutes(router: RouterLike): ApiRoute[] {
  const procedures = Object.entries(router._def.procedures as Record<string, ProcedureLike>);
  return procedures.flatMap(([procedure, { _def }]) => {
    const { openapi, role } = _def.meta ?? {};
    if (openapi === undefined) return [];
    return {
      ...openapi,
      procedure,
      role,
      isSubscription: _def.type === "subscription",
      input: mergedInput(_def.inputs ?? []),
      output: _def.output instanceof z.ZodType ? jsonSchemaOf(_def.output, "output") : null,
    };
  });
}

export type MatchedRoute = { route: ApiRoute; params: Record<string, string> };

function matchPath(pattern: string, segments: string[]): Record<string, string> | null {
  const steps = pattern.split("/").slice(1);
  if (steps.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(step)?.[1];
    if (name !== undefined) params[name] = segment;
    else if (step !== segment) return null;
  }
  return params;
}

/** The route of a request; else the methods that its path does know. `segments` are decoded. */
export function matchRoute(
  routes: ApiRoute[],
  method: string,
  segments: string[],
): { matched: MatchedRoute | null; allowed: string[] } {
  const found = routes.flatMap((route) => {
    const params = matchPath(route.path, segments);
    return params === null ? [] : [{ route, params }];
  });
  const matched = found.find(({ route }) => route.method === method) ?? null;
  return { matched, allowed: found.map(({ route }) => route.method) };
}
