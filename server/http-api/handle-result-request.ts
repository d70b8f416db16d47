import { readSession } from "../auth/index";
import type { Composition } from "../composition";
import { appRouter } from "../trpc/root";
import { createCallerFactory, type RequestContext } from "../trpc/trpc";
import { findToken } from "../workspaces/index";
import { clientAddress } from "./client-address";
import { problemResponse, toProblem } from "./problem";
import type { StreamedAnswer } from "./streamed-answer";

const createCaller = createCallerFactory(appRouter);

export type ResultRequest = {
  workspace: string;
  queryId: string;
  /** Rows as Arrow, or the whole result as a file. */
  what: "rows" | "export";
};

type Cookies = Parameters<typeof readSession>[1];

/** Answers a page that asks for the bytes of a result, by its session or a token. It never rejects. */
export async function handleResultRequest(
  request: Request,
  { workspace, queryId, what }: ResultRequest,
  { compose, cookies }: { compose: () => Composition; cookies: Cookies },
): Promise<Response> {
  const path = `queries.${what}`;
  try {
    const parts = compose();
    const left = new AbortController();
    const signal = AbortSignal.any([request.signal, left.signal]);
    const { queries } = createCaller(await contextOf(request, parts, cookies), { signal });
    const query = new URL(request.url).searchParams;
    const input = { ...inputOf(query), workspace, id: queryId };
    const answer: StreamedAnswer = await queries[what](input as Parameters<typeof queries.rows>[0]);
    return answer.toResponse(() => left.abort());
  } catch (error) {
    return problemResponse(toProblem(error, path));
  }
}

const NUMBERS = ["offset", "limit"];

/** The fields of the query string; numbers as numbers. */
const inputOf = (query: URLSearchParams): Record<string, unknown> =>
  Object.fromEntries(
    [...query].map(([name, text]) => [
      name,
      NUMBERS.includes(name) && /^\d+$/.test(text) ? Number(text) : text,
    ]),
  );

async function contextOf(request: Request, parts: Composition, cookies: Cookies): Promise<RequestContext> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const session = { db: parts.db, publicUrl: parts.publicUrl, secret: parts.env.NEXTAUTH_SECRET };
  return {
    composition: parts,
    person: bearer === undefined ? await readSession(session, cookies) : null,
    token: bearer === undefined ? null : await findToken(parts, bearer),
    clientAddress: clientAddress(request.headers),
  };
}
