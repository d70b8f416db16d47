import { TRPCError } from "@trpc/server";
import { Failure } from "../../domain/shared/failure";
import type { Composition } from "../composition";
import { showHealth } from "../status/show-engines";
import { appRouter } from "../trpc/root";
import { createCallerFactory, type RequestContext } from "../trpc/trpc";
import { findToken, type TokenIdentity } from "../workspaces/index";
import { clientAddress } from "./client-address";
import { eventStream } from "./event-stream";
import { type Answer, oncePerKey, requestHash } from "./once-per-key";
import { openApiDocument } from "./open-api-document";
import { problemResponse, toProblem } from "./problem";
import { readBody, readInput } from "./read-input";
import { type ApiRoute, apiRoutes, type MatchedRoute, matchRoute } from "./routes";
import { StreamedAnswer } from "./streamed-answer";
import { toJson } from "./to-json";

const createCaller = createCallerFactory(appRouter);
const routes = apiRoutes(appRouter);

const json = (body: unknown, status = 200): Response =>
  status === 204
    ? new Response(null, { status })
    : Response.json(toJson(body), { status, headers: { "Cache-Control": "no-store" } });

/** Failures: `unauthenticated`. */
async function tokenOf(request: Request, parts: Composition): Promise<TokenIdentity> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const token = bearer === undefined ? null : await findToken(parts, bearer);
  if (token !== null) return token;
  throw new Failure("unauthenticated", "This call needs an API token that works.", {
    hint: "Send Authorization: Bearer <token>. Make a token in the settings or with npm run token.",
  });
}

type Callable = (input: unknown) => Promise<unknown>;

function procedureOf(context: RequestContext, route: ApiRoute, signal: AbortSignal): Callable {
  let found: unknown = createCaller(context, { signal });
  for (const step of route.procedure.split(".")) found = (found as Record<string, unknown>)[step];
  return found as Callable;
}

/** A list that has no pages is one page over HTTP, so that every list has the same form. */
const asPage = (route: ApiRoute, result: unknown): unknown =>
  route.method === "GET" && Array.isArray(result) ? { items: result, nextCursor: null } : result;

async function callRoute(request: Request, matched: MatchedRoute, parts: Composition): Promise<Response> {
  const { route } = matched;
  const token = await tokenOf(request, parts);
  const context: RequestContext = {
    composition: parts,
    person: null,
    token,
    clientAddress: clientAddress(request.headers),
  };
  const url = new URL(request.url);
  const body = await readBody(request);
  const { headers } = request;
  const input = readInput(matched, {
    query: url.searchParams,
    body,
    headers,
    workspace: token.workspace.slug,
  });
  const left = new AbortController();
  const call = procedureOf(context, route, AbortSignal.any([request.signal, left.signal]));
  if (route.isSubscription) {
    return await eventStream((await call(input)) as AsyncIterable<unknown>, route.procedure, () =>
      left.abort(),
    );
  }
  if (route.answers !== undefined) {
    const answer = await call(input);
    if (answer instanceof StreamedAnswer) return answer.toResponse(() => left.abort());
    throw new Error(`${route.procedure} is to answer bytes.`);
  }
  const act = async (): Promise<Answer> => ({
    status: route.status ?? 200,
    body: toJson(asPage(route, await call(input))),
  });
  const key = headers.get("idempotency-key");
  if (key === null || route.method !== "POST") {
    const answer = await act();
    return json(answer.body, answer.status);
  }
  const hash = requestHash([route.method, url.pathname, url.search, body]);
  const { db, keyHolds, clock } = parts;
  const scope = { db, keyHolds, clock, workspaceId: token.workspace.id };
  const answer = await oncePerKey(scope, key, hash, act);
  return json(answer.body, answer.status);
}

const BASE = "/api/v1";

/** The steps of the path behind /api/v1, decoded. Failures: `not_found` where it cannot be decoded. */
function segmentsOf(path: string): string[] {
  try {
    return path.slice(1).split("/").map(decodeURIComponent);
  } catch {
    throw new Failure("not_found", `There is no ${path} in this API.`);
  }
}

/** Answers one request under /api/v1. It never rejects. */
export async function handleApiRequest(request: Request, compose: () => Composition): Promise<Response> {
  const path = new URL(request.url).pathname.slice(BASE.length);
  try {
    const parts = compose();
    if (request.method === "GET" && path === "/health") return json(await showHealth(parts));
    if (request.method === "GET" && path === "/openapi.json") {
      return json(openApiDocument(routes, { version: parts.version, publicUrl: parts.publicUrl }));
    }
    const { matched, allowed } = matchRoute(routes, request.method, segmentsOf(path));
    if (matched !== null) return await callRoute(request, matched, parts);
    if (allowed.length === 0) {
      throw new Failure("not_found", `There is no ${path} in this API.`, {
        hint: "See /api/v1/openapi.json.",
      });
    }
    const message = `${path} knows ${allowed.join(" and ")} only.`;
    const problem = toProblem(new Failure("invalid_input", message), path);
    return problemResponse({ ...problem, status: 405 }, { Allow: allowed.join(", ") });
  } catch (error) {
    if (error instanceof TRPCError && error.code === "INTERNAL_SERVER_ERROR")
      console.error(`${path}: answered 500`);
    return problemResponse(toProblem(error, path));
  }
}
