import { setTimeout as sleep } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";
import { Failure } from "../../../domain/shared/failure";
import { readPage, type TrinoPage } from "./page";
import { unavailable } from "./trino-failures";

export type TrinoConnection = {
  url: string;
  user: string;
  password?: string | undefined;
  /** How long an engine that does not answer is asked again before a statement is given up. */
  patienceMs?: number;
  /** How long one answer may take; a poll that hangs longer is asked again. */
  answerMs?: number;
};

export type TrinoHeaders = Record<string, string>;

export type TrinoHttp = {
  /** Hands in a statement. Asked again only where Trino cannot have taken it. */
  submit(sql: string, headers: TrinoHeaders): Promise<TrinoPage>;
  /** The next answer; asked again where it was lost, which Trino allows. */
  poll(uri: string, signal: AbortSignal): Promise<TrinoPage>;
  /** Ends a statement, whatever becomes of the answer. */
  remove(uri: string): Promise<void>;
  info(): Promise<{ version: string; isStarting: boolean }>;
  close(): Promise<void>;
};

const PASSING = new Set([429, 502, 503, 504]);
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;
/** Trino writes a page when it is asked, so that a larger page means fewer round trips. */
const PAGE_SIZE = "16MB";

class PassingError extends Error {}

/** Trino's REST protocol. What it throws is a Failure; none holds the password. */
export function trinoHttp(connection: TrinoConnection): TrinoHttp {
  const { patienceMs = 10_000, answerMs = 30_000 } = connection;
  const base = new URL(connection.url);
  const agent = new Agent({ connections: 256, keepAliveTimeout: 30_000 });
  const common = {
    "x-trino-user": encodeURIComponent(connection.user),
    "x-trino-source": "benchwright",
    ...(connection.password === undefined
      ? {}
      : {
          authorization: `Basic ${Buffer.from(`${connection.user}:${connection.password}`).toString("base64")}`,
        }),
  };

  const again = <T>(act: () => Promise<T>, isPassing: (error: unknown) => boolean, signal?: AbortSignal) =>
    patiently(act, { isPassing, patienceMs, signal });

  async function ask(
    url: URL,
    method: Dispatcher.HttpMethod,
    { headers = {}, body, signal }: { headers?: TrinoHeaders; body?: string; signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { ...common, ...headers },
      body: body ?? null,
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = await response.body.bytes();
    const status = response.statusCode;
    if (status < 300) return bytes;
    if (PASSING.has(status)) throw new PassingError(`Trino answered with status ${status}.`);
    throw refusal(status, new TextDecoder().decode(bytes.subarray(0, 2_000)));
  }

  return {
    submit: (sql, headers) =>
      again(async () => {
        const url = new URL("/v1/statement", base);
        return pageOf(
          await ask(url, "POST", {
            headers: { "content-type": "text/plain; charset=utf-8", ...headers },
            body: sql,
          }),
        );
      }, wasNotTaken),
    poll: (uri, signal) =>
      again(
        async () => {
          const url = own(uri, base);
          if (url.pathname.includes("/executing/")) url.searchParams.set("targetResultSize", PAGE_SIZE);
          return pageOf(await ask(url, "GET", { signal }));
        },
        () => true,
        signal,
      ),
    remove: (uri) =>
      again(
        async () => void (await ask(own(uri, base), "DELETE")),
        () => true,
      ),
    async info() {
      try {
        const bytes = await ask(new URL("/v1/info", base), "GET");
        const read = JSON.parse(new TextDecoder().decode(bytes)) as {
          nodeVersion?: { version?: string };
          starting?: boolean;
        };
        return { version: read.nodeVersion?.version ?? "unknown", isStarting: read.starting === true };
      } catch (error) {
        throw error instanceof Failure ? error : unavailable("Trino does not answer.", error);
      }
    },
    close: () => agent.destroy(),
  };
}

/** Credentials go to the server that was configured and to no other. */
function own(uri: string, base: URL): URL {
  const url = new URL(uri);
  if (url.host !== base.host) return new URL(url.pathname + url.search, base);
  return url;
}

function pageOf(bytes: Uint8Array): TrinoPage {
  try {
    return readPage(bytes);
  } catch (error) {
    throw new Failure("engine_failed", "Trino gave an answer that cannot be read.", { cause: error });
  }
}

/** A refused connection and a 503 say that nothing was begun; a broken one does not. */
function wasNotTaken(error: unknown): boolean {
  if (error instanceof PassingError) return true;
  const code = (error as { code?: unknown }).code;
  return code === "ECONNREFUSED" || code === "UND_ERR_CONNECT_TIMEOUT" || code === "ENOTFOUND";
}

function refusal(status: number, text: string): Failure {
  if (status === 401 || status === 403) {
    return new Failure("engine_failed", "Trino refuses the user.", {
      hint: "Set TRINO_USER and TRINO_PASSWORD.",
      cause: text,
    });
  }
  if (status === 404 || status === 410)
    return unavailable("Trino does not know the statement any more.", text);
  return new Failure("engine_failed", `Trino answered with status ${status}.`, { cause: text });
}

/** Acts again and again, ever more slowly, as long as what goes wrong may pass. */
async function patiently<T>(
  act: () => Promise<T>,
  how: { isPassing(error: unknown): boolean; patienceMs: number; signal: AbortSignal | undefined },
): Promise<T> {
  const { isPassing, patienceMs, signal } = how;
  const deadline = performance.now() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Failure || signal?.aborted === true) throw error;
      const isLast = performance.now() + waitMs > deadline;
      if (isLast || !isPassing(error)) throw unavailable("Trino does not answer.", error);
      await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
