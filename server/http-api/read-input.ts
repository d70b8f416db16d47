import { Failure } from "../../domain/shared/failure";
import type { MatchedRoute, ObjectSchema, PropertySchema } from "./routes";

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The raw body. Failures: `invalid_input` where it is larger than 64 MiB. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const tooLarge = new Failure("invalid_input", "The body is larger than 64 MiB.");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function parseJson(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    const message = "The body is not JSON in UTF-8.";
    throw new Failure("invalid_input", message, { errors: [{ pointer: "", message }], cause });
  }
}

function typesOf(schema: PropertySchema | undefined): string[] {
  if (schema === undefined) return [];
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []) as PropertySchema[];
  return [schema.type ?? [], ...alternatives.map(typesOf)].flat();
}

/** A query's text as the type that the input wants; what does not fit stays text, and validation complains. */
function fromText(text: string, schema: PropertySchema | undefined): unknown {
  const types = typesOf(schema);
  const wantsNumber = types.includes("number") || types.includes("integer");
  if (wantsNumber && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  return text;
}

function refuseUnknown(given: Record<string, unknown>, schema: ObjectSchema): void {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(schema.properties, name));
  if (unknown.length === 0) return;
  const errors = unknown.map((name) => ({
    pointer: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    message: `Unknown field "${name}".`,
  }));
  throw new Failure("invalid_input", `The input has a field that is not known: ${unknown.join(", ")}.`, {
    errors,
  });
}

function bodyFields({ route }: MatchedRoute, body: Uint8Array): Record<string, unknown> {
  if (route.method === "GET" || route.method === "DELETE") return {};
  if (route.bodyType === "application/zip") return { [route.bodyField ?? "body"]: body };
  const parsed = parseJson(body);
  if (route.bodyField !== undefined) return { [route.bodyField]: parsed };
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
    return parsed as Record<string, unknown>;
  const message = "The body must be a JSON object.";
  throw new Failure("invalid_input", message, { errors: [{ pointer: "", message }] });
}

/**
 * The procedure's input from path, query, body and headers; the path wins over the body.
 *
 * Failures: `invalid_input` (not JSON, or a field that the procedure does not know).
 */
export function readInput(
  matched: MatchedRoute,
  request: { query: URLSearchParams; body: Uint8Array; headers: Headers; workspace: string },
): Record<string, unknown> {
  const { route, params } = matched;
  const { properties } = route.input;
  const query = Object.fromEntries(
    [...request.query].map(([name, text]) => [name, fromText(text, properties[name])]),
  );
  const given = { ...query, ...bodyFields(matched, request.body), ...params };
  refuseUnknown(given, route.input);
  const key = request.headers.get("idempotency-key");
  const lastEventId = request.headers.get("last-event-id");
  return {
    ...(key !== null && Object.hasOwn(properties, "idempotencyKey") ? { idempotencyKey: key } : {}),
    ...(lastEventId !== null && Object.hasOwn(properties, "lastEventId") ? { lastEventId } : {}),
    ...given,
    workspace: request.workspace,
  };
}
